package dev.verso.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.verso.store.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A service on a port of its own, with the model that ships, and a client. */
public final class RunningService implements AutoCloseable {

  public static final ObjectMapper MAPPER = new ObjectMapper();

  private final VersoService service;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private DescribedAnswers described;

  private RunningService(VersoService service) {
    this.service = service;
  }

  /** On H2, with settings as name, value, name, value… */
  public static RunningService start(String... settings) {
    return on("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", settings);
  }

  /** On PostgreSQL, which must be installed. */
  static RunningService onPostgres(String... settings) {
    return on(Postgres.newDatabase().orElseThrow(), "verso", settings);
  }

  private static RunningService on(String url, String user, String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("server.port", "0");
    all.put("verso.database.url", url);
    all.put("verso.database.user", user);
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return new RunningService(VersoService.start(all));
  }

  VersoService service() {
    return service;
  }

  /** The header with which the first key is made. */
  String[] setup() {
    return new String[] {"Authorization", "Bearer " + service.setupToken().orElseThrow()};
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  /** Each answer is held to the service's description of it. */
  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    described().check(response);
    return response;
  }

  /** What the service says of its answers. */
  synchronized DescribedAnswers described() throws IOException, InterruptedException {
    if (described == null) {
      List<JsonNode> descriptions = new ArrayList<>();
      for (String group : List.of("verso", "libretranslate", "deepl")) {
        HttpRequest asked = request("/v1/openapi/" + group).build();
        descriptions.add(MAPPER.readTree(client.send(asked, BodyHandlers.ofString()).body()));
      }
      described = new DescribedAnswers(descriptions);
    }
    return described;
  }

  /** With any method; no body if there is none. */
  HttpResponse<String> method(String method, String path, Object body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
  }

  HttpClient client() {
    return client;
  }

  HttpResponse<String> post(String path, String type, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** A body of any kind. */
  public HttpResponse<String> bytes(String path, String type, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", type).POST(body));
  }

  public HttpResponse<String> json(String path, Object body, String... headers)
      throws IOException, InterruptedException {
    return post(path, "application/json", MAPPER.writeValueAsString(body), headers);
  }

  /** A file, and fields as name, value, name, value… */
  HttpResponse<String> upload(String path, String name, String content, String... fields)
      throws IOException, InterruptedException {
    String part = "--parting\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
    StringBuilder body =
        new StringBuilder(part.formatted("file", "; filename=\"" + name + "\"", content));
    for (int i = 0; i < fields.length; i += 2) {
      body.append(part.formatted(fields[i], "", fields[i + 1]));
    }
    body.append("--parting--\r\n");
    return post(path, "multipart/form-data; boundary=parting", body.toString());
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).GET();
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  public static JsonNode tree(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  /** The job once it has ended. */
  public JsonNode ended(String id, String... headers) throws IOException, InterruptedException {
    for (int i = 0; i < 1200; i++) {
      JsonNode job = tree(get("/v1/jobs/" + id, headers));
      String state = job.path("state").asText();
      if (!state.equals("waiting") && !state.equals("running")) {
        return job;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException("job " + id + " does not end");
  }

  @Override
  public void close() {
    service.close();
  }
}
