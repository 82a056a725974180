package dev.verso.evaluation.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a separate process, so that it can be killed. */
public final class ServiceProcess implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("listening on http://[^:]+:(\\d+)/");
  private static final Pattern SETUP = Pattern.compile("Bearer (setup_[\\w-]+)");

  /** In {@code /proc/PID/stat}, after the name: time of it and of its children. */
  private static final int FIRST_TIME = 11;

  private static final double TICKS_A_SECOND = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final int port;
  private final String setup;
  private final Path log;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  private volatile String authorization = "";

  private ServiceProcess(Process process, int port, String setup, Path log) {
    this.log = log;
    this.process = process;
    this.port = port;
    this.setup = setup;
  }

  /**
   * Starts a service with this JVM's class path and waits until it listens.
   *
   * @param folder its data folder; its log is also there
   * @param settings as name=value
   */
  public static ServiceProcess start(Path folder, List<String> settings)
      throws IOException, InterruptedException {
    return start(folder, settings, "1500m");
  }

  /**
   * Starts a service as {@link #start(Path, List)} does.
   *
   * @param heap its largest heap, as in {@code -Xmx}
   */
  static ServiceProcess start(Path folder, List<String> settings, String heap)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xss4m",
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Dverso.home=" + System.getProperty("verso.home", "."),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.verso.cli.Main",
            "serve",
            "--port",
            "0"));
    for (String setting : settings) {
      command.add("--set");
      command.add(setting);
    }
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, "service", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VERSO_DATA", folder.toString());
    Process process = builder.redirectOutput(log.toFile()).start();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < until) {
      String told = Files.readString(log);
      Matcher listening = LISTENING.matcher(told);
      if (listening.find()) {
        Matcher setup = SETUP.matcher(told);
        return new ServiceProcess(
            process, Integer.parseInt(listening.group(1)), setup.find() ? setup.group(1) : "", log);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    process.destroyForcibly();
    throw new IOException("the service did not start: " + Files.readString(log));
  }

  int port() {
    return port;
  }

  /** Creates a key on a service that has none. */
  String firstKey(String name, Collection<String> scopes) throws IOException, InterruptedException {
    HttpResponse<String> made =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/keys"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + setup)
                .POST(
                    BodyPublishers.ofByteArray(
                        Json.PLAIN.writeValueAsBytes(Map.of("name", name, "scopes", scopes))))
                .build(),
            BodyHandlers.ofString());
    if (made.statusCode() != 201) {
      throw new IOException("no key was created: " + made.statusCode() + " " + made.body());
    }
    return Json.PLAIN.readTree(made.body()).get("secret").asText();
  }

  /** Creates a key, authorised by the current one. */
  String key(String name, Collection<String> scopes) throws IOException, InterruptedException {
    return parsed(post("/v1/keys", Map.of("name", name, "scopes", scopes))).get("secret").asText();
  }

  /** The JSON of an answer. */
  JsonNode parsed(HttpResponse<String> response) throws IOException {
    return Json.PLAIN.readTree(response.body());
  }

  /** Adds an API key to all requests from now on. */
  void authorize(String key) {
    authorization = "Bearer " + key;
  }

  /** The header that carries the API key, empty without one. */
  String authorization() {
    return authorization;
  }

  /** A request to be sent. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(90));
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  HttpClient client() {
    return client;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
    return client.send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.PLAIN.writeValueAsBytes(body)))
            .build(),
        BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return parsed(get(path));
  }

  /** The sum of a metric over its labels. */
  double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Memory that the process uses, in MiB, if the system reports it. */
  Optional<Long> resident() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return Optional.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst();
  }

  /** Seconds of processor time used by it and the processes it started; 0 if unknown. */
  double cpuSeconds() throws IOException {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + 4; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_A_SECOND;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, as {@code kill} does; returns whether it has ended in time. */
  boolean terminate(long seconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** Checks that secrets are not in its log. */
  List<Attack> leaks(List<String> secrets) throws IOException {
    String text = Files.readString(log);
    return secrets.stream()
        .map(
            secret ->
                new Attack(
                    "'" + secret + "' in the log",
                    text.contains(secret) ? "it is there" : "not there",
                    !text.contains(secret)))
        .toList();
  }

  /** Ends it at once, as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
