package dev.verso.service.deepl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.file.FileKind;
import dev.verso.file.Glossaries;
import dev.verso.job.JobWorkers;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Detection;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.store.GlossaryStore;
import dev.verso.store.JobOptions;
import dev.verso.store.JobStore;
import dev.verso.store.Usage;
import dev.verso.text.Cancellation;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.TranslateTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The interface of DeepL's API, version 2, so that its clients work with Verso as they are. */
@RestController
@RequestMapping("/v2")
class DeepLController {

  private static final int MOST_TEXTS = 50;
  private static final long NO_LIMIT = 1_000_000_000_000L;
  private static final Set<String> TARGETS = Set.of("EN", "EN-GB", "EN-US");

  private final RequestExecutor requests;
  private final Translations translations;
  private final TranslateTexts shaped;
  private final JobStore jobs;
  private final JobWorkers jobWorkers;
  private final GlossaryStore glossaries;
  private final Usage usage;

  DeepLController(
      RequestExecutor requests,
      Translations translations,
      TranslateTexts shaped,
      JobStore jobs,
      JobWorkers jobWorkers,
      GlossaryStore glossaries,
      Usage usage) {
    this.requests = requests;
    this.translations = translations;
    this.shaped = shaped;
    this.jobs = jobs;
    this.jobWorkers = jobWorkers;
    this.glossaries = glossaries;
    this.usage = usage;
  }

  private interface Answer {
    ResponseEntity<byte[]> to(Requests.Received received, Caller caller, Cancellation cancellation)
        throws Exception;
  }

  private Mono<ResponseEntity<byte[]>> answer(ServerWebExchange exchange, Answer answer) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation ->
                        answer.to(received, AccessFilter.caller(exchange), cancellation)));
  }

  private static void requireLanguages(Requests.Received received) {
    String target =
        received
            .string("target_lang")
            .orElseThrow(() -> Problem.badRequest("Value for 'target_lang' not supported."))
            .toUpperCase(Locale.ROOT);
    if (!TARGETS.contains(target)) {
      throw Problem.badRequest("Value for 'target_lang' not supported.");
    }
    String source = received.string("source_lang").orElse("").toUpperCase(Locale.ROOT);
    if (!source.isEmpty() && !source.equals("FR")) {
      throw Problem.badRequest("Value for 'source_lang' not supported.");
    }
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/translate")
  Mono<ResponseEntity<byte[]>> translate(ServerWebExchange exchange) {
    return answer(exchange, this::translate);
  }

  private ResponseEntity<byte[]> translate(
      Requests.Received received, Caller caller, Cancellation cancellation) {
    List<String> texts = received.strings("text");
    if (texts.isEmpty()) {
      throw Problem.badRequest("Parameter 'text' not specified.");
    }
    if (texts.size() > MOST_TEXTS) {
      throw Problem.badRequest("Too many texts; at most " + MOST_TEXTS + " are taken at once.");
    }
    requireLanguages(received);
    long length = texts.stream().mapToLong(String::length).sum();
    translations.requireShort(length);
    String handling = received.string("tag_handling").orElse("");
    if (!handling.isEmpty() && !handling.equals("html") && !handling.equals("xml")) {
      throw Problem.badRequest("Value for 'tag_handling' not supported.");
    }
    Optional<String> glossary = received.string("glossary_id").filter(id -> !id.isBlank());
    TranslationOptions options =
        glossary.isPresent()
            ? TranslationOptions.DEFAULT.withGlossary(
                Glossaries.of(requireGlossary(caller, glossary.get())))
            : TranslationOptions.DEFAULT;
    texts.forEach(text -> translations.count(caller, text));
    boolean told = received.string("source_lang").filter(lang -> !lang.isBlank()).isPresent();
    List<Detection> detected =
        texts.stream().map(text -> told ? new Detection("fr", 100) : Detection.of(text)).toList();
    for (Detection detection : detected) {
      if (!detection.isFrench() && !detection.isEnglish()) {
        throw Problem.badRequest(
            "Source language "
                + detection.language().toUpperCase(Locale.ROOT)
                + " not supported; set source_lang to FR if it is French.");
      }
    }
    List<String> french =
        java.util.stream.IntStream.range(0, texts.size())
            .filter(i -> detected.get(i).isFrench())
            .mapToObj(texts::get)
            .toList();
    List<String> made =
        shaped.translate(
            french,
            switch (handling) {
              case "" -> TranslateTexts.Kind.TEXT;
              case "html" -> TranslateTexts.Kind.HTML;
              default -> TranslateTexts.Kind.XML;
            },
            options,
            cancellation);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("translations");
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      ObjectNode result = results.addObject();
      result.put("detected_source_language", detected.get(i).language().toUpperCase(Locale.ROOT));
      result.put("text", detected.get(i).isFrench() ? made.get(next++) : texts.get(i));
      if (received.flag("show_billed_characters")) {
        result.put("billed_characters", texts.get(i).length());
      }
    }
    return Responses.json(answer);
  }

  private Map<String, String> requireGlossary(Caller caller, String id) {
    return glossaries
        .terms(caller.owner(), Requests.known(id))
        .orElseThrow(() -> Problem.notFound("Glossary not found"));
  }

  @Requires(Scope.TRANSLATE)
  @GetMapping("/usage")
  Mono<ResponseEntity<byte[]>> usage(ServerWebExchange exchange) {
    return requests.run(
        cancellation -> {
          Caller caller = AccessFilter.caller(exchange);
          Long quota = caller.key() == null ? null : caller.key().quota();
          return Responses.json(
              Map.of(
                  "character_count",
                  usage.used(caller.owner()),
                  "character_limit",
                  quota == null ? NO_LIMIT : quota));
        });
  }

  @Requires(Scope.TRANSLATE)
  @GetMapping("/languages")
  ResponseEntity<byte[]> languages(ServerWebExchange exchange) {
    return languages(exchange.getRequest().getQueryParams().getFirst("type"));
  }

  private static ResponseEntity<byte[]> languages(String type) {
    if (type != null && !type.equals("source") && !type.equals("target")) {
      throw Problem.badRequest("Value for 'type' not supported.");
    }
    return Responses.json(
        "target".equals(type)
            ? List.of(
                language("EN-GB", "English (British)"), language("EN-US", "English (American)"))
            : List.of(Map.of("language", "FR", "name", "French")));
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/languages")
  Mono<ResponseEntity<byte[]>> languagesByForm(ServerWebExchange exchange) {
    return Requests.read(exchange).map(received -> languages(received.string("type").orElse(null)));
  }

  private static Map<String, Object> language(String code, String name) {
    return Map.of("language", code, "name", name, "supports_formality", false);
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping({"/document", "/document/"})
  Mono<ResponseEntity<byte[]>> upload(ServerWebExchange exchange) {
    return answer(
        exchange,
        (received, caller, cancellation) -> {
          requireLanguages(received);
          if (received.files().isEmpty()) {
            throw Problem.badRequest("Parameter 'file' not specified.");
          }
          Requests.Upload file = received.files().get(0);
          String name =
              received
                  .string("filename")
                  .filter(n -> !n.isBlank())
                  .map(Requests::safe)
                  .orElse(file.name());
          FileKind kind = FileKind.of(name, file.bytes());
          Optional<String> glossary = received.string("glossary_id").filter(id -> !id.isBlank());
          if (glossary.isPresent()) {
            requireGlossary(caller, glossary.get());
          }
          translations.requireRoom(caller, List.of(new JobStore.Submitted(name, file.bytes())));
          translations.countFile(caller, kind, file.bytes());
          String id =
              jobs.submit(
                  caller.owner(),
                  Optional.empty(),
                  new JobOptions("document", 4, true, true, "auto", glossary.orElse(null), null),
                  List.of(new JobStore.Submitted(name, file.bytes())));
          jobWorkers.wake();
          return Responses.json(Map.of("document_id", id, "document_key", key(id)));
        });
  }

  /** A word that only the one who sent the document was told; the id is secret enough. */
  private static String key(String id) {
    return id.replace("-", "").toUpperCase(Locale.ROOT);
  }

  private JobStore.Entry entry(Requests.Received received, Caller caller, String id) {
    String known = Requests.known(id);
    if (!received.string("document_key").orElse("").equals(key(known))) {
      throw Problem.notFound("Document not found");
    }
    return jobs.documents(caller.owner(), known, 0, 1).stream()
        .findFirst()
        .orElseThrow(() -> Problem.notFound("Document not found"));
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/document/{id}")
  Mono<ResponseEntity<byte[]>> status(ServerWebExchange exchange, @PathVariable String id) {
    return answer(
        exchange,
        (received, caller, cancellation) -> {
          JobStore.Entry entry = entry(received, caller, id);
          ObjectNode answer = JsonNodeFactory.instance.objectNode();
          answer.put("document_id", id);
          switch (entry.state()) {
            case "waiting" -> answer.put("status", "queued");
            case "running" -> answer.put("status", "translating").put("seconds_remaining", 5);
            case "done" ->
                answer.put("status", "done").put("billed_characters", entry.characters());
            default ->
                answer
                    .put("status", "error")
                    .put("error_message", entry.error() == null ? "cancelled" : entry.error());
          }
          return Responses.json(answer);
        });
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/document/{id}/result")
  Mono<ResponseEntity<byte[]>> result(ServerWebExchange exchange, @PathVariable String id) {
    return answer(
        exchange,
        (received, caller, cancellation) -> {
          JobStore.Entry entry = entry(received, caller, id);
          if (entry.state().equals("waiting") || entry.state().equals("running")) {
            throw Problem.of(503, "not-ready", "Document translation is not done");
          }
          JobStore.Result result =
              jobs.result(caller.owner(), id, 0)
                  .orElseThrow(() -> Problem.notFound("Document not found"));
          // A result is given out once.
          if (!jobs.remove(caller.owner(), id)) {
            throw Problem.notFound("Document not found");
          }
          return Responses.file(result);
        });
  }

  @Requires(Scope.GLOSSARIES)
  @PostMapping("/glossaries")
  Mono<ResponseEntity<byte[]>> addGlossary(ServerWebExchange exchange) {
    return answer(
        exchange,
        (received, caller, cancellation) -> {
          String name =
              received
                  .string("name")
                  .filter(n -> !n.isBlank())
                  .map(Requests::safe)
                  .orElseThrow(() -> Problem.badRequest("Parameter 'name' not specified."));
          pair(received.string("source_lang"), "FR");
          pair(received.string("target_lang"), "EN");
          String entries =
              received
                  .string("entries")
                  .orElseThrow(() -> Problem.badRequest("Parameter 'entries' not specified."));
          String format = received.string("entries_format").orElse("tsv");
          Map<String, String> terms =
              switch (format) {
                case "tsv" -> Glossaries.tsv(name, entries);
                case "csv" -> Glossaries.csv(name, entries);
                default -> throw Problem.badRequest("Unsupported entries format");
              };
          return Responses.json(201, glossary(glossaries.add(caller.owner(), name, terms)));
        });
  }

  private static void pair(Optional<String> given, String expected) {
    if (!given.orElse("").toUpperCase(Locale.ROOT).startsWith(expected)) {
      throw Problem.badRequest("Unsupported glossary source and target language pair");
    }
  }

  private static Map<String, Object> glossary(GlossaryStore.Glossary glossary) {
    return Map.of(
        "glossary_id", glossary.id(),
        "name", glossary.name(),
        "ready", true,
        "source_lang", "fr",
        "target_lang", "en",
        "creation_time", glossary.created(),
        "entry_count", glossary.entries());
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/glossaries")
  Mono<ResponseEntity<byte[]>> glossaries(ServerWebExchange exchange) {
    return requests.run(
        cancellation ->
            Responses.json(
                Map.of(
                    "glossaries",
                    glossaries.list(AccessFilter.caller(exchange).owner()).stream()
                        .map(DeepLController::glossary)
                        .toList())));
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> glossary(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation ->
            Responses.json(
                glossary(
                    glossaries
                        .find(AccessFilter.caller(exchange).owner(), Requests.known(id))
                        .orElseThrow(() -> Problem.notFound("Glossary not found")))));
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/glossaries/{id}/entries")
  Mono<ResponseEntity<byte[]>> entries(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation ->
            Responses.of(
                "text/tab-separated-values; charset=utf-8",
                Glossaries.tsv(requireGlossary(AccessFilter.caller(exchange), id))));
  }

  @Requires(Scope.GLOSSARIES)
  @DeleteMapping("/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> removeGlossary(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation -> {
          if (!glossaries.remove(AccessFilter.caller(exchange).owner(), Requests.known(id))) {
            throw Problem.notFound("Glossary not found");
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/glossary-language-pairs")
  ResponseEntity<byte[]> pairs() {
    return Responses.json(
        Map.of("supported_languages", List.of(Map.of("source_lang", "fr", "target_lang", "en"))));
  }
}
