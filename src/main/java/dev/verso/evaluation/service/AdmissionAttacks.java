package dev.verso.evaluation.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls every handler without a key, with an unknown one, with one that lacks its scope and with
 * another caller's ids, its path spelt in many ways. No call may be let in.
 */
public final class AdmissionAttacks {

  private static final Pattern LETTER = Pattern.compile("[a-z](?=[^/]*$)");
  private static final Pattern STEP = Pattern.compile("/(?=[^/]+$)");

  /**
   * Another interface's handlers and our own that the OpenAPI document does not list, with their
   * scopes.
   */
  public static final List<Handler> OTHERS =
      List.of(
          new Handler("POST", "/translate", "translate"),
          new Handler("POST", "/detect", "translate"),
          new Handler("POST", "/translate_file", "translate"),
          new Handler("POST", "/v2/translate", "translate"),
          new Handler("GET", "/v2/usage", "translate"),
          new Handler("GET", "/v2/languages", "translate"),
          new Handler("POST", "/v2/languages", "translate"),
          new Handler("POST", "/v2/document", "translate"),
          new Handler("POST", "/v2/document/", "translate"),
          new Handler("POST", "/v2/document/{id}", "translate"),
          new Handler("POST", "/v2/document/{id}/result", "translate"),
          new Handler("POST", "/v2/glossaries", "glossaries"),
          new Handler("GET", "/v2/glossaries", "glossaries"),
          new Handler("GET", "/v2/glossaries/{id}", "glossaries"),
          new Handler("GET", "/v2/glossaries/{id}/entries", "glossaries"),
          new Handler("DELETE", "/v2/glossaries/{id}", "glossaries"),
          new Handler("POST", "/v3/glossaries", "glossaries"),
          new Handler("GET", "/v3/glossaries", "glossaries"),
          new Handler("GET", "/v3/glossaries/{id}", "glossaries"),
          new Handler("GET", "/v3/glossaries/{id}/entries", "glossaries"),
          new Handler("PATCH", "/v3/glossaries/{id}", "glossaries"),
          new Handler("DELETE", "/v3/glossaries/{id}", "glossaries"),
          new Handler("PUT", "/v3/glossaries/{id}/dictionaries", "glossaries"),
          new Handler("DELETE", "/v3/glossaries/{id}/dictionaries", "glossaries"),
          new Handler("GET", "/v2/glossary-language-pairs", "glossaries"),
          new Handler("GET", "/metrics", "metrics"));

  /** What anybody may request. */
  public static final List<String> OPEN =
      List.of(
          "/v1/health/live",
          "/v1/health/ready",
          "/v1/schema/{name}",
          "/languages",
          "/frontend/settings",
          "/health",
          "/suggest",
          "/download_file/{name}",
          "/spec",
          "/reader/{file}",
          "/");

  /** A handler: method, path and the scope that a key needs for it. */
  public record Handler(String method, String path, String scope) {}

  private static final Set<Integer> REFUSALS = Set.of(401, 403, 404);

  /** What no plain path holds. */
  private static final Pattern ODD =
      Pattern.compile("[%;\\\\]|//|/\\.|\\.$|^http|^[^a-z]*[A-Z][^a-z]*$");

  private final ServiceProcess service;
  private final List<Attack> attacks = new ArrayList<>();
  private final Map<String, String> ids = new LinkedHashMap<>();

  private AdmissionAttacks(ServiceProcess service) {
    this.service = service;
  }

  /** Attacks a service that has no keys yet; afterwards it has three. */
  static List<Attack> run(ServiceProcess service) throws IOException, InterruptedException {
    return new AdmissionAttacks(service).run();
  }

  private List<Attack> run() throws IOException, InterruptedException {
    List<Handler> handlers = new ArrayList<>(OTHERS);
    JsonNode paths = service.json("/v1/openapi").path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (!path.getKey().startsWith("/v1/")) {
        continue; // one of the others
      }
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method ->
                  handlers.add(
                      new Handler(
                          method.toUpperCase(Locale.ROOT), path.getKey(), scope(path.getKey()))));
    }
    String admin =
        service.firstKey("owner", List.of("admin", "jobs", "glossaries", "memories", "translate"));
    service.authorize(admin);
    fill();
    String translator = key("translator", "translate");
    String reader = key("reader", "models");
    String other = key("other", "jobs", "glossaries", "memories", "translate");
    int keys = count();
    for (Handler handler : handlers) {
      if (OPEN.contains(handler.path)) {
        continue;
      }
      String path = handler.path.replace("{id}", id(handler.path)).replace("{position}", "0");
      path = path.replace("{number}", "0");
      for (String target : spellings(path)) {
        boolean plain = target.equals(path);
        attempt("no key", handler, target, "");
        attempt("an unknown key", handler, target, "verso_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        attempt(
            "a wrong scope",
            handler,
            target,
            handler.scope.equals("translate") ? reader : translator);
        if (handler.path.contains("{id}") && (!plain || !handler.scope.equals("admin"))) {
          attempt("another caller's id", handler, target, other);
        }
        if (!plain) {
          attempt("a right key, the path spelt oddly", handler, target, admin);
        }
      }
    }
    attacks.add(new Attack("keys before and after", keys + " and " + count(), keys == count()));
    attacks.addAll(unharmed());
    return attacks;
  }

  private static String scope(String path) {
    String step = path.split("/")[2];
    return step.equals("keys") || step.equals("backup") || path.startsWith("/v1/models/")
        ? "admin"
        : step.equals("articles") ? "translate" : step.equals("corpora") ? "jobs" : step;
  }

  private String key(String name, String... scopes) throws IOException, InterruptedException {
    return service.key(name, List.of(scopes));
  }

  private int count() throws IOException, InterruptedException {
    return service.json("/v1/keys").path("keys").size();
  }

  /** Things of the owner that another caller would like to see. */
  private void fill() throws IOException, InterruptedException {
    String job =
        service
            .parsed(
                service.post(
                    "/v1/jobs",
                    Map.of("documents", List.of(Map.of("name", "a.txt", "text", "Il pleut.")))))
            .path("id")
            .asText();
    ids.put("jobs", job);
    ids.put("document", job);
    String glossary =
        service
            .parsed(service.post("/v1/glossaries", Map.of("name", "g", "tsv", "OTAN\tNATO")))
            .path("id")
            .asText();
    ids.put("glossaries", glossary);
    String tmx =
        "<tmx version=\"1.4\"><header srclang=\"fr\" segtype=\"sentence\" datatype=\"plaintext\""
            + " adminlang=\"en\" creationtool=\"t\" creationtoolversion=\"1\" o-tmf=\"t\"/><body><tu>"
            + "<tuv xml:lang=\"fr\"><seg>Il pleut.</seg></tuv><tuv xml:lang=\"en\"><seg>It"
            + " rains.</seg></tuv></tu></body></tmx>";
    ids.put(
        "memories",
        service
            .parsed(service.post("/v1/memories", Map.of("name", "m", "tmx", tmx)))
            .path("id")
            .asText());
    ids.put(
        "articles",
        service
            .post("/v1/translate", Map.of("text", "Il pleut.", "keep", true))
            .headers()
            .firstValue("Location")
            .map(place -> place.substring(place.lastIndexOf('/') + 1))
            .orElseThrow());
    ids.put("keys", service.json("/v1/keys").path("keys").path(0).path("id").asText());
  }

  private String id(String path) {
    String[] steps = path.split("/");
    return ids.getOrDefault(
        steps.length > 2 ? steps[2] : "", "11111111-1111-1111-1111-111111111111");
  }

  /** Ways to write a path that some reader takes for the plain one. */
  static List<String> spellings(String path) {
    List<String> spellings = new ArrayList<>(List.of(path));
    Matcher letter = LETTER.matcher(path);
    if (letter.find()) {
      spellings.add(
          path.substring(0, letter.start())
              + "%"
              + Integer.toHexString(path.charAt(letter.start()))
              + path.substring(letter.end()));
    }
    StringBuilder escaped = new StringBuilder();
    for (byte one : path.getBytes(StandardCharsets.US_ASCII)) {
      escaped.append(one == '/' ? "/" : String.format(Locale.ROOT, "%%%02X", one));
    }
    spellings.add(escaped.toString());
    spellings.add(path.replaceFirst("^/(\\w)", "/%6$1").replaceFirst("%6v", "%76"));
    spellings.add(path + ";a=b");
    spellings.add(STEP.matcher(path).replaceFirst(";a=b/"));
    spellings.add(STEP.matcher(path).replaceFirst("//"));
    spellings.add("/" + path);
    spellings.add(STEP.matcher(path).replaceFirst("/./"));
    spellings.add(STEP.matcher(path).replaceFirst("/x/../"));
    spellings.add(STEP.matcher(path).replaceFirst("/%2e/"));
    spellings.add(STEP.matcher(path).replaceFirst("%2f"));
    spellings.add(STEP.matcher(path).replaceFirst("\\\\"));
    spellings.add(path + ".");
    spellings.add(path + "%00");
    spellings.add(path + "%20");
    spellings.add(path.toUpperCase(Locale.ROOT));
    spellings.add("http://localhost" + path + ";a=b");
    return spellings.stream().distinct().toList();
  }

  private void attempt(String how, Handler handler, String target, String secret)
      throws IOException {
    List<String> headers =
        new ArrayList<>(List.of("Host: localhost", "Content-Type: application/json"));
    if (!secret.isEmpty()) {
      headers.add("Authorization: Bearer " + secret);
    }
    byte[] body =
        handler.method.equals("POST") ? "{}".getBytes(StandardCharsets.US_ASCII) : new byte[0];
    RawHttp.Answer answer = RawHttp.send(service.port(), handler.method, target, headers, body);
    // On the plain path it is admission that must refuse, not what looks at the body later.
    boolean plain = !ODD.matcher(target).find();
    boolean refused =
        plain
            ? REFUSALS.contains(answer.status())
            : answer.status() >= 400 && answer.status() < 500;
    attacks.add(
        new Attack(
            handler.method + " " + target + " with " + how,
            Integer.toString(answer.status()),
            refused));
  }

  /** Checks that what the owner had is still there. */
  private List<Attack> unharmed() throws IOException, InterruptedException {
    List<Attack> found = new ArrayList<>();
    for (String path :
        List.of(
            "/v1/jobs/" + ids.get("jobs"),
            "/v1/glossaries/" + ids.get("glossaries"),
            "/v1/articles/" + ids.get("articles"))) {
      int status = service.get(path).statusCode();
      found.add(new Attack("the owner's " + path + " is left", status + "", status == 200));
    }
    return found;
  }
}
