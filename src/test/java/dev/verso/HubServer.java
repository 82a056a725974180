package dev.verso;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two servers that behave like a hub of models: one that knows what there is and redirects to a
 * second one for large files, with hashes and ranges, and with failures on demand.
 */
public final class HubServer implements AutoCloseable {

  /** Files of the repository by name; may be changed. */
  public final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** What was requested: which server, the method at the hub, the path, the range. */
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Answers of status 500 to come. */
  public final AtomicInteger failures = new AtomicInteger();

  /** Transfers to break off. */
  public final AtomicInteger cuts = new AtomicInteger();

  /** What the hub asks for; empty for nothing. */
  public volatile String requiredToken = "";

  public volatile boolean wrongHash;

  /** Pause after every 64 KB of a large file, in milliseconds. */
  public volatile int slowness;

  private final String prefix;
  private final HttpServer hub;
  private final HttpServer store;

  /**
   * @param repository {@code OWNER/NAME}, which has a branch called main
   */
  public HubServer(String repository) throws IOException {
    this.prefix = "/" + repository + "/resolve/main/";
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/", this::answer);
    store.createContext("/", this::serve);
    store.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "hub-store");
              thread.setDaemon(true);
              return thread;
            }));
    hub.start();
    store.start();
  }

  /** Its address. */
  public URI uri() {
    return URI.create("http://localhost:" + hub.getAddress().getPort());
  }

  @Override
  public void close() {
    hub.stop(0);
    store.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add("hub " + exchange.getRequestMethod() + " " + path);
      byte[] bytes = path.startsWith(prefix) ? files.get(path.substring(prefix.length())) : null;
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      if (!requiredToken.isEmpty() && !("Bearer " + requiredToken).equals(token)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (path.endsWith(".onnx") || path.endsWith(".spm")) {
        exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(bytes.length));
        String hash = wrongHash ? "0".repeat(64) : hash("SHA-256", bytes);
        exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + hash + "\"");
        exchange
            .getResponseHeaders()
            .set("Location", "http://localhost:" + store.getAddress().getPort() + path);
        exchange.sendResponseHeaders(302, -1);
      } else {
        byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("ETag", "\"" + hash("SHA-1", header, bytes) + "\"");
        if (exchange.getRequestMethod().equals("HEAD")) {
          exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
          exchange.sendResponseHeaders(200, -1);
        } else {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        }
      }
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add("store " + path + (range == null ? "" : " " + range));
      if (exchange.getRequestHeaders().containsKey("Authorization")) {
        requests.add("LEAK");
      }
      if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      byte[] bytes = files.get(path.substring(prefix.length()));
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      if (from > bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
      int length = bytes.length - from;
      if (path.endsWith(".onnx")
          && path.contains("decoder")
          && cuts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        length /= 3;
      }
      for (int at = 0; at < length; at += 1 << 16) {
        exchange.getResponseBody().write(bytes, from + at, Math.min(1 << 16, length - at));
        Thread.sleep(slowness);
      }
      exchange.getResponseBody().flush();
      if (length < bytes.length - from) {
        Thread.sleep(300); // the client has read what was sent before the connection breaks
      }
    } catch (IOException e) {
      // A connection that is deliberately cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String hash(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
