package dev.verso.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.job.JobWorkers;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Translations;
import dev.verso.store.JobOptions;
import dev.verso.store.JobStore;
import dev.verso.store.JobStore.Submitted;
import dev.verso.text.Json;
import dev.verso.usecase.corpus.BuildJobCorpus;
import dev.verso.usecase.corpus.CorpusBundle;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /v1/corpora}. */
@RestController
@RequestMapping("/v1/corpora")
@Tag(name = "corpora", description = "Parallel corpora built from documents")
class CorporaController {

  private static final String LIST = "documents.jsonl";

  /** A document. */
  @Schema(name = "CorpusDocument")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CorpusText(
      @Schema(description = "What the corpus calls it.", example = "loi-12.fr") String id,
      @Schema(description = "Where it is from.") String url,
      @Schema(description = "fr or en; without it the language is detected.") String lang,
      @Schema(example = "Il pleut sur la ville depuis ce matin.") String text) {}

  /** What can be asked for. */
  @Schema(name = "CorpusRequest")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CorpusRequest(
      List<CorpusText> documents,
      @Schema(
              allowableValues = {"none", "exact", "near"},
              defaultValue = "near")
          String dedup,
      @Schema(
              allowableValues = {"keep", "mask", "drop"},
              defaultValue = "keep")
          String personalData) {}

  private final RequestExecutor requests;
  private final Translations translations;
  private final JobStore store;
  private final JobWorkers jobs;

  CorporaController(
      RequestExecutor requests, Translations translations, JobStore store, JobWorkers jobs) {
    this.requests = requests;
    this.translations = translations;
    this.store = store;
    this.jobs = jobs;
  }

  @Operation(
      summary = "Build a parallel corpus of documents, as a job",
      description =
          "French and English documents in any order, or files of any kind that `verso corpus build`"
              + " reads, crawls included, as files of a multipart form. Responses 202 with a job: ask"
              + " /v1/jobs/{id} how far it is and fetch /v1/jobs/{id}/documents/0, an archive of the"
              + " corpus, its rejected pairs, its documents and its datasheet. With an"
              + " Idempotency-Key the same job is meant however often it is sent.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = CorpusRequest.class),
                      examples =
                          @ExampleObject(
                              "{\"documents\":[{\"id\":\"a.fr\",\"lang\":\"fr\",\"text\":\"Il pleut"
                                  + " depuis ce matin.\"},{\"id\":\"a.en\",\"lang\":\"en\",\"text\":"
                                  + "\"It has been raining since this morning.\"}]}"))),
      responses = {
        @ApiResponse(
            responseCode = "202",
            description = "the job",
            content = @Content(mediaType = "application/json")),
        @ApiResponse(responseCode = "413", description = "too much")
      })
  @Requires(Scope.JOBS)
  @PostMapping
  Mono<ResponseEntity<byte[]>> build(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      CorpusRequest request = received.as(CorpusRequest.class);
                      Caller caller = AccessFilter.caller(exchange);
                      CorpusBundle bundle =
                          new CorpusBundle(
                              Requests.oneOf(
                                  "dedup",
                                  request.dedup(),
                                  "near",
                                  List.of("none", "exact", "near")),
                              Requests.oneOf(
                                  "personalData",
                                  request.personalData(),
                                  "keep",
                                  List.of("keep", "mask", "drop")),
                              inputs(request, received));
                      Optional<String> key = Requests.idempotencyKey(exchange);
                      Optional<String> sent =
                          key.flatMap(given -> store.submitted(caller.owner(), given));
                      if (sent.isPresent()) {
                        return accepted(caller, sent.get());
                      }
                      List<Submitted> files = new ArrayList<>();
                      bundle.inputs().forEach((name, all) -> files.add(new Submitted(name, all)));
                      translations.requireRoom(caller, files);
                      JobOptions options =
                          new JobOptions(
                              BuildJobCorpus.CORPUS, 1, false, false, "auto", null, null);
                      String id =
                          store.submit(
                              caller.owner(),
                              key,
                              options,
                              List.of(new Submitted("corpus", bundle.packed())));
                      jobs.wake();
                      return accepted(caller, id);
                    }));
  }

  private ResponseEntity<byte[]> accepted(Caller caller, String id) {
    JobStore.Job job = store.find(caller.owner(), id).orElseThrow();
    ResponseEntity<byte[]> answer = Responses.json(202, job);
    return ResponseEntity.status(202)
        .headers(answer.getHeaders())
        .header(HttpHeaders.LOCATION, "/v1/jobs/" + id)
        .body(answer.getBody());
  }

  private static Map<String, byte[]> inputs(CorpusRequest request, Requests.Received received) {
    Map<String, byte[]> inputs = new TreeMap<>();
    for (Requests.Upload file : received.files()) {
      String name = Requests.safe(file.name());
      if (inputs.put(name, file.bytes()) != null) {
        throw Problem.badRequest("two files are called '" + name + "'");
      }
    }
    StringBuilder lines = new StringBuilder();
    List<CorpusText> documents = request.documents() == null ? List.of() : request.documents();
    for (int k = 0; k < documents.size(); k++) {
      CorpusText document = documents.get(k);
      if (document == null || document.text() == null) {
        throw Problem.badRequest("document " + k + " has no 'text'");
      }
      ObjectNode line = Json.PLAIN.createObjectNode();
      line.put("id", document.id() == null ? "document-" + k : document.id());
      line.put("url", document.url() == null ? "" : document.url());
      line.put("lang", document.lang() == null ? "" : document.lang());
      line.put("text", document.text());
      try {
        lines.append(Json.PLAIN.writeValueAsString(line)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!documents.isEmpty()
        && inputs.put(LIST, lines.toString().getBytes(StandardCharsets.UTF_8)) != null) {
      throw Problem.badRequest("a file is called '" + LIST + "'; name it otherwise");
    }
    if (inputs.isEmpty()) {
      throw Problem.badRequest(
          "'documents' is missing: a list of {\"id\",\"url\",\"lang\",\"text\"}");
    }
    return inputs;
  }
}
