package dev.verso.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that nobody may call and a file that nobody may read. */
final class Outside implements AutoCloseable {

  static final String SECRET = "Le canari a chanté.";

  private final ServerSocket server;
  private final AtomicInteger calls = new AtomicInteger();
  private final Path canary;

  Outside(Path folder) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.canary = Files.writeString(folder.resolve("canari.xml"), "<a>" + SECRET + "</a>");
    Files.writeString(folder.resolve("canari.dtd"), "<!ENTITY canari \"" + SECRET + "\">");
    Thread thread = new Thread(this::listen, "outside");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    while (!server.isClosed()) {
      try (Socket call = server.accept()) {
        calls.incrementAndGet();
        call.getOutputStream()
            .write(
                ("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n<a>"
                        + SECRET
                        + "</a>")
                    .getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** How often somebody has called. */
  int calls() {
    return calls.get();
  }

  Path canary() {
    return canary;
  }

  int port() {
    return server.getLocalPort();
  }

  /** Ways to refer to both. */
  List<String> addresses() {
    String host = "127.0.0.1:" + server.getLocalPort();
    return List.of(
        "http://" + host + "/a.xml",
        "https://" + host + "/a.xml",
        "HTTP://" + host + "/a.xml",
        "ftp://" + host + "/a.xml",
        "jar:http://" + host + "/a.jar!/a.xml",
        "//" + host + "/a.xml",
        canary.toUri().toString(),
        "file:" + canary,
        "jar:" + canary.toUri() + "!/a.xml",
        canary.toString(),
        "canari.xml");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
