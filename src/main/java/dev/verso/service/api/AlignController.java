package dev.verso.service.api;

import dev.verso.bitext.AlignedDocumentsFormat;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.text.Document;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.usecase.AlignTexts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /v1/align}. */
@RestController
@RequestMapping("/v1/align")
@Tag(name = "align", description = "A French text and somebody's English translation of it")
class AlignController {

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "json", "application/json",
          "tsv", "text/tab-separated-values; charset=utf-8",
          "tmx", "application/xml; charset=utf-8",
          "xliff", "application/xml; charset=utf-8",
          "html", "text/html; charset=utf-8");

  /** What can be asked for. */
  @Schema(name = "AlignRequest")
  record AlignRequest(
      @Schema(description = "The French text.", example = "Il pleut. Elle rit.") String source,
      @Schema(description = "The English text.", example = "It rains. She laughs.") String target,
      @Schema(description = "Each line is a sentence.") Boolean lines,
      @Schema(description = "Link words, too.") Boolean words,
      @Schema(description = "Use no neural network.") Boolean fast,
      @Schema(
              allowableValues = {"json", "tsv", "tmx", "xliff", "html"},
              defaultValue = "json")
          String to,
      @Schema(
              description = "With tmx or xliff: beads of a lower posterior (0 to 1) are left out.",
              example = "0.5")
          Double minPosterior) {}

  private final RequestExecutor requests;
  private final Translations translations;
  private final AlignTexts texts;

  AlignController(RequestExecutor requests, Translations translations, AlignTexts texts) {
    this.requests = requests;
    this.translations = translations;
    this.texts = texts;
  }

  @Operation(
      summary = "Align two texts, sentence by sentence and word by word",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = AlignRequest.class),
                      examples =
                          @ExampleObject(
                              "{\"source\":\"Le chat dort. Le chien court.\",\"target\":\"The cat"
                                  + " sleeps. The dog runs.\",\"words\":true}"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "the same as `verso align` prints",
              content = @Content(mediaType = "application/json")))
  @Requires(Scope.ALIGN)
  @PostMapping
  Mono<ResponseEntity<byte[]>> align(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      AlignRequest request = received.as(AlignRequest.class);
                      String to =
                          Requests.oneOf(
                              "to",
                              request.to(),
                              "json",
                              List.of("json", "tsv", "tmx", "xliff", "html"));
                      ReadOptions reading =
                          ReadOptions.defaults()
                              .withLines(request.lines() != null && request.lines());
                      Document french =
                          translations.read(
                              received, "source", request.source(), reading, cancellation);
                      Document english =
                          translations.read(
                              received,
                              "target",
                              request.target(),
                              reading.withLanguage(Language.ENGLISH),
                              cancellation);
                      translations.requireShort(
                          Math.max(french.text().length(), english.text().length()));
                      translations.count(
                          AccessFilter.caller(exchange), french.text() + english.text());
                      boolean fast = request.fast() != null && request.fast();
                      AlignedDocumentsFormat format = AlignedDocumentsFormat.of(to);
                      Double least = leastPosterior(request, format);
                      AlignTexts.Result result =
                          (fast ? AlignTexts.fast() : texts)
                              .align(
                                  asked(request, french, english), Progress.SILENT, cancellation);
                      return Responses.of(
                          MEDIA_TYPES.get(to),
                          (least == null ? result : result.atLeast(least, format)).printed(format));
                    }));
  }

  /** What is asked for, checked before anything is aligned; null if all beads are wanted. */
  private static Double leastPosterior(AlignRequest request, AlignedDocumentsFormat format) {
    Double least = request.minPosterior();
    boolean memory = format == AlignedDocumentsFormat.TMX || format == AlignedDocumentsFormat.XLIFF;
    if (least != null && !(memory && least >= 0 && least <= 1)) {
      throw Problem.badRequest("minPosterior is 0 to 1, and for tmx and xliff");
    }
    return least;
  }

  private static AlignTexts.Request asked(AlignRequest request, Document french, Document english) {
    return new AlignTexts.Request(
            french, english, request.words() != null && request.words(), Optional.empty())
        .requireShort();
  }
}
