package dev.verso;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A page in a real Chromium, driven over its DevTools protocol: its content security policy holds,
 * and the mouse and keyboard events are the browser's own.
 */
public final class Chromium implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Process browser;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private int calls;

  /**
   * Opens a page; the test is left out, with a message, where there is no Chromium.
   *
   * @param folder for the browser's profile and log
   */
  public Chromium(Path folder, URI page) throws Exception {
    Path program = program();
    assumeTrue(program != null, "no Chromium on the PATH: what a page does goes unchecked");
    Path profile = Files.createTempDirectory(folder, "profile");
    Path log = profile.resolveSibling(profile.getFileName() + ".log");
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
                page.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    HttpClient http = HttpClient.newHttpClient();
    URI address = pageAddress(http, profile.resolve("DevToolsActivePort"), log);
    socket =
        http.newWebSocketBuilder().buildAsync(address, new Listener()).get(30, TimeUnit.SECONDS);
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

  private URI pageAddress(HttpClient http, Path port, Path log) throws Exception {
    for (int tries = 0; tries < 600 && browser.isAlive(); tries++) {
      if (Files.exists(port) && Files.size(port) > 0) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        JsonNode targets =
            MAPPER.readTree(
                http.send(
                        HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        for (JsonNode target : targets) {
          if (target.path("type").asText().equals("page")
              && !target.path("url").asText().startsWith("about:")) {
            return URI.create(target.get("webSocketDebuggerUrl").asText());
          }
        }
      }
      Thread.sleep(50);
    }
    throw new IOException("Chromium did not start: " + Files.readString(log));
  }

  /** Puts the messages of the socket back together. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        try {
          answers.add(MAPPER.readTree(message.toString()));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        message.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = ++calls;
    String request =
        MAPPER.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(request, true).get(10, TimeUnit.SECONDS);
    while (true) {
      JsonNode answer = answers.poll(30, TimeUnit.SECONDS);
      assertThat(answer).as("answer to " + request).isNotNull();
      if (answer.path("id").asInt() == id) {
        assertThat(answer.path("error").isMissingNode()).as(answer.toString()).isTrue();
        return answer.get("result");
      }
    }
  }

  /** The value of an expression in the page. */
  public JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertThat(result.has("exceptionDetails")).as(result.toString()).isFalse();
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  public void await(String condition) throws Exception {
    await(condition, PATIENCE_SECONDS);
  }

  /** Waits until an expression is true, for at most so many seconds. */
  public void await(String condition, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!isTrue(condition)) {
      assertThat(System.nanoTime()).as("the page never had: " + condition).isLessThan(end);
      Thread.sleep(50);
    }
  }

  /** Whether an expression is true; not so while the page is being left for another. */
  private boolean isTrue(String condition) throws Exception {
    try {
      return evaluate("!!(" + condition + ")").asBoolean();
    } catch (AssertionError navigated) {
      return false;
    }
  }

  /** Leaves for another page. */
  public void open(URI page) throws Exception {
    call("Page.navigate", Map.of("url", page.toString()));
  }

  /** A mouse event in the middle of an element, which an expression finds. */
  public void mouse(String type, String element) throws Exception {
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

  /** Scrolls to an element, which an expression finds, and clicks it once it stands still. */
  public void click(String element) throws Exception {
    await(element);
    evaluate(element + ".scrollIntoView({block: 'center', behavior: 'instant'})");
    String place = "(r => r.x + ',' + r.y)(" + element + ".getBoundingClientRect())";
    String before = "";
    for (String now = evaluate(place).asText(); !now.equals(before); ) {
      Thread.sleep(150);
      before = now;
      now = evaluate(place).asText();
    }
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      mouse(type, element);
    }
  }

  /** Presses a key. */
  public void press(String key) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key));
    }
  }

  /** The size of what is seen, in CSS pixels. */
  public void size(int width, int height) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Whether the reader prefers dark pages. */
  public void dark(boolean dark) throws Exception {
    String scheme = dark ? "dark" : "light";
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A picture of what is seen, as PNG in base 64. */
  public String picture() throws Exception {
    return call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText();
  }

  @Override
  public void close() throws IOException {
    try {
      call("Browser.close", Map.of());
      socket.abort();
      if (!browser.waitFor(10, TimeUnit.SECONDS)) {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the browser does not end", e);
    }
  }
}
