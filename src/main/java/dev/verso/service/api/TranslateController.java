package dev.verso.service.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.bitext.BitextFormat;
import dev.verso.decoding.SearchOptions;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Problem;
import dev.verso.service.http.Problems;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.store.ArticleStore;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Json;
import dev.verso.text.Language;
import dev.verso.text.Segment;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import dev.verso.usecase.TranslateArticle;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code /v1/translate}. */
@RestController
@RequestMapping("/v1/translate")
@Tag(name = "translate", description = "French articles into English")
class TranslateController {

  private static final List<String> FORMATS =
      List.of("json", "text", "html", "tsv", "xliff", "tmx");

  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  /** What can be asked for. */
  @Schema(name = "TranslateRequest")
  record TranslateRequest(
      @Schema(description = "The article: plain text or HTML.", example = "Il pleut à Paris.")
          String text,
      @Schema(description = "What to call it in the result and in errors.", example = "pluie.txt")
          String name,
      @Schema(
              allowableValues = {"auto", "text", "html"},
              defaultValue = "auto")
          String format,
      @Schema(description = "Hypotheses kept, 1 (greedy) to 64.", defaultValue = "4") Integer beam,
      @Schema(description = "Translate comment forms, teasers and the like too.") Boolean all,
      @Schema(description = "Translate even what doesn't look French.") Boolean force,
      @Schema(description = "Id of a glossary whose terms are used.") String glossary,
      @Schema(description = "Id of a memory whose segments keep their translation.") String memory,
      @Schema(description = "Keep the article and its translation; see /v1/articles.") Boolean keep,
      @Schema(
              allowableValues = {"json", "text", "html", "tsv", "xliff", "tmx"},
              defaultValue = "json")
          String to) {}

  private final RequestExecutor requests;
  private final Translations translations;
  private final TranslateArticle articles;
  private final ArticleStore kept;

  TranslateController(
      RequestExecutor requests,
      Translations translations,
      TranslateArticle articles,
      ArticleStore kept) {
    this.requests = requests;
    this.translations = translations;
    this.articles = articles;
    this.kept = kept;
  }

  /** Keeps the article if that was asked for; its id, else none. */
  private Optional<String> keep(
      ServerWebExchange exchange, Requests.Received received, TranslateArticle.Result translated) {
    if (!received.flag("keep")) {
      return Optional.empty();
    }
    Document source = translated.bitext().source();
    return Optional.of(
        kept.add(
                AccessFilter.caller(exchange).owner(),
                source.name(),
                source.metadata().getOrDefault("title", source.name()),
                source.text(),
                translated.printed(),
                (int) translated.bitext().units().count())
            .id());
  }

  private TranslateArticle.Request asked(
      ServerWebExchange exchange, Requests.Received received, Cancellation cancellation) {
    TranslateRequest request = received.as(TranslateRequest.class);
    boolean json = request.to() == null || request.to().equalsIgnoreCase("json");
    if (request.keep() != null && request.keep() && !json) {
      throw Problem.badRequest("'keep' is for to=json: what is kept is the whole bitext");
    }
    BitextFormat to = BitextFormat.of(Requests.oneOf("to", request.to(), "json", FORMATS));
    TranslationOptions options =
        new TranslationOptions(
            SearchOptions.ofBeam(Requests.beam(request.beam())),
            request.all() != null && request.all(),
            translations.glossary(AccessFilter.caller(exchange), request.glossary()),
            translations.memory(AccessFilter.caller(exchange), request.memory()),
            WordLinks.WORDS);
    Document document =
        translations.read(
            received,
            request.text(),
            request.name(),
            request.format(),
            Language.FRENCH,
            cancellation);
    translations.requireShort(document.text().length());
    TranslateArticle.Request asked =
        new TranslateArticle.Request(
            document, options, request.force() != null && request.force(), to);
    articles.requireFrench(asked);
    if (received.flag("keep")) {
      translations.requireStorage(AccessFilter.caller(exchange), document.text().length());
    }
    translations.count(AccessFilter.caller(exchange), document.text());
    return asked;
  }

  @Operation(
      summary = "Translate an article",
      description =
          "Responds with the same JSON as `verso translate --to json`: blocks, segments, word"
              + " links and quotes with offsets (UTF-16 units) into the input, untouched. The article may also"
              + " be the body itself (text/plain, text/html), the options then standing in the"
              + " query, or a file of a multipart form. With `Accept: text/event-stream` each"
              + " segment is sent as soon as it is decoded, and at the end the whole. With `keep`"
              + " the article is kept: `Location` (in a stream the event `kept`) says where.",
      requestBody =
          @RequestBody(
              content = {
                @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = TranslateRequest.class),
                    examples =
                        @ExampleObject(
                            "{\"text\":\"Le ministre a parlé lundi à Paris.\",\"beam\":4}")),
                @Content(
                    mediaType = "text/plain",
                    examples = @ExampleObject("Le ministre a parlé lundi à Paris."))
              }),
      responses = {
        @ApiResponse(
            responseCode = "200",
            description = "the bitext",
            content = @Content(mediaType = "application/json")),
        @ApiResponse(responseCode = "400", description = "what is wrong with the request"),
        @ApiResponse(responseCode = "413", description = "too long to be translated at once"),
        @ApiResponse(responseCode = "429", description = "too many requests; see Retry-After")
      })
  @Requires(Scope.TRANSLATE)
  @PostMapping
  Mono<ResponseEntity<byte[]>> translate(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      TranslateArticle.Result translated =
                          articles.translate(
                              asked(exchange, received, cancellation),
                              Progress.SILENT,
                              cancellation);
                      ResponseEntity<byte[]> answer =
                          Responses.of(translated.format().mediaType(), translated.printed());
                      return keep(exchange, received, translated)
                          .map(
                              id ->
                                  ResponseEntity.status(answer.getStatusCode())
                                      .headers(answer.getHeaders())
                                      .header(HttpHeaders.LOCATION, "/v1/articles/" + id)
                                      .body(answer.getBody()))
                          .orElse(answer);
                    }));
  }

  @Operation(hidden = true)
  @Requires(Scope.TRANSLATE)
  @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<String>> stream(ServerWebExchange exchange) {
    Flux<ServerSentEvent<String>> events =
        Requests.read(exchange)
            .flatMapMany(
                received ->
                    requests.<ServerSentEvent<String>>tell(
                        (listener, cancellation) -> {
                          int[] number = new int[1];
                          TranslateArticle.Result translated =
                              articles.stream(
                                  asked(exchange, received, cancellation),
                                  (segment, translation) ->
                                      listener.accept(
                                          event(
                                              "segment",
                                              segment(number[0]++, segment, translation))),
                                  cancellation);
                          listener.accept(event("done", translated.printed().strip()));
                          keep(exchange, received, translated)
                              .ifPresent(
                                  id -> listener.accept(event("kept", "{\"id\":\"" + id + "\"}")));
                        }))
            .onErrorResume(
                error -> {
                  // What goes wrong on the way is an event: the status has been sent by then.
                  if (!exchange.getResponse().isCommitted()) {
                    return Flux.error(error);
                  }
                  Problem problem = Problems.of(error, exchange);
                  ObjectNode body = Json.PLAIN.createObjectNode();
                  body.put("status", problem.status()).put("code", problem.code());
                  body.put("detail", problem.getMessage());
                  return Flux.just(event("error", body.toString()));
                })
            .publish()
            .refCount(2);
    // A client that left is noticed when something is sent to it.
    Flux<ServerSentEvent<String>> heartbeat =
        Flux.interval(HEARTBEAT, HEARTBEAT)
            .map(n -> ServerSentEvent.<String>builder().comment("").build())
            .takeUntilOther(events.ignoreElements().onErrorComplete());
    return Flux.merge(events, heartbeat);
  }

  private static ServerSentEvent<String> event(String name, String data) {
    return ServerSentEvent.<String>builder().event(name).data(data).build();
  }

  private static String segment(int number, Segment segment, SegmentTranslation translation) {
    ObjectNode json = Json.PLAIN.createObjectNode();
    json.put("segment", number);
    json.putArray("source").add(segment.span().start()).add(segment.span().end());
    json.put("sourceText", segment.text());
    json.put("targetText", translation.text());
    json.put("score", rounded(translation.score()));
    json.put("quality", rounded(translation.quality()));
    if (!translation.notes().isEmpty()) {
      translation.notes().forEach(json.withArray("notes")::add);
    }
    return json.toString();
  }

  private static BigDecimal rounded(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN)
        : null;
  }
}
