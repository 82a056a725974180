package dev.verso.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.verso.file.Glossaries;
import dev.verso.file.TranslationMemories;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.ApiKeyAuthenticator;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.store.Backup;
import dev.verso.store.GlossaryStore;
import dev.verso.store.KeyStore;
import dev.verso.store.MemoryStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Glossaries, memories, API keys and the backup. */
@RestController
@RequestMapping("/v1")
@Tag(name = "store", description = "Glossaries, translation memories, API keys, backup")
class StoreController {

  /** A glossary to be kept. */
  @Schema(name = "GlossaryRequest")
  record GlossaryRequest(
      @Schema(example = "défense") String name,
      @Schema(
              description = "French to English, one term a line, separated by a tab",
              example = "OTAN\tNATO")
          String tsv) {}

  /** A memory to be kept. */
  @Schema(name = "MemoryRequest")
  record MemoryRequest(
      @Schema(example = "dépêches") String name,
      @Schema(description = "TMX with French and English units") String tmx) {}

  /** A key to be made. */
  @Schema(name = "KeyRequest")
  record KeyRequest(
      @Schema(example = "newsroom") String name,
      @Schema(description = "What it may do; all but admin if left out.") Set<String> scopes,
      @Schema(description = "Characters a month; any number if left out.") Long quota) {}

  private final RequestExecutor requests;
  private final GlossaryStore glossaries;
  private final MemoryStore memories;
  private final KeyStore keys;
  private final ApiKeyAuthenticator callers;
  private final Backup backup;

  StoreController(
      RequestExecutor requests,
      GlossaryStore glossaries,
      MemoryStore memories,
      KeyStore keys,
      ApiKeyAuthenticator callers,
      Backup backup) {
    this.requests = requests;
    this.glossaries = glossaries;
    this.memories = memories;
    this.keys = keys;
    this.callers = callers;
    this.backup = backup;
  }

  @Operation(
      summary = "Keep a glossary",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = GlossaryRequest.class),
                      examples = @ExampleObject("{\"name\":\"défense\",\"tsv\":\"OTAN\\tNATO\"}"))))
  @Requires(Scope.GLOSSARIES)
  @PostMapping("/glossaries")
  Mono<ResponseEntity<byte[]>> addGlossary(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      GlossaryRequest request = received.as(GlossaryRequest.class);
                      String name = Requests.safe(Requests.required("name", request.name()));
                      String tsv = text(received, request.tsv(), "tsv");
                      return Responses.json(
                          201,
                          glossaries.add(
                              AccessFilter.caller(exchange).owner(),
                              name,
                              Glossaries.tsv(name, tsv)));
                    }));
  }

  private static String text(Requests.Received received, String given, String field) {
    return received.files().isEmpty()
        ? Requests.required(field, given)
        : new String(received.files().get(0).bytes(), StandardCharsets.UTF_8);
  }

  @Operation(summary = "List glossaries")
  @Requires(Scope.GLOSSARIES)
  @GetMapping("/glossaries")
  Mono<ResponseEntity<byte[]>> glossaries(ServerWebExchange exchange) {
    return requests.run(
        cancellation ->
            Responses.json(
                Map.of("glossaries", glossaries.list(AccessFilter.caller(exchange).owner()))));
  }

  @Operation(summary = "Fetch a glossary as TSV")
  @Requires(Scope.GLOSSARIES)
  @GetMapping("/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> glossary(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation ->
            Responses.of(
                "text/tab-separated-values; charset=utf-8",
                Glossaries.tsv(
                    glossaries
                        .terms(AccessFilter.caller(exchange).owner(), Requests.known(id))
                        .orElseThrow(() -> Problem.notFound("there is no glossary " + id)))));
  }

  @Operation(summary = "Remove a glossary")
  @Requires(Scope.GLOSSARIES)
  @DeleteMapping("/glossaries/{id}")
  Mono<ResponseEntity<byte[]>> removeGlossary(ServerWebExchange exchange, @PathVariable String id) {
    return removed(
        id, known -> glossaries.remove(AccessFilter.caller(exchange).owner(), known), "glossary");
  }

  private interface Removal {
    boolean remove(String id);
  }

  private Mono<ResponseEntity<byte[]>> removed(String id, Removal removal, String what) {
    return requests.run(
        cancellation -> {
          if (!removal.remove(Requests.known(id))) {
            throw Problem.notFound("there is no " + what + " " + id);
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  @Operation(
      summary = "Keep a translation memory (TMX or XLIFF)",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = MemoryRequest.class))))
  @Requires(Scope.MEMORIES)
  @PostMapping("/memories")
  Mono<ResponseEntity<byte[]>> addMemory(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      MemoryRequest request = received.as(MemoryRequest.class);
                      String name = Requests.safe(Requests.required("name", request.name()));
                      byte[] tmx =
                          received.files().isEmpty()
                              ? Requests.required("tmx", request.tmx())
                                  .getBytes(StandardCharsets.UTF_8)
                              : received.files().get(0).bytes();
                      return Responses.json(
                          201,
                          memories.add(
                              AccessFilter.caller(exchange).owner(),
                              name,
                              TranslationMemories.read(name, tmx)));
                    }));
  }

  @Operation(summary = "List translation memories")
  @Requires(Scope.MEMORIES)
  @GetMapping("/memories")
  Mono<ResponseEntity<byte[]>> memories(ServerWebExchange exchange) {
    return requests.run(
        cancellation ->
            Responses.json(
                Map.of("memories", memories.list(AccessFilter.caller(exchange).owner()))));
  }

  @Operation(summary = "Remove a translation memory")
  @Requires(Scope.MEMORIES)
  @DeleteMapping("/memories/{id}")
  Mono<ResponseEntity<byte[]>> removeMemory(ServerWebExchange exchange, @PathVariable String id) {
    return removed(
        id, known -> memories.remove(AccessFilter.caller(exchange).owner(), known), "memory");
  }

  /** A key that was made. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MadeKey(
      KeyStore.ApiKey key,
      @Schema(description = "What a client sends; it is not shown again.") String secret,
      @Schema(description = "What whoever makes it ought to know, if anything.") String notice) {}

  @Operation(
      summary = "Make an API key; it is shown this once",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = KeyRequest.class))))
  @Requires(Scope.ADMIN)
  @PostMapping("/keys")
  Mono<ResponseEntity<byte[]>> addKey(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      if (!received.typed()) {
                        throw Problem.of(
                            415,
                            "media-type",
                            "a key is asked for with a body of application/json");
                      }
                      KeyRequest request = received.as(KeyRequest.class);
                      String name = Requests.safe(Requests.required("name", request.name()));
                      if (request.quota() != null && request.quota() < 0) {
                        throw Problem.badRequest("'quota' is negative");
                      }
                      KeyStore.Made made =
                          keys.make(
                              name,
                              keys.scopesOfNext(
                                  request.scopes() == null
                                      ? List.of()
                                      : request.scopes().stream()
                                          .map(scope -> String.valueOf(scope))
                                          .toList()),
                              Optional.ofNullable(request.quota()));
                      callers.forget();
                      return Responses.json(
                          201, new MadeKey(made.key(), made.secret(), keys.notice().orElse(null)));
                    }));
  }

  @Operation(summary = "List API keys, without what they are")
  @Requires(Scope.ADMIN)
  @GetMapping("/keys")
  Mono<ResponseEntity<byte[]>> keys() {
    return requests.run(cancellation -> Responses.json(Map.of("keys", keys.list())));
  }

  @Operation(summary = "Remove an API key")
  @Requires(Scope.ADMIN)
  @DeleteMapping("/keys/{id}")
  Mono<ResponseEntity<byte[]>> removeKey(@PathVariable String id) {
    return removed(
        id,
        known -> {
          boolean removed = keys.remove(known);
          callers.forget();
          return removed;
        },
        "key");
  }

  @Operation(summary = "Fetch a backup of all that is kept, for 'verso restore'")
  @Requires(Scope.ADMIN)
  @GetMapping("/backup")
  Mono<Void> backup(ServerHttpResponse response) {
    return requests
        .run(
            cancellation -> {
              Path file = Files.createTempFile("verso", ".backup");
              try (var out = Files.newOutputStream(file)) {
                backup.write(out);
              } catch (Exception | Error e) {
                delete(file);
                throw e;
              }
              return file;
            })
        .flatMap(
            file -> {
              response.getHeaders().set("Content-Type", "application/gzip");
              response
                  .getHeaders()
                  .set("Content-Disposition", "attachment; filename=\"verso.backup\"");
              return response
                  .writeWith(DataBufferUtils.read(file, new DefaultDataBufferFactory(), 1 << 16))
                  .doFinally(signal -> delete(file));
            });
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (java.io.IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
