package dev.verso.service.api;

import dev.verso.quote.QuoteWriter;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.usecase.CheckQuotes;
import dev.verso.usecase.Excerpts;
import dev.verso.usecase.FindQuotes;
import dev.verso.usecase.TraceExcerpts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /v1/quotes}, {@code /v1/trace} and {@code /v1/check}. */
@RestController
@RequestMapping("/v1")
@Tag(name = "quotes", description = "Who said it, and in which words")
class QuotesController {

  private static final int MOST_EXCERPTS = 100;

  /** What can be asked for. */
  @Schema(name = "QuotesRequest")
  record QuotesRequest(
      @Schema(
              description = "The article: plain text or HTML.",
              example = "« Nous irons », a dit le ministre.")
          String text,
      @Schema(description = "What to call it.") String name,
      @Schema(
              allowableValues = {"auto", "text", "html"},
              defaultValue = "auto")
          String format,
      @Schema(
              allowableValues = {"fr", "en"},
              defaultValue = "fr")
          String lang,
      @Schema(
              allowableValues = {"json", "jsonld", "tsv", "text"},
              defaultValue = "json")
          String to) {}

  /** What can be asked for. */
  @Schema(name = "TraceRequest")
  record TraceRequest(
      @Schema(description = "The French article.", example = "Le maire a promis un parc.")
          String text,
      @Schema(description = "What to call it.") String name,
      @Schema(
              allowableValues = {"auto", "text", "html"},
              defaultValue = "auto")
          String format,
      @Schema(description = "English excerpts.", example = "[\"promised a park\"]")
          List<String> english,
      @Schema(description = "Trace even in what doesn't look French.") Boolean force) {}

  /** What can be asked for. */
  @Schema(name = "CheckRequest")
  record CheckRequest(
      @Schema(description = "The French article.", example = "« Nous irons », a dit le ministre.")
          String text,
      @Schema(description = "What to call it.") String name,
      @Schema(
              allowableValues = {"auto", "text", "html"},
              defaultValue = "auto")
          String format,
      @Schema(description = "English quotes.", example = "[\"We will go\"]") List<String> quotes,
      @Schema(description = "Who is said to have said them.") String speaker,
      @Schema(description = "An English text whose quotes are checked.") String against) {}

  private final RequestExecutor requests;
  private final Translations translations;
  private final FindQuotes quotes;
  private final TraceExcerpts traces;
  private final CheckQuotes checks;

  QuotesController(
      RequestExecutor requests,
      Translations translations,
      FindQuotes quotes,
      TraceExcerpts traces,
      CheckQuotes checks) {
    this.requests = requests;
    this.translations = translations;
    this.quotes = quotes;
    this.traces = traces;
    this.checks = checks;
  }

  @Operation(
      summary = "Find quotes and who said them",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = QuotesRequest.class),
                      examples =
                          @ExampleObject(
                              "{\"text\":\"« Nous irons », a dit la ministre Anne Roy.\"}"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "the same as `verso quotes` prints",
              content = @Content(mediaType = "application/json")))
  @Requires(Scope.QUOTES)
  @PostMapping("/quotes")
  Mono<ResponseEntity<byte[]>> quotes(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      QuotesRequest request = received.as(QuotesRequest.class);
                      Language language =
                          Language.of(
                                  Requests.oneOf("lang", request.lang(), "fr", List.of("fr", "en")))
                              .orElseThrow();
                      QuoteWriter writer =
                          QuoteWriter.of(
                              Requests.oneOf(
                                  "to",
                                  request.to(),
                                  "json",
                                  List.of("json", "jsonld", "tsv", "text")));
                      Document document =
                          translations.read(
                              received,
                              request.text(),
                              request.name(),
                              request.format(),
                              language,
                              cancellation);
                      translations.charge(AccessFilter.caller(exchange), document.text());
                      StringWriter out = new StringWriter();
                      quotes
                          .find(new FindQuotes.Request(document, language), cancellation)
                          .write(writer, out);
                      return Responses.of(writer.mediaType(), out.toString());
                    }));
  }

  @Operation(
      summary = "Show the French that an English excerpt renders",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = TraceRequest.class),
                      examples =
                          @ExampleObject(
                              "{\"text\":\"Le maire a promis un parc. Il a plu.\",\"english\":[\"It"
                                  + " rained\"]}"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "a list, one trace for each excerpt, as `verso trace --to json`",
              content = @Content(mediaType = "application/json")))
  @Requires(Scope.TRACE)
  @PostMapping("/trace")
  Mono<ResponseEntity<byte[]>> trace(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      TraceRequest request = received.as(TraceRequest.class);
                      List<String> excerpts = request.english();
                      if (excerpts == null || excerpts.isEmpty() || excerpts.contains(null)) {
                        throw Problem.badRequest("'english' is missing: a list of excerpts");
                      }
                      if (excerpts.size() > MOST_EXCERPTS) {
                        throw Problem.badRequest(
                            "'english' holds "
                                + excerpts.size()
                                + " excerpts; "
                                + MOST_EXCERPTS
                                + " are traced at once");
                      }
                      excerpts.forEach(excerpt -> Excerpts.requireShort("an excerpt", excerpt));
                      Document document =
                          translations.read(
                              received,
                              request.text(),
                              request.name(),
                              request.format(),
                              Language.FRENCH,
                              cancellation);
                      TraceExcerpts.Request asked =
                          new TraceExcerpts.Request(
                              document, excerpts, request.force() != null && request.force());
                      traces.requireFrench(asked);
                      translations.charge(AccessFilter.caller(exchange), document.text());
                      return Responses.of(
                          "application/json",
                          traces.trace(asked, Progress.SILENT, cancellation).json().stream()
                              .collect(Collectors.joining(",\n", "[", "]\n")));
                    }));
  }

  @Operation(
      summary = "Check English quotes against a French article",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = CheckRequest.class),
                      examples =
                          @ExampleObject(
                              "{\"text\":\"« Nous irons à Paris », a dit le ministre.\",\"quotes\":"
                                  + "[\"We will go to Paris\"]}"))),
      responses =
          @ApiResponse(
              responseCode = "200",
              description = "label, probability and findings of each, as `verso check --to json`",
              content = @Content(mediaType = "application/json")))
  @Requires(Scope.CHECK)
  @PostMapping("/check")
  Mono<ResponseEntity<byte[]>> check(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.runSlow(
                    cancellation -> {
                      CheckRequest request = received.as(CheckRequest.class);
                      List<String> given = quotesOf(request, received.file("against"));
                      Document document =
                          translations.read(
                              received.without("against"),
                              request.text(),
                              request.name(),
                              request.format(),
                              Language.FRENCH,
                              cancellation);
                      Optional<Document> report = against(received, request, cancellation);
                      String english = report.map(Document::text).orElse("");
                      // All of it is read and compared, so all of it counts.
                      String all = document.text() + english + String.join("", given);
                      translations.charge(AccessFilter.caller(exchange), all);
                      CheckQuotes.Request asked =
                          new CheckQuotes.Request(
                              document, given, Optional.ofNullable(request.speaker()), report);
                      return Responses.of(
                          "application/json", checks.check(asked, cancellation).json() + "\n");
                    }));
  }

  private Optional<Document> against(
      Requests.Received received, CheckRequest request, Cancellation cancellation) {
    boolean none = request.against() == null || request.against().isBlank();
    return none && received.file("against").isEmpty()
        ? Optional.empty()
        : Optional.of(
            translations.read(
                received,
                "against",
                request.against(),
                ReadOptions.defaults().withLanguage(Language.ENGLISH),
                cancellation));
  }

  private static List<String> quotesOf(CheckRequest request, Optional<Requests.Upload> file) {
    List<String> quotes = request.quotes() == null ? List.of() : request.quotes();
    if (quotes.isEmpty()
        && file.isEmpty()
        && (request.against() == null || request.against().isBlank())) {
      throw Problem.badRequest("'quotes' is missing: a list of English quotes; or give 'against'");
    }
    if (quotes.stream().anyMatch(quote -> quote == null || quote.isBlank())) {
      throw Problem.badRequest("'quotes' holds a blank one");
    }
    if (quotes.size() > MOST_EXCERPTS) {
      throw Problem.badRequest(
          "'quotes' holds " + quotes.size() + "; " + MOST_EXCERPTS + " are checked at once");
    }
    return quotes;
  }
}
