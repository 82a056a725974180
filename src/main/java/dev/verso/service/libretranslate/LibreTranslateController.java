package dev.verso.service.libretranslate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.verso.file.FileKind;
import dev.verso.file.TranslatedFile;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.ApiKeyAuthenticator;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Detection;
import dev.verso.service.http.Exposure;
import dev.verso.service.http.Health;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Settings;
import dev.verso.service.http.Translations;
import dev.verso.store.JobStore;
import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.TranslateFile;
import dev.verso.usecase.TranslateTexts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The interface of LibreTranslate 1.9, so that its clients work with Verso as they are. */
@RestController
class LibreTranslateController {

  private static final int MOST_TEXTS = 1000;
  private static final int MOST_ALTERNATIVES = 15;

  /** No encoding takes more for a character. */
  private static final int MOST_BYTES = 4;

  private static final Duration FILE_KEPT = Duration.ofMinutes(30);
  private static final long FILES_BYTES = 64L << 20;

  private final RequestExecutor requests;
  private final ApiKeyAuthenticator callers;
  private final Translations translations;
  private final TranslateTexts shaped;
  private final TranslateFile files;
  private final Settings settings;
  private final Exposure exposure;
  private final Health health;
  private final Cache<String, JobStore.Result> translated =
      Caffeine.newBuilder()
          .expireAfterWrite(FILE_KEPT)
          .maximumWeight(FILES_BYTES)
          .weigher((String id, JobStore.Result file) -> file.bytes().length)
          .build();

  LibreTranslateController(
      RequestExecutor requests,
      ApiKeyAuthenticator callers,
      Translations translations,
      TranslateTexts shaped,
      TranslateFile files,
      Settings settings,
      Exposure exposure,
      Health health) {
    this.requests = requests;
    this.callers = callers;
    this.translations = translations;
    this.shaped = shaped;
    this.files = files;
    this.settings = settings;
    this.exposure = exposure;
    this.health = health;
  }

  private interface Answer {
    ResponseEntity<byte[]> to(Requests.Received received, Caller caller, Cancellation cancellation)
        throws Exception;
  }

  /** The key travels in the body or in the query. */
  private Mono<ResponseEntity<byte[]>> answer(ServerWebExchange exchange, Answer answer) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation ->
                        answer.to(received, AccessFilter.caller(exchange), cancellation)));
  }

  @Requires(value = Scope.TRANSLATE, keyInBody = true)
  @PostMapping("/translate")
  Mono<ResponseEntity<byte[]>> translate(ServerWebExchange exchange) {
    return answer(exchange, this::translate);
  }

  private ResponseEntity<byte[]> translate(
      Requests.Received received, Caller caller, Cancellation cancellation) {
    List<String> texts = received.strings("q");
    if (!received.fields().has("q")) {
      throw Problem.badRequest("Invalid request: missing q parameter");
    }
    if (texts.size() > MOST_TEXTS) {
      throw Problem.badRequest("Invalid request: request exceeds text limit (" + MOST_TEXTS + ")");
    }
    String source = required(received, "source");
    String target = required(received, "target");
    boolean detects = source.equalsIgnoreCase("auto");
    if (!detects && !source.equalsIgnoreCase("fr") && !source.equalsIgnoreCase("en")) {
      throw Problem.badRequest(source + " is not supported");
    }
    if (!target.equalsIgnoreCase("en")
        && !(target.equalsIgnoreCase("fr") && source.equalsIgnoreCase("fr"))) {
      throw Problem.badRequest(target + " is not supported");
    }
    String format = received.string("format").filter(f -> !f.isBlank()).orElse("text");
    if (!format.equals("text") && !format.equals("html")) {
      throw Problem.badRequest(format + " format is not supported");
    }
    boolean html = format.equals("html");
    int alternatives = alternatives(received);
    List<String> read =
        received.typed()
            ? texts
            : texts.stream().map(text -> text.replace("\r\n", "\n").replace('\r', '\n')).toList();
    long length = read.stream().mapToLong(String::length).sum();
    if (length > settings.limits().characters()) {
      throw Problem.badRequest(
          "Invalid request: request ("
              + length
              + ") exceeds text limit ("
              + settings.limits().characters()
              + ")");
    }
    List<Detection> detected =
        detects
            ? read.stream()
                .map(text -> Detection.of(html ? Detection.withoutTags(text) : text))
                .toList()
            : List.<Detection>of();
    for (Detection detection : detected) {
      if (!detection.isFrench() && !detection.isEnglish()) {
        throw Problem.badRequest(detection.language() + " is not supported");
      }
    }
    // Only now: what is refused costs nothing.
    translations.count(caller, read);
    boolean copies = source.equalsIgnoreCase(target);
    TranslateTexts.Manner input =
        TranslateTexts.Manner.of(html ? TranslateTexts.Kind.HTML : TranslateTexts.Kind.TEXT);
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    ArrayNode languages = JsonNodeFactory.instance.arrayNode();
    ArrayNode others = JsonNodeFactory.instance.arrayNode();
    List<String> toTranslate =
        java.util.stream.IntStream.range(0, read.size())
            .filter(i -> !copies && (detected.isEmpty() || detected.get(i).isFrench()))
            .mapToObj(read::get)
            .toList();
    List<String> made =
        shaped.translate(toTranslate, input, TranslationOptions.DEFAULT, cancellation);
    // Of HTML, LibreTranslate has none either.
    List<List<String>> alternatively =
        alternatives == 0 || html
            ? Collections.nCopies(made.size(), List.of())
            : shaped.others(
                toTranslate, made, alternatives, TranslationOptions.DEFAULT, cancellation);
    int next = 0;
    for (int i = 0; i < read.size(); i++) {
      boolean translates = !copies && (detected.isEmpty() || detected.get(i).isFrench());
      ArrayNode other = others.addArray();
      if (translates) {
        alternatively.get(next).forEach(other::add);
      }
      results.add(translates ? made.get(next++) : read.get(i));
      if (detects) {
        languages.add(detected.get(i).toJson());
      }
    }
    boolean list = received.isList("q");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (alternatives > 0) {
      answer.set("alternatives", list ? others : others.get(0));
    }
    if (detects) {
      answer.set("detectedLanguage", list ? languages : languages.get(0));
    }
    answer.set("translatedText", list ? results : results.get(0));
    return Responses.json(answer);
  }

  private static int alternatives(Requests.Received received) {
    String asked = received.string("alternatives").filter(a -> !a.isBlank()).orElse("0");
    if (!asked.matches("\\d{1,9}")) {
      throw Problem.badRequest("Invalid request: alternatives parameter is not a number");
    }
    int alternatives = Integer.parseInt(asked);
    if (alternatives > MOST_ALTERNATIVES) {
      throw Problem.badRequest(
          "Invalid request: alternatives parameter must be <= " + MOST_ALTERNATIVES);
    }
    return alternatives;
  }

  @Requires(value = Scope.TRANSLATE, keyInBody = true)
  @PostMapping("/detect")
  Mono<ResponseEntity<byte[]>> detect(ServerWebExchange exchange) {
    return answer(
        exchange,
        (received, caller, cancellation) -> {
          String text =
              received
                  .string("q")
                  .orElseThrow(() -> Problem.badRequest("Invalid request: missing q parameter"));
          translations.requireShort(text.length());
          return Responses.json(
              JsonNodeFactory.instance.arrayNode().add(Detection.of(text).toJson()));
        });
  }

  @Requires(Scope.PUBLIC)
  @GetMapping("/languages")
  ResponseEntity<byte[]> languages() {
    return Responses.json(
        List.of(
            Map.of("code", "fr", "name", "French", "targets", List.of("en", "fr")),
            Map.of("code", "en", "name", "English", "targets", List.of("en"))));
  }

  @Requires(Scope.PUBLIC)
  @GetMapping("/frontend/settings")
  Mono<ResponseEntity<byte[]>> frontend() {
    return requests.run(
        cancellation -> {
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          json.put("charLimit", settings.limits().characters());
          json.put("frontendTimeout", 500);
          json.put("apiKeys", callers.needKeys());
          json.put("keyRequired", callers.needKeys());
          json.put("suggestions", false);
          json.put("filesTranslation", true);
          ArrayNode formats = json.putArray("supportedFilesFormat");
          for (FileKind kind : FileKind.values()) {
            formats.add("." + kind.extension());
          }
          ObjectNode language = json.putObject("language");
          language.putObject("source").put("code", "fr").put("name", "French");
          language.putObject("target").put("code", "en").put("name", "English");
          return Responses.json(json);
        });
  }

  @Requires(Scope.PUBLIC)
  @GetMapping("/health")
  Mono<ResponseEntity<byte[]>> health() {
    return requests.run(
        cancellation -> {
          boolean well = health.check().get("status").equals("ok");
          return Responses.json(well ? 200 : 503, Map.of("status", well ? "ok" : "not ready"));
        });
  }

  /** Suggestions are not kept; clients that send them are thanked as they expect. */
  @Requires(Scope.PUBLIC)
  @PostMapping("/suggest")
  Mono<ResponseEntity<byte[]>> suggest(ServerWebExchange exchange) {
    throw Problem.of(403, "suggestions", "Suggestions are disabled on this server.");
  }

  @Requires(value = Scope.TRANSLATE, keyInBody = true)
  @PostMapping("/translate_file")
  Mono<ResponseEntity<byte[]>> translateFile(ServerWebExchange exchange) {
    return answer(
        exchange,
        (received, caller, cancellation) -> {
          if (received.files().isEmpty()) {
            throw Problem.badRequest("Invalid request: missing file parameter");
          }
          Requests.Upload file = received.files().get(0);
          String source = required(received, "source");
          String target = required(received, "target");
          boolean detects = source.equalsIgnoreCase("auto");
          if (!detects && !source.equalsIgnoreCase("fr")) {
            throw Problem.badRequest(source + " is not supported");
          }
          if (!target.equalsIgnoreCase("en")) {
            throw Problem.badRequest(target + " is not supported");
          }
          FileKind kind = FileKind.of(file.name(), file.bytes());
          requireShort(file, kind);
          TranslatedFile done =
              files.translate(
                  new TranslateFile.Request(
                      file.name(),
                      file.bytes(),
                      TranslationOptions.DEFAULT,
                      !detects,
                      found -> translations.countFound(caller, found)),
                  Progress.SILENT,
                  cancellation);
          String id = UUID.randomUUID().toString();
          String name = done.name();
          translated.put(id, new JobStore.Result(name, done.mediaType(), done.content()));
          return Responses.json(
              Map.of(
                  "translatedFileUrl",
                  exposure.url(exchange)
                      + "/download_file/"
                      + id
                      + "."
                      + name.substring(name.lastIndexOf('.') + 1)));
        });
  }

  private static String required(Requests.Received received, String name) {
    return received
        .string(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> Problem.badRequest("Invalid request: missing " + name + " parameter"));
  }

  /** What is too long for sure is not even read; the rest is measured when its text is found. */
  private void requireShort(Requests.Upload file, FileKind kind) {
    long most = (long) MOST_BYTES * settings.limits().characters();
    if (!kind.isBinary() && file.bytes().length > most) {
      throw Problem.tooLarge(
          file.name()
              + " has "
              + file.bytes().length
              + " bytes; a file of text that is translated at once has at most "
              + most
              + ": send it as a job (POST /v1/jobs)");
    }
  }

  @Requires(Scope.PUBLIC)
  @GetMapping("/download_file/{name}")
  ResponseEntity<byte[]> download(@PathVariable String name) {
    int dot = name.indexOf('.');
    JobStore.Result file = translated.getIfPresent(dot < 0 ? name : name.substring(0, dot));
    if (file == null) {
      throw Problem.of(404, "not-found", "there is no such file, or no longer");
    }
    return Responses.file(file);
  }

  @Requires(Scope.PUBLIC)
  @GetMapping("/spec")
  ResponseEntity<byte[]> specification() {
    return ResponseEntity.status(302).header("Location", "/v1/openapi").build();
  }
}
