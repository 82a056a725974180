package dev.verso.evaluation.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Malicious requests, made from the service's own OpenAPI document: malformed JSON, wrong types,
 * huge and deep input, wrong encodings, broken forms, bodies that stop half-way. None may be
 * answered with a 5xx or reveal internals, and afterwards the service must be as fast as before.
 * The attacker has a key with every scope, or every request would be refused at once.
 */
public final class HostileTrial {

  private static final List<String> OTHERS =
      List.of(
          "/translate",
          "/detect",
          "/translate_file",
          "/v2/translate",
          "/v2/document",
          "/v2/glossaries");
  private static final List<String> LEAKS =
      List.of("Exception", "dev.verso", "java.", "org.springframework", "\tat ", "/root", "/home");
  private static final int PROBES = 20;
  private static final List<String> SCOPES =
      List.of(
          "translate",
          "align",
          "quotes",
          "trace",
          "check",
          "jobs",
          "models",
          "glossaries",
          "memories",
          "admin");

  private HostileTrial() {}

  /**
   * The outcome.
   *
   * @param statuses how many answers had which status; 0 is a connection that was closed
   * @param before median milliseconds of a one-sentence request before the attack
   * @param after the same after the attack
   * @param resident MiB of memory before and after
   * @param faults wrong answers, one line each
   */
  public record Outcome(
      int requests,
      Map<Integer, Integer> statuses,
      double before,
      double after,
      List<Long> resident,
      List<String> faults) {

    /** Copies the collections. */
    public Outcome {
      statuses = Map.copyOf(statuses);
      resident = List.copyOf(resident);
      faults = List.copyOf(faults);
    }
  }

  private record Target(String path, List<String> fields) {}

  /** Attacks a service that it starts; the seed determines the requests. */
  public static Outcome run(Path folder, int requests, long seed)
      throws IOException, InterruptedException {
    try (ServiceProcess service =
        ServiceProcess.start(
            folder,
            List.of(
                "verso.limits.upload=3s", "verso.limits.body=2MB", "verso.limits.timeout=30s"))) {
      service.authorize(service.firstKey("attacker", SCOPES));
      List<Target> targets = targets(service.json("/v1/openapi"));
      double before = median(service);
      List<Long> resident = new ArrayList<>();
      service.resident().ifPresent(resident::add);
      Map<Integer, Integer> statuses = new TreeMap<>();
      List<String> faults = new ArrayList<>();
      Random random = new Random(seed);
      for (int i = 0; i < requests; i++) {
        Target target = targets.get(random.nextInt(targets.size()));
        String told = i + " to " + target.path;
        try {
          Answer answer = attack(service, target, random);
          statuses.merge(answer.status, 1, Integer::sum);
          if (answer.status >= 500) {
            faults.add(told + ": " + answer.status + " " + head(answer.body));
          }
          for (String leak : LEAKS) {
            if (answer.status >= 400 && answer.body.contains(leak)) {
              faults.add(told + " reveals '" + leak + "': " + head(answer.body));
            }
          }
        } catch (IOException e) {
          statuses.merge(0, 1, Integer::sum);
        }
      }
      service.resident().ifPresent(resident::add);
      double after = median(service);
      HttpResponse<String> ready = service.get("/v1/health/ready");
      if (ready.statusCode() != 200) {
        faults.add("not ready afterwards: " + ready.body());
      }
      return new Outcome(requests, statuses, before, after, resident, faults);
    }
  }

  private static String head(String text) {
    return text.substring(0, Math.min(300, text.length()));
  }

  private static List<Target> targets(JsonNode api) {
    List<Target> targets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      String reference =
          path.getValue().at("/post/requestBody/content/application~1json/schema/$ref").asText("");
      List<String> fields = new ArrayList<>(List.of("unknown"));
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      api.at("/components/schemas/" + name + "/properties")
          .fieldNames()
          .forEachRemaining(fields::add);
      String filled =
          path.getKey()
              .replace("{id}", "11111111-1111-1111-1111-111111111111")
              .replace("{position}", "-1")
              .replace("{number}", "-1")
              .replace("{name}", "nothing");
      targets.add(new Target(filled, fields));
    }
    for (String other : OTHERS) {
      targets.add(
          new Target(
              other,
              List.of(
                  "q",
                  "source",
                  "target",
                  "format",
                  "alternatives",
                  "api_key",
                  "text",
                  "target_lang",
                  "source_lang",
                  "tag_handling",
                  "entries",
                  "name")));
    }
    return targets;
  }

  private static double median(ServiceProcess service) throws IOException, InterruptedException {
    double[] millis = new double[PROBES];
    for (int i = 0; i < PROBES; i++) {
      long started = System.nanoTime();
      // Each a different sentence, so that none is cached.
      HttpResponse<String> answer =
          service.post(
              "/v1/translate",
              Map.of("text", "Le dossier " + started % 1_000_003 + " sera examiné lundi."));
      if (answer.statusCode() != 200) {
        throw new IOException("a sentence was not translated: " + answer.body());
      }
      millis[i] = (System.nanoTime() - started) / 1e6;
    }
    Arrays.sort(millis);
    return millis[PROBES / 2];
  }

  private record Answer(int status, String body) {}

  private static Answer attack(ServiceProcess service, Target target, Random random)
      throws IOException, InterruptedException {
    return switch (random.nextInt(12)) {
      case 0 -> send(service, target, "application/json", malformed(random));
      case 1, 2, 3 -> send(service, target, "application/json", mistyped(target, random));
      case 4 -> send(service, target, "application/json", deep(random));
      case 5 -> send(service, target, "application/json", huge(target, random));
      case 6 -> send(service, target, "application/json; charset=utf-16", noise(random));
      case 7 -> send(service, target, "application/x-www-form-urlencoded", form(target, random));
      case 8 ->
          send(
              service,
              target,
              "multipart/form-data; boundary=" + (random.nextBoolean() ? "b" : "\"\""),
              multipart(random));
      case 9 -> send(service, target, pick(TYPES, random), html(random));
      case 10 -> raw(service, target, random);
      default -> other(service, target, random);
    };
  }

  private static final List<String> TYPES =
      List.of(
          "text/html",
          "text/plain",
          "text/plain; charset=klingon",
          "application/xml",
          "application/octet-stream",
          "nonsense",
          "*/*");

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static Answer send(ServiceProcess service, Target target, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        service
            .request(target.path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = service.client().send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] malformed(Random random) {
    return utf8(
        pick(
            List.of(
                "",
                "{",
                "{\"text\":",
                "{\"text\":\"a\"",
                "[[[",
                "nul",
                "{\"a\":1}{\"b\":2}",
                "{\"text\":\"\\ud800\"}",
                "{\"text\":\"\\u0000\"}",
                "\uFEFF{}",
                "{'text':'a'}",
                "{\"text\":1e99999}",
                "{\"beam\":99999999999999999999}",
                "null",
                "\"text\"",
                "0"),
            random));
  }

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1.5",
          "1e400",
          "9223372036854775808",
          "[]",
          "{}",
          "[null]",
          "[[\"a\"]]",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud83d\"",
          "\"../../etc/passwd\"",
          "\"fr\"",
          "\"html\"",
          "\"json\"",
          "\"document\"",
          "[\"Il pleut.\"]",
          "[{\"name\":\"\\u0000/..\",\"text\":\"Oui.\"}]",
          "[{\"name\":5}]",
          "[{}]",
          "\"Il pleut.\"",
          "\"' OR 1=1; --\"",
          "\"${jndi:ldap://127.0.0.1/a}\"",
          "\"\\uFFFF\\u202E\"",
          "64",
          "65");

  private static byte[] mistyped(Target target, Random random) {
    StringBuilder json = new StringBuilder("{");
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",")
          .append('"')
          .append(pick(target.fields, random))
          .append("\":")
          .append(pick(VALUES, random));
    }
    return utf8(json.append('}').toString());
  }

  private static byte[] deep(Random random) {
    int depth = 500 + random.nextInt(50_000);
    return utf8("{\"text\":" + "[".repeat(depth) + "]".repeat(random.nextInt(depth)) + "}");
  }

  private static byte[] huge(Target target, Random random) {
    String unit = pick(List.of("a", "é ", "&lt;", "\\n", "Il pleut. ", "١", "( [ "), random);
    int times = random.nextInt(4) == 0 ? 400_000 : 8_000;
    return utf8("{\"" + pick(target.fields, random) + "\":\"" + unit.repeat(times) + "\"}");
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(3000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] form(Target target, Random random) {
    return utf8(
        pick(target.fields, random)
            + "="
            + pick(
                List.of("%", "%zz", "%ff%fe", "%00", "a&b&&=&=", "+".repeat(5000), "%F0%9F"),
                random)
            + "&"
            + pick(target.fields, random)
            + "=1&target=en&source=fr");
  }

  private static byte[] multipart(Random random) {
    String part = "--b|Content-Disposition: form-data; name=\"%s\"%s||%s|";
    String file = "; filename=\"%s\"";
    String field = part.formatted("text", "", "x".repeat(20_000));
    return utf8(
        pick(
                List.of(
                    "",
                    "--b",
                    "--b||",
                    "--b|Content-Disposition: form-data||x|--b--",
                    part.formatted("file", file.formatted("\u0000../x"), "PK\u0003\u0004rubbish")
                        + "--b--|",
                    part.formatted("file", file.formatted("a.pdf"), "%PDF-1.7 rubbish")
                        + part.formatted("target", "", "en")
                        + "--b--|",
                    field,
                    part.formatted("a", "", "x").repeat(2000) + "--b--"),
                random)
            .replace("|", "\r\n"));
  }

  private static byte[] html(Random random) {
    int depth = 100 + random.nextInt(20_000);
    return switch (random.nextInt(4)) {
      case 0 -> utf8("<div>".repeat(depth) + "Il pleut." + "</div>".repeat(depth));
      case 1 -> utf8("<a".repeat(depth));
      case 2 -> utf8("<table><tr><td>".repeat(Math.min(3000, depth)) + "Il pleut.");
      default -> noise(random);
    };
  }

  /** What a client library would not send. */
  private static Answer raw(ServiceProcess service, Target target, Random random)
      throws IOException {
    String start =
        pick(
            List.of(
                "POST "
                    + target.path
                    + " HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\n"
                    + "Content-Length: 99999999999\r\n\r\n{",
                "POST "
                    + target.path
                    + " HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\n"
                    + "Content-Length: 500\r\n\r\n{\"text\":\"",
                "POST "
                    + target.path
                    + " HTTP/1.1\r\nHost: localhost\r\n%sTransfer-Encoding: chunked\r\n"
                    + "Content-Type: application/json\r\n\r\nzz\r\n{",
                "GET /%%% HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /v1/jobs?from=%ff%00 HTTP/1.1\r\nHost: \u0000\r\n\r\n",
                "GET /" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(70_000) + "\r\n\r\n",
                "BREW / HTCPCP/1.0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000"),
            random);
    String authorized = start.replace("%s", "Authorization: " + service.authorization() + "\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      // Most leave at once; some wait for an answer longer than the service's time limit.
      boolean waits = random.nextInt(8) == 0;
      socket.setSoTimeout(waits ? 8000 : 300);
      OutputStream out = socket.getOutputStream();
      out.write(authorized.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      byte[] answer = in.readNBytes(waits ? 4000 : 60);
      String text = new String(answer, StandardCharsets.ISO_8859_1);
      return text.startsWith("HTTP/1.1 ") && text.length() > 12
          ? new Answer(Integer.parseInt(text.substring(9, 12)), text)
          : new Answer(0, text);
    }
  }

  private static Answer other(ServiceProcess service, Target target, Random random)
      throws IOException, InterruptedException {
    String method = pick(List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"), random);
    String path =
        pick(
            List.of(
                target.path,
                target.path + "/",
                target.path + "?beam=%00&to=%F0%9F",
                "/v1/jobs/%2e%2e%2f/documents/1",
                "/download_file/..%2f..%2fetc%2fpasswd",
                "/webjars/../../verso.properties",
                "/v1/jobs/11111111-1111-1111-1111-111111111111/documents/99999999999"),
            random);
    HttpRequest request =
        service
            .request(path)
            .header("Accept", pick(List.of("*/*", "text/event-stream", "image/png", "a"), random))
            .setHeader(
                "Authorization",
                pick(
                    List.of(service.authorization(), "Bearer ", "DeepL-Auth-Key", "Basic x"),
                    random))
            .header("X-Request-Id", pick(List.of("<script>", "a".repeat(5000), "ok"), random))
            .method(method, BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = service.client().send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }
}
