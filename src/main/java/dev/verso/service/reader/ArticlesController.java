package dev.verso.service.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.bitext.BitextFormat;
import dev.verso.decoding.SearchOptions;
import dev.verso.file.WordBitext;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.store.ArticleStore;
import dev.verso.store.MemoryStore;
import dev.verso.text.Documents;
import dev.verso.text.Json;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Glossary;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationMemory;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import dev.verso.usecase.TranslateArticle;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code /v1/articles}: articles that were translated with {@code keep}, their corrections, and
 * exports with these. A correction also goes into the owner's memory {@value #CORRECTIONS}, which
 * later translations can use.
 */
@RestController
@RequestMapping("/v1/articles")
@Tag(name = "articles", description = "Articles that are kept, and what was corrected in them")
class ArticlesController {

  /** The memory that corrections go into. */
  static final String CORRECTIONS = "Corrections";

  private static final int LONGEST_SEGMENT = 20_000;

  /** A correction. */
  @Schema(name = "CorrectionRequest")
  record CorrectionRequest(
      @Schema(description = "The English as it should be.", example = "The minister spoke.")
          String target) {}

  private final RequestExecutor requests;
  private final ArticleStore articles;
  private final MemoryStore memories;
  private final TranslateArticle translations;

  ArticlesController(
      RequestExecutor requests,
      ArticleStore articles,
      MemoryStore memories,
      TranslateArticle translations) {
    this.requests = requests;
    this.articles = articles;
    this.memories = memories;
    this.translations = translations;
  }

  @Operation(summary = "List the articles that are kept, newest first")
  @Requires(Scope.TRANSLATE)
  @GetMapping
  Mono<ResponseEntity<byte[]>> articles(ServerWebExchange exchange) {
    return requests.run(
        cancellation ->
            Responses.json(
                Map.of("articles", articles.list(AccessFilter.caller(exchange).owner()))));
  }

  @Operation(
      summary = "An article with its bitext and its corrections",
      description =
          "`bitext` is the JSON of the translation as it was made; `edits` holds the corrected"
              + " English of segments by their number, counted from 0 through all blocks.")
  @Requires(Scope.TRANSLATE)
  @GetMapping("/{id}")
  Mono<ResponseEntity<byte[]>> article(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation -> {
          ArticleStore.Kept kept = kept(exchange, id);
          ObjectNode json = Json.PLAIN.valueToTree(kept.article());
          json.put("text", kept.source());
          json.set("bitext", tree(kept.bitext()));
          json.set("edits", Json.PLAIN.valueToTree(kept.edits()));
          return Responses.json(json);
        });
  }

  @Operation(summary = "Remove an article; corrections stay in the memory")
  @Requires(Scope.TRANSLATE)
  @DeleteMapping("/{id}")
  Mono<ResponseEntity<byte[]>> remove(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation -> {
          if (!articles.remove(AccessFilter.caller(exchange).owner(), Requests.known(id))) {
            throw unknown(id);
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  @Operation(
      summary = "Correct the English of a segment",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = CorrectionRequest.class))))
  @Requires(Scope.TRANSLATE)
  @PutMapping("/{id}/segments/{number}")
  Mono<ResponseEntity<byte[]>> correct(
      ServerWebExchange exchange, @PathVariable String id, @PathVariable String number) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      ArticleStore.Kept kept = kept(exchange, id);
                      int segment = segment(kept, number);
                      String target =
                          Requests.required("target", received.as(CorrectionRequest.class).target())
                              .strip();
                      if (target.length() > LONGEST_SEGMENT) {
                        throw Problem.tooLarge(
                            "'target' has more than " + LONGEST_SEGMENT + " characters");
                      }
                      String owner = AccessFilter.caller(exchange).owner();
                      articles.edit(owner, id, segment, target);
                      String memory =
                          memories
                              .named(owner, CORRECTIONS)
                              .orElseGet(() -> memories.add(owner, CORRECTIONS, Map.of()))
                              .id();
                      memories.put(owner, memory, source(kept, segment), target);
                      return Responses.json(
                          Map.of("segment", segment, "target", target, "memory", memory));
                    }));
  }

  @Operation(summary = "Take a correction back")
  @Requires(Scope.TRANSLATE)
  @DeleteMapping("/{id}/segments/{number}")
  Mono<ResponseEntity<byte[]>> undo(
      ServerWebExchange exchange, @PathVariable String id, @PathVariable String number) {
    return requests.run(
        cancellation -> {
          ArticleStore.Kept kept = kept(exchange, id);
          int segment = segment(kept, number);
          String owner = AccessFilter.caller(exchange).owner();
          if (articles.undo(owner, id, segment)) {
            memories
                .named(owner, CORRECTIONS)
                .ifPresent(memory -> memories.take(owner, memory.id(), source(kept, segment)));
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  @Operation(
      summary = "An article in another format, with its corrections",
      description =
          "`to` is json (the default), html, text, tsv or another format of a bitext, or docx: a"
              + " table of French and English.")
  @Requires(Scope.TRANSLATE)
  @GetMapping("/{id}/export")
  Mono<ResponseEntity<byte[]>> export(ServerWebExchange exchange, @PathVariable String id) {
    String asked = exchange.getRequest().getQueryParams().getFirst("to");
    return requests.run(
        cancellation -> {
          ArticleStore.Kept kept = kept(exchange, id);
          boolean word = "docx".equalsIgnoreCase(asked);
          BitextFormat format = word ? BitextFormat.XLIFF : format(asked);
          Map<String, String> corrected = new LinkedHashMap<>();
          kept.edits().forEach((segment, target) -> corrected.put(source(kept, segment), target));
          TranslationOptions options =
              new TranslationOptions(
                  SearchOptions.ofBeam(Requests.beam(null)),
                  false,
                  Glossary.EMPTY,
                  new TranslationMemory(corrected),
                  WordLinks.WORDS);
          ReadOptions reading = ReadOptions.defaults().withLanguage(Language.FRENCH);
          TranslateArticle.Result result =
              translations.translate(
                  new TranslateArticle.Request(
                      Documents.read(kept.article().name(), kept.source(), reading, cancellation),
                      options,
                      true,
                      format),
                  Progress.SILENT,
                  cancellation);
          String name = kept.article().name().replaceAll("\\.[A-Za-z]{2,5}$", "");
          return ResponseEntity.ok()
              .contentType(
                  MediaType.parseMediaType(word ? WordBitext.MEDIA_TYPE : format.mediaType()))
              .header(
                  HttpHeaders.CONTENT_DISPOSITION,
                  ContentDisposition.attachment()
                      .filename(
                          name + "." + (word ? "docx" : format.extension()), StandardCharsets.UTF_8)
                      .build()
                      .toString())
              .body(
                  word
                      ? WordBitext.write(result.bitext())
                      : result.printed().getBytes(StandardCharsets.UTF_8));
        });
  }

  private static BitextFormat format(String asked) {
    try {
      return asked == null ? BitextFormat.JSON : BitextFormat.of(asked);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("'to': " + e.getMessage());
    }
  }

  private ArticleStore.Kept kept(ServerWebExchange exchange, String id) {
    return articles
        .find(AccessFilter.caller(exchange).owner(), Requests.known(id))
        .orElseThrow(() -> unknown(id));
  }

  private static Problem unknown(String id) {
    return Problem.notFound("there is no article " + id);
  }

  private static int segment(ArticleStore.Kept kept, String number) {
    if (!number.matches("\\d{1,7}") || Integer.parseInt(number) >= kept.article().segments()) {
      throw Problem.notFound(
          "the article has the segments 0 to "
              + (kept.article().segments() - 1)
              + ", and no segment "
              + number.substring(0, Math.min(20, number.length())));
    }
    return Integer.parseInt(number);
  }

  /** The French of a segment. */
  private static String source(ArticleStore.Kept kept, int segment) {
    List<String> sources = new ArrayList<>();
    for (JsonNode block : tree(kept.bitext()).path("blocks")) {
      for (JsonNode unit : block.path("segments")) {
        sources.add(unit.path("sourceText").asText());
      }
    }
    return sources.get(segment);
  }

  private static JsonNode tree(String json) {
    try {
      return Json.PLAIN.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept article is damaged", e);
    }
  }
}
