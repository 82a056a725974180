package dev.verso.service.deepl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.file.Glossaries;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Problem;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.store.GlossaryStore;
import dev.verso.store.GlossaryStore.Glossary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Glossaries of DeepL's API, versions 2 and 3: the same glossaries through both. In version 3 a
 * glossary has a dictionary for each pair of languages, so here one, from French to English, or
 * none.
 */
@RestController("deeplGlossaries")
class GlossaryController {

  private static final Map<String, Object> PAIR = Map.of("source_lang", "fr", "target_lang", "en");

  private final Answers answers;
  private final Parameters parameters;
  private final GlossaryStore glossaries;

  GlossaryController(Answers answers, Parameters parameters, GlossaryStore glossaries) {
    this.answers = answers;
    this.parameters = parameters;
    this.glossaries = glossaries;
  }

  /**
   * A dictionary as it is sent.
   *
   * @param where how the request names it, for messages; ends with a dot unless it is empty
   */
  private record Sent(
      String where,
      Optional<String> source,
      Optional<String> target,
      Optional<String> entries,
      Optional<String> format) {

    static Sent of(Requests.Received received, String where) {
      return new Sent(
          where,
          received.string(where + "source_lang"),
          received.string(where + "target_lang"),
          received.string(where + "entries"),
          received.string(where + "entries_format"));
    }

    static Sent of(JsonNode dictionary, String where) {
      return new Sent(
          where,
          text(dictionary, "source_lang", where),
          text(dictionary, "target_lang", where),
          text(dictionary, "entries", where),
          text(dictionary, "entries_format", where));
    }

    private static Optional<String> text(JsonNode dictionary, String name, String where) {
      JsonNode value = dictionary.path(name);
      if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
        throw Problem.badRequest("Parameter '" + where + name + "' is not a string.");
      }
      return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** The terms, for the one pair of languages that there is. */
    Map<String, String> terms() {
      requirePair(source, target);
      String text =
          entries.orElseThrow(
              () -> Problem.badRequest("Parameter '" + where + "entries' not specified."));
      String name = "'" + where + "entries'";
      return switch (format.orElse("tsv")) {
        case "tsv" -> Glossaries.tsv(name, text);
        case "csv" -> Glossaries.csv(name, text);
        default ->
            throw Problem.badRequest(
                "Unsupported '" + where + "entries_format': it can be tsv or csv");
      };
    }
  }

  private static void requirePair(Optional<String> source, Optional<String> target) {
    if (!isLanguage(source, "fr") || !isLanguage(target, "en")) {
      throw Problem.badRequest(
          "Unsupported glossary source and target language pair: a glossary is from FR to EN");
    }
  }

  /** Whether it is the language, or a variety of it. */
  private static boolean isLanguage(Optional<String> given, String expected) {
    String code = given.orElse("").strip().toLowerCase(java.util.Locale.ROOT);
    return code.equals(expected) || code.startsWith(expected + "-");
  }

  private static Optional<String> name(Requests.Received received) {
    return received.string("name").filter(name -> !name.isBlank()).map(Requests::safe);
  }

  private static String requireName(Requests.Received received) {
    return name(received).orElseThrow(() -> Problem.badRequest("Parameter 'name' not specified."));
  }

  private static Problem notFound() {
    return Problem.notFound("Glossary not found");
  }

  private Glossary find(Caller caller, String id) {
    return glossaries
        .find(caller.owner(), Requests.known(id))
        .orElseThrow(GlossaryController::notFound);
  }

  private Map<String, String> requireDictionary(Caller caller, String id) {
    Map<String, String> terms = parameters.terms(caller, id);
    if (terms.isEmpty()) {
      throw Problem.notFound("The glossary has no dictionary from FR to EN");
    }
    return terms;
  }

  @Requires(Scope.GLOSSARIES)
  @PostMapping("/v2/glossaries")
  Mono<ResponseEntity<byte[]>> add(ServerWebExchange exchange) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          String name = requireName(received);
          Map<String, String> terms = Sent.of(received, "").terms();
          return Responses.json(201, second(glossaries.add(caller.owner(), name, terms)));
        });
  }

  private static Map<String, Object> second(Glossary glossary) {
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
  @GetMapping("/v2/glossaries")
  Mono<ResponseEntity<byte[]>> list(ServerWebExchange exchange) {
    return answers.bare(
        exchange,
        caller ->
            Responses.json(
                Map.of(
                    "glossaries",
                    glossaries.list(caller.owner()).stream()
                        .map(GlossaryController::second)
                        .toList())));
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/v2/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> show(ServerWebExchange exchange, @PathVariable String id) {
    return answers.bare(exchange, caller -> Responses.json(second(find(caller, id))));
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/v2/glossaries/{id}/entries")
  Mono<ResponseEntity<byte[]>> entries(ServerWebExchange exchange, @PathVariable String id) {
    return answers.bare(
        exchange,
        caller ->
            Responses.of(
                "text/tab-separated-values; charset=utf-8",
                Glossaries.tsv(parameters.terms(caller, id))));
  }

  @Requires(Scope.GLOSSARIES)
  @DeleteMapping({"/v2/glossaries/{id}", "/v3/glossaries/{id}"})
  Mono<ResponseEntity<byte[]>> remove(ServerWebExchange exchange, @PathVariable String id) {
    return answers.bare(
        exchange,
        caller -> {
          if (!glossaries.remove(caller.owner(), Requests.known(id))) {
            throw notFound();
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/v2/glossary-language-pairs")
  ResponseEntity<byte[]> pairs() {
    return Responses.json(Map.of("supported_languages", List.of(PAIR)));
  }

  /** The dictionaries of a request of version 3, in JSON or in a form. */
  private static Optional<Map<String, String>> dictionary(Requests.Received received) {
    List<Sent> sent = new ArrayList<>();
    JsonNode list = received.fields().path("dictionaries");
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw Problem.badRequest("Parameter 'dictionaries' is not a list.");
    }
    for (JsonNode dictionary : list) {
      sent.add(Sent.of(dictionary, "dictionaries[" + sent.size() + "]."));
    }
    String where = "dictionaries[0].";
    while (received.fields().has(where + "source_lang")
        || received.fields().has(where + "entries")) {
      sent.add(Sent.of(received, where));
      where = "dictionaries[" + sent.size() + "].";
    }
    List<Map<String, String>> terms = sent.stream().map(Sent::terms).toList();
    if (terms.size() > 1) {
      throw Problem.badRequest(
          "There are "
              + terms.size()
              + " dictionaries from FR to EN; a glossary has one: put their entries together.");
    }
    return terms.stream().findFirst();
  }

  private static Map<String, Object> dictionary(int entries) {
    return Map.of("source_lang", "fr", "target_lang", "en", "entry_count", entries);
  }

  private static Map<String, Object> third(Glossary glossary) {
    return Map.of(
        "glossary_id",
        glossary.id(),
        "name",
        glossary.name(),
        "dictionaries",
        glossary.entries() == 0 ? List.of() : List.of(dictionary(glossary.entries())),
        "creation_time",
        glossary.created());
  }

  @Requires(Scope.GLOSSARIES)
  @PostMapping("/v3/glossaries")
  Mono<ResponseEntity<byte[]>> addThird(ServerWebExchange exchange) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          String name = requireName(received);
          Map<String, String> terms =
              dictionary(received)
                  .orElseThrow(() -> Problem.badRequest("Parameter 'dictionaries' not specified."));
          return Responses.json(201, third(glossaries.add(caller.owner(), name, terms)));
        });
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/v3/glossaries")
  Mono<ResponseEntity<byte[]>> listThird(ServerWebExchange exchange) {
    return answers.bare(
        exchange,
        caller ->
            Responses.json(
                Map.of(
                    "glossaries",
                    glossaries.list(caller.owner()).stream()
                        .map(GlossaryController::third)
                        .toList())));
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/v3/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> showThird(ServerWebExchange exchange, @PathVariable String id) {
    return answers.bare(exchange, caller -> Responses.json(third(find(caller, id))));
  }

  @Requires(Scope.GLOSSARIES)
  @GetMapping("/v3/glossaries/{id}/entries")
  Mono<ResponseEntity<byte[]>> entriesThird(ServerWebExchange exchange, @PathVariable String id) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          find(caller, id); // another caller's is not there, whatever else is wrong
          requirePair(received.string("source_lang"), received.string("target_lang"));
          return Responses.json(
              Map.of(
                  "dictionaries",
                  List.of(
                      Map.of(
                          "source_lang",
                          "fr",
                          "target_lang",
                          "en",
                          "entries",
                          Glossaries.tsv(requireDictionary(caller, id)),
                          "entries_format",
                          "tsv"))));
        });
  }

  /** A new name, and entries that are added to those that there are. */
  @Requires(Scope.GLOSSARIES)
  @PatchMapping("/v3/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> edit(ServerWebExchange exchange, @PathVariable String id) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          find(caller, id); // another caller's is not there, whatever else is wrong
          Optional<String> name = name(received);
          Optional<Map<String, String>> added = dictionary(received);
          if (name.isEmpty() && added.isEmpty()) {
            throw Problem.badRequest(
                "Nothing to change: neither 'name' nor 'dictionaries' is specified.");
          }
          Glossary edited =
              glossaries
                  .edit(caller.owner(), Requests.known(id), name, added.orElse(Map.of()))
                  .orElseThrow(GlossaryController::notFound);
          return Responses.json(third(edited));
        });
  }

  @Requires(Scope.GLOSSARIES)
  @PutMapping("/v3/glossaries/{id}/dictionaries")
  Mono<ResponseEntity<byte[]>> replace(ServerWebExchange exchange, @PathVariable String id) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          find(caller, id); // another caller's is not there, whatever else is wrong
          Map<String, String> terms = Sent.of(received, "").terms();
          Glossary replaced =
              glossaries
                  .replace(caller.owner(), Requests.known(id), terms)
                  .orElseThrow(GlossaryController::notFound);
          return Responses.json(dictionary(replaced.entries()));
        });
  }

  @Requires(Scope.GLOSSARIES)
  @DeleteMapping("/v3/glossaries/{id}/dictionaries")
  Mono<ResponseEntity<byte[]>> empty(ServerWebExchange exchange, @PathVariable String id) {
    return answers.answer(
        exchange,
        (received, caller, cancellation) -> {
          find(caller, id); // another caller's is not there, whatever else is wrong
          requirePair(received.string("source_lang"), received.string("target_lang"));
          requireDictionary(caller, id);
          if (glossaries.replace(caller.owner(), Requests.known(id), Map.of()).isEmpty()) {
            throw notFound();
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }
}
