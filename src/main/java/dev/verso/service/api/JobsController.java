package dev.verso.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.verso.file.FileKind;
import dev.verso.job.JobWorkers;
import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Caller;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.service.http.Settings;
import dev.verso.service.http.Translations;
import dev.verso.store.JobOptions;
import dev.verso.store.JobStore;
import dev.verso.store.JobStore.Submitted;
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
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /v1/jobs}. */
@RestController
@RequestMapping("/v1/jobs")
@Tag(name = "jobs", description = "Many documents, or long ones")
class JobsController {

  private static final List<String> RESULTS = List.of("json", "text", "html", "tsv", "document");
  private static final int PAGE = 1000;

  /** A document. */
  @Schema(name = "SubmittedDocument")
  record SubmittedDocument(
      @Schema(example = "pluie.txt") String name, @Schema(example = "Il pleut.") String text) {}

  /** What can be asked for. */
  @Schema(name = "JobRequest")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record JobRequest(
      List<SubmittedDocument> documents,
      @Schema(
              allowableValues = {"auto", "text", "html"},
              defaultValue = "auto")
          String format,
      @Schema(description = "Hypotheses kept, 1 (greedy) to 64.", defaultValue = "4") Integer beam,
      @Schema(description = "Translate comment forms, teasers and the like too.") Boolean all,
      @Schema(description = "Translate even what doesn't look French.") Boolean force,
      @Schema(description = "Id of a glossary whose terms are used.") String glossary,
      @Schema(description = "Id of a memory whose segments keep their translation.") String memory,
      @Schema(
              description = "document: a file of the kind that came in",
              allowableValues = {"json", "text", "html", "tsv", "document"},
              defaultValue = "json")
          String to) {}

  private final RequestExecutor requests;
  private final Translations translations;
  private final JobStore store;
  private final JobWorkers jobs;
  private final Settings settings;

  JobsController(
      RequestExecutor requests,
      Translations translations,
      JobStore store,
      JobWorkers jobs,
      Settings settings) {
    this.requests = requests;
    this.translations = translations;
    this.store = store;
    this.jobs = jobs;
    this.settings = settings;
  }

  @Operation(
      summary = "Put documents in line",
      description =
          "Responses 202 with the job and, in Location, where it is asked for. What was accepted is"
              + " not lost, even if the service is killed. With an Idempotency-Key the same job is"
              + " meant however often it is sent. Files of a multipart form are documents, too.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = JobRequest.class),
                      examples =
                          @ExampleObject(
                              "{\"documents\":[{\"name\":\"a.txt\",\"text\":\"Il pleut.\"}],"
                                  + "\"to\":\"json\"}"))),
      responses = {
        @ApiResponse(
            responseCode = "202",
            description = "the job",
            content = @Content(mediaType = "application/json")),
        @ApiResponse(responseCode = "413", description = "too many documents")
      })
  @Requires(Scope.JOBS)
  @PostMapping
  Mono<ResponseEntity<byte[]>> submit(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      JobRequest request = received.as(JobRequest.class);
                      Caller caller = AccessFilter.caller(exchange);
                      JobOptions options = options(request, caller);
                      List<Submitted> documents = documents(request, received);
                      Optional<String> key = Requests.idempotencyKey(exchange);
                      Optional<String> sent =
                          key.flatMap(given -> store.submitted(caller.owner(), given));
                      if (sent.isPresent()) {
                        // Sent again: counted and stored when it came first.
                        return accepted(caller, sent.get());
                      }
                      translations.requireRoom(caller, documents);
                      for (Submitted document : documents) {
                        FileKind kind =
                            options.to().equals("document")
                                ? FileKind.of(document.name(), document.bytes())
                                : FileKind.TEXT;
                        translations.countFile(caller, kind, document.bytes());
                      }
                      String id = store.submit(caller.owner(), key, options, documents);
                      jobs.wake();
                      return accepted(caller, id);
                    }));
  }

  private ResponseEntity<byte[]> accepted(Caller caller, String id) {
    JobStore.Job job = store.find(caller.owner(), id).orElseThrow(() -> none(id));
    ResponseEntity<byte[]> answer = Responses.json(202, job);
    return ResponseEntity.status(202)
        .headers(answer.getHeaders())
        .header(HttpHeaders.LOCATION, "/v1/jobs/" + id)
        .body(answer.getBody());
  }

  private JobOptions options(JobRequest request, Caller caller) {
    // What isn't there is told now, not when the job has come to its turn.
    translations.glossary(caller, request.glossary());
    translations.memory(caller, request.memory());
    return new JobOptions(
        Requests.oneOf("to", request.to(), "json", RESULTS),
        Requests.beam(request.beam()),
        request.all() != null && request.all(),
        request.force() != null && request.force(),
        Requests.oneOf("format", request.format(), "auto", List.of("auto", "text", "html")),
        blankToNull(request.glossary()),
        blankToNull(request.memory()));
  }

  private static String blankToNull(String id) {
    return id == null || id.isBlank() ? null : id;
  }

  private List<Submitted> documents(JobRequest request, Requests.Received received) {
    List<Submitted> documents = new ArrayList<>();
    received.files().forEach(file -> documents.add(new Submitted(file.name(), file.bytes())));
    for (SubmittedDocument document :
        request.documents() == null ? List.<SubmittedDocument>of() : request.documents()) {
      int position = documents.size();
      if (document == null || document.text() == null) {
        throw Problem.badRequest("document " + position + " has no 'text'");
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(document.text())) {
        throw Problem.badRequest(
            "document " + position + " holds half of a surrogate pair, which is no character");
      }
      String name =
          document.name() == null || document.name().isBlank()
              ? "document-" + position + ".txt"
              : Requests.safe(document.name());
      documents.add(new Submitted(name, document.text().getBytes(StandardCharsets.UTF_8)));
    }
    if (documents.isEmpty()) {
      throw Problem.badRequest("'documents' is missing: a list of {\"name\",\"text\"}");
    }
    int most = settings.limits().documents();
    if (documents.size() > most) {
      throw Problem.tooLarge(
          documents.size() + " documents; a job holds " + most + ": send several jobs");
    }
    return documents;
  }

  @Operation(summary = "List the newest jobs")
  @Requires(Scope.JOBS)
  @GetMapping
  Mono<ResponseEntity<byte[]>> list(ServerWebExchange exchange) {
    return requests.run(
        cancellation ->
            Responses.json(Map.of("jobs", store.list(AccessFilter.caller(exchange).owner(), 100))));
  }

  @Operation(summary = "Say how far a job is")
  @Requires(Scope.JOBS)
  @GetMapping("/{id}")
  Mono<ResponseEntity<byte[]>> job(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation ->
            Responses.json(
                store
                    .find(AccessFilter.caller(exchange).owner(), Requests.known(id))
                    .orElseThrow(() -> none(id))));
  }

  @Operation(summary = "List the documents of a job, 1000 from position `from` on")
  @Requires(Scope.JOBS)
  @GetMapping("/{id}/documents")
  Mono<ResponseEntity<byte[]>> documents(ServerWebExchange exchange, @PathVariable String id) {
    int from = number(exchange.getRequest().getQueryParams().getFirst("from"), "from");
    return requests.run(
        cancellation -> {
          String owner = AccessFilter.caller(exchange).owner();
          requireJob(owner, Requests.known(id));
          return Responses.json(Map.of("documents", store.documents(owner, id, from, PAGE)));
        });
  }

  @Operation(summary = "Fetch what a document became")
  @Requires(Scope.JOBS)
  @GetMapping("/{id}/documents/{position}")
  Mono<ResponseEntity<byte[]>> result(
      ServerWebExchange exchange, @PathVariable String id, @PathVariable String position) {
    int number = number(position, "position");
    return requests.run(
        cancellation -> {
          String owner = AccessFilter.caller(exchange).owner();
          Optional<JobStore.Result> result = store.result(owner, Requests.known(id), number);
          if (result.isPresent()) {
            return Responses.file(result.get());
          }
          requireJob(owner, id);
          JobStore.Entry entry =
              store.documents(owner, id, number, 1).stream()
                  .filter(found -> found.position() == number)
                  .findFirst()
                  .orElseThrow(() -> Problem.notFound("job " + id + " has no document " + number));
          throw Problem.of(
              409,
              entry.state(),
              "document "
                  + number
                  + " is "
                  + entry.state()
                  + (entry.error() == null ? "" : ": " + entry.error()));
        });
  }

  @Operation(summary = "Stop a job; what is done stays")
  @Requires(Scope.JOBS)
  @PostMapping("/{id}/cancel")
  Mono<ResponseEntity<byte[]>> cancel(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation -> {
          String owner = AccessFilter.caller(exchange).owner();
          if (!store.cancel(owner, Requests.known(id))) {
            throw none(id);
          }
          return Responses.json(store.find(owner, id).orElseThrow(() -> none(id)));
        });
  }

  @Operation(summary = "Remove a job with its documents and results")
  @Requires(Scope.JOBS)
  @DeleteMapping("/{id}")
  Mono<ResponseEntity<byte[]>> remove(ServerWebExchange exchange, @PathVariable String id) {
    return requests.run(
        cancellation -> {
          String owner = AccessFilter.caller(exchange).owner();
          store.cancel(owner, Requests.known(id));
          if (!store.remove(owner, id)) {
            throw none(id);
          }
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  private void requireJob(String owner, String id) {
    if (store.find(owner, id).isEmpty()) {
      throw none(id);
    }
  }

  private static Problem none(String id) {
    return Problem.notFound("there is no job " + id);
  }

  private static int number(String text, String name) {
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d{1,9}")) {
      throw Problem.badRequest("'" + name + "' is no number");
    }
    return Integer.parseInt(text);
  }
}
