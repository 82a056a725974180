package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulling from a server that behaves like a hub: redirects to a second host, ranges, failures. */
class HubTest {

  private static final Path TOY = Path.of("src/test/resources/merged-toy");
  private static final String DECODER = "onnx/decoder_model_merged.onnx";

  @TempDir private Path folder;

  private HttpServer hub;
  private HttpServer store;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger(); // answers of status 500 to come
  private final AtomicInteger cuts = new AtomicInteger(); // transfers to break off
  private volatile String requiredToken;
  private volatile boolean wrongHash;

  @BeforeEach
  void start() throws IOException {
    for (String name :
        List.of(
            "config.json",
            "generation_config.json",
            "tokenizer_config.json",
            "vocab.json",
            "source.spm",
            "target.spm")) {
      files.put(name, Files.readAllBytes(TOY.resolve(name)));
    }
    files.put("onnx/encoder_model.onnx", Files.readAllBytes(TOY.resolve("encoder_model.onnx")));
    files.put(DECODER, Files.readAllBytes(TOY.resolve("decoder_model_merged.onnx")));
    files.put("README.md", "---\nlicense: cc-by-4.0\n---\n".getBytes(StandardCharsets.UTF_8));
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/", this::answer);
    store.createContext("/", this::serve);
    hub.start();
    store.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
    store.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String prefix = "/toy/opus/resolve/main/";
      String path = exchange.getRequestURI().getPath();
      requests.add("hub " + path);
      byte[] bytes = path.startsWith(prefix) ? files.get(path.substring(prefix.length())) : null;
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      if (requiredToken != null && !("Bearer " + requiredToken).equals(token)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (path.endsWith(".onnx") || path.endsWith(".spm")) {
        String hash = wrongHash ? "0".repeat(64) : hash("SHA-256", bytes);
        exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + hash + "\"");
        exchange
            .getResponseHeaders()
            .set("Location", "http://localhost:" + store.getAddress().getPort() + path);
        exchange.sendResponseHeaders(302, -1);
      } else {
        byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("ETag", "\"" + hash("SHA-1", header, bytes) + "\"");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
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
      byte[] bytes = files.get(path.substring("/toy/opus/resolve/main/".length()));
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      if (from > bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
      int length = bytes.length - from;
      if (path.endsWith(DECODER) && cuts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        length /= 3;
      }
      exchange.getResponseBody().write(bytes, from, length);
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

  private void pull(String repository, String token) {
    new Hub(
            URI.create("http://localhost:" + hub.getAddress().getPort() + "/"),
            Optional.ofNullable(token),
            Duration.ofMillis(1))
        .pull(repository, "main", Hub.Precision.FP32, folder, (file, done, total) -> {});
  }

  @Test
  void aPulledModelLoadsAndSaysWhatItIs() {
    pull("toy/opus", null);
    try (TranslationModel model = TranslationModel.load(folder)) {
      assertThat(model.manifest().id()).isEqualTo("toy/opus");
      assertThat(model.manifest().license()).isEqualTo("cc-by-4.0");
      assertThat(model.manifest().layout()).isEqualTo("merged");
    }
    assertThat(ModelFiles.verify(folder)).hasSize(9);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() {
    pull("toy/opus", null);
    requests.clear();
    // A manifest of our own making is not the repository's.
    pull("toy/opus", null);
    assertThat(requests).noneMatch(request -> request.startsWith("store"));
  }

  @Test
  void aTransferThatBreaksOffIsResumedWhereItStopped() {
    cuts.set(2);
    pull("toy/opus", null);
    // How much of the third that was sent had arrived depends on the network.
    assertThat(requests)
        .anyMatch(r -> r.matches("store /toy/opus/resolve/main/" + DECODER + " bytes=[1-9]\\d*-"));
    assertThat(ModelFiles.verify(folder)).isNotEmpty();
  }

  @Test
  void passingFailuresAreTriedAgainAndLastingOnesEnd() {
    failures.set(3);
    pull("toy/opus", null);
    assertThat(ModelFiles.isComplete(folder)).isTrue();
    failures.set(1000);
    assertThatThrownBy(
            () ->
                new Hub(
                        URI.create("http://localhost:" + hub.getAddress().getPort()),
                        Optional.empty(),
                        Duration.ofMillis(1))
                    .pull(
                        "toy/opus",
                        "main",
                        Hub.Precision.FP32,
                        folder.resolve("other"),
                        (file, done, total) -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("500")
        .hasMessageContaining("run the command again");
  }

  @Test
  void aWrongHashIsNeverAccepted() {
    wrongHash = true;
    assertThatThrownBy(() -> pull("toy/opus", null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("source.spm")
        .hasMessageContaining("hash");
    assertThat(folder.resolve("source.spm")).doesNotExist();
    assertThat(ModelFiles.isComplete(folder)).isFalse();
  }

  @Test
  void missingRepositoriesAndFilesAreNamed() {
    assertThatThrownBy(() -> pull("toy/nothing", null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy/nothing");
    files.remove("vocab.json");
    assertThatThrownBy(() -> pull("toy/opus", null)).hasMessageContaining("vocab.json");
    assertThatThrownBy(() -> pull("../../etc", null)).hasMessageContaining("OWNER/NAME");
  }

  @Test
  void theTokenGoesToTheHubAlone() {
    requiredToken = "secret";
    assertThatThrownBy(() -> pull("toy/opus", null)).hasMessageContaining("--token");
    pull("toy/opus", "secret");
    assertThat(requests).doesNotContain("LEAK").anyMatch(request -> request.startsWith("store"));
  }

  @Test
  void aDamagedFileIsFoundOut() throws IOException {
    pull("toy/opus", null);
    byte[] bytes = Files.readAllBytes(folder.resolve("vocab.json"));
    bytes[40] ^= 1;
    Files.write(folder.resolve("vocab.json"), bytes);
    assertThatThrownBy(() -> ModelFiles.verify(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("vocab.json");
  }
}
