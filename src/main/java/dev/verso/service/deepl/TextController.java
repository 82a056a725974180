package dev.verso.service.deepl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Detection;
import dev.verso.service.http.Problem;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.store.Usage;
import dev.verso.text.Cancellation;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.TranslateTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Texts, usage and languages of DeepL's API, version 2. */
@RestController("deeplTexts")
@RequestMapping("/v2")
class TextController {

  private static final int MOST_TEXTS = 50;
  private static final long NO_LIMIT = 1_000_000_000_000L;

  private final Answers answers;
  private final Parameters parameters;
  private final Translations translations;
  private final TranslateTexts shaped;
  private final Usage usage;

  TextController(
      Answers answers,
      Parameters parameters,
      Translations translations,
      TranslateTexts shaped,
      Usage usage) {
    this.answers = answers;
    this.parameters = parameters;
    this.translations = translations;
    this.shaped = shaped;
    this.usage = usage;
  }

  @Requires(Scope.TRANSLATE)
  @PostMapping("/translate")
  Mono<ResponseEntity<byte[]>> translate(ServerWebExchange exchange) {
    return answers.answer(exchange, this::translate);
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
    boolean told = Parameters.requireSupported(received);
    TranslateTexts.Manner manner = Parameters.manner(received);
    translations.requireShort(texts.stream().mapToLong(String::length).sum());
    TranslationOptions options = parameters.options(received, caller);
    List<Detection> detected =
        texts.stream()
            .map(text -> told ? new Detection("fr", 100) : detected(text, manner.kind()))
            .toList();
    detected.forEach(TextController::requireSupported);
    // Only now: what is refused costs nothing.
    translations.count(caller, texts);
    List<String> french = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (detected.get(i).isFrench()) {
        french.add(texts.get(i));
      }
    }
    List<String> made = shaped.translate(french, manner, options, cancellation);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("translations");
    int next = 0;
    for (int i = 0; i < texts.size(); i++) {
      ObjectNode result = results.addObject();
      result.put("detected_source_language", detected.get(i).language().toUpperCase(Locale.ROOT));
      // English stays as it is.
      result.put("text", detected.get(i).isFrench() ? made.get(next++) : texts.get(i));
      if (received.flag("show_billed_characters")) {
        result.put("billed_characters", texts.get(i).length());
      }
    }
    return Responses.json(answer);
  }

  private static Detection detected(String text, TranslateTexts.Kind kind) {
    return Detection.of(kind == TranslateTexts.Kind.TEXT ? text : Detection.withoutTags(text));
  }

  private static void requireSupported(Detection detection) {
    if (!detection.isFrench() && !detection.isEnglish()) {
      throw Problem.badRequest(
          "Source language "
              + detection.language().toUpperCase(Locale.ROOT)
              + " not supported; set source_lang to FR if it is French.");
    }
  }

  @Requires(Scope.TRANSLATE)
  @GetMapping("/usage")
  Mono<ResponseEntity<byte[]>> usage(ServerWebExchange exchange) {
    return answers.bare(
        exchange,
        caller -> {
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
}
