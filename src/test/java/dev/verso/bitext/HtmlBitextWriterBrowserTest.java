package dev.verso.bitext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Chromium, driven over its DevTools protocol: the page is the one written,
 * including its content security policy, and the mouse and keyboard events are the browser's own.
 */
class HtmlBitextWriterBrowserTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir static Path folder;

  private static Process browser;
  private static WebSocket socket;
  private static final BlockingQueue<JsonNode> ANSWERS = new LinkedBlockingQueue<>();
  private static int calls;

  @BeforeAll
  static void open() throws Exception {
    Path program = program();
    assumeTrue(program != null, "no Chromium on the PATH: the page's behaviour goes unchecked");
    Path page = folder.resolve("page.html");
    Files.writeString(page, new HtmlBitextWriter().format(BitextSketch.article()));
    Path profile = Files.createDirectory(folder.resolve("profile"));
    browser =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1200,900",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    HttpClient http = HttpClient.newHttpClient();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(pageAddress(http, profile.resolve("DevToolsActivePort")), new Listener())
            .get(30, TimeUnit.SECONDS);
    while (!evaluate("document.readyState + !!document.getElementById('bar')")
        .asText()
        .equals("completetrue")) {
      Thread.sleep(50);
    }
  }

  @AfterAll
  static void close() throws Exception {
    if (socket != null) {
      call("Browser.close", Map.of());
      socket.abort();
    }
    if (browser != null && !browser.waitFor(10, TimeUnit.SECONDS)) {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
  }

  private static Path program() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            directory ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static URI pageAddress(HttpClient http, Path port) throws Exception {
    for (int tries = 0; tries < 600 && browser.isAlive(); tries++) {
      if (Files.exists(port) && Files.size(port) > 0) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        JsonNode targets =
            MAPPER.readTree(
                http.send(
                        HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        for (JsonNode target : targets) {
          if (target.path("url").asText().endsWith("/page.html")) {
            return URI.create(target.get("webSocketDebuggerUrl").asText());
          }
        }
      }
      Thread.sleep(50);
    }
    throw new IOException(
        "Chromium did not start: " + Files.readString(folder.resolve("browser.log")));
  }

  /** Puts the messages of the socket back together. */
  private static final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        try {
          ANSWERS.add(MAPPER.readTree(message.toString()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        message.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  private static JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = ++calls;
    String request =
        MAPPER.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(request, true).get(10, TimeUnit.SECONDS);
    while (true) {
      JsonNode answer = ANSWERS.poll(30, TimeUnit.SECONDS);
      assertThat(answer).as("answer to " + request).isNotNull();
      if (answer.path("id").asInt() == id) {
        assertThat(answer.path("error").isMissingNode()).as(answer.toString()).isTrue();
        return answer.get("result");
      }
    }
  }

  private static JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertThat(result.has("exceptionDetails")).as(result.toString()).isFalse();
    return result.path("result").path("value");
  }

  private static List<String> lit(String selector) throws Exception {
    List<String> found = new ArrayList<>();
    evaluate("[...document.querySelectorAll('" + selector + "')].map(e => e.id || e.textContent)")
        .forEach(node -> found.add(node.asText()));
    return found;
  }

  private static void mouse(String type, String element) throws Exception {
    JsonNode box =
        evaluate(
            "(r => [r.x + r.width / 2, r.y + r.height / 2])(" + element + ".getClientRects()[0])");
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            box.get(0).asDouble(),
            "y",
            box.get(1).asDouble(),
            "button",
            type.equals("mouseMoved") ? "none" : "left",
            "clickCount",
            1));
  }

  private static void press(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key));
    }
  }

  private static String word(String segment, String text) {
    return "[...document.querySelectorAll('#"
        + segment
        + " [data-l]')].find(e => e.textContent.trim() === '"
        + text
        + "')";
  }

  @Test
  void aHoveredWordLightsItsSentenceOnBothSidesAndItsLinks() throws Exception {
    press("Escape");
    mouse("mouseMoved", word("t3", "not"));
    assertThat(lit("main .on")).containsExactly("s3", "t3");
    assertThat(lit("main .sure")).containsExactly("ne", "pas", "not");
    assertThat(lit("main .possible")).isEmpty();
    assertThat(evaluate("document.getElementById('bar').textContent").asText())
        .isEqualTo("Sentence 3 · characters 91–153 of the original · estimated quality 0.31");

    mouse("mouseMoved", word("s3", "voyons"));
    assertThat(lit("main .sure")).containsExactly("voyons", "see");
    assertThat(lit("main .possible")).containsExactly("do");

    mouse("mouseMoved", "document.querySelector('h1')");
    assertThat(lit("main .on, main .sure, main .possible")).isEmpty();
  }

  @Test
  void aClickHoldsASentenceAndEscapeLetsGo() throws Exception {
    mouse("mouseMoved", "document.getElementById('t4')");
    mouse("mousePressed", "document.getElementById('t4')");
    mouse("mouseReleased", "document.getElementById('t4')");
    mouse("mouseMoved", "document.querySelector('h1')");
    assertThat(lit("main .on")).containsExactly("s4", "t4");
    press("Escape");
    assertThat(lit("main .on")).isEmpty();
  }

  @Test
  void arrowKeysWalkThroughTheSentences() throws Exception {
    mouse("mouseMoved", "document.querySelector('h1')");
    evaluate("document.getElementById('s1').focus()");
    assertThat(lit("main .on")).containsExactly("s1", "t1");
    press("ArrowDown");
    press("ArrowDown");
    assertThat(lit("main .on")).containsExactly("s3", "t3");
    press("ArrowUp");
    assertThat(lit("main .on")).containsExactly("s2", "t2");
    assertThat(lit(".seg[tabindex=\"0\"]")).containsExactly("s2");
  }

  @Test
  void anAddressLeadsToItsSentence() throws Exception {
    mouse("mouseMoved", "document.querySelector('h1')");
    press("Escape");
    evaluate("location.hash = '#t2'");
    // The event comes after the script that changed the address has ended.
    for (int tries = 0; tries < 100 && lit("main .on").isEmpty(); tries++) {
      Thread.sleep(20);
    }
    assertThat(lit("main .on")).containsExactly("s2", "t2");
  }
}
