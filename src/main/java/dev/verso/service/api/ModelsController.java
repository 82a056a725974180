package dev.verso.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.model.Hub;
import dev.verso.model.ModelException;
import dev.verso.service.http.Health;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.text.Cancellation;
import dev.verso.usecase.PullModel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Models, health and metrics. */
@RestController
@Tag(name = "models", description = "Which models there are, and whether the service is well")
class ModelsController {

  private final RequestExecutor requests;
  private final Engine engine;
  private final ModelCatalogue catalogue;
  private final Health health;
  private final PrometheusMeterRegistry meters;
  private final PullModel pullable;
  private final ModelPulls pulls;

  /** A model on the hub. */
  @Schema(name = "PullRequest")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PullRequest(
      @Schema(description = "OWNER/NAME on the hub.", example = "Xenova/opus-mt-fr-en")
          String repository,
      @Schema(description = "Branch, tag or commit.", defaultValue = "main") String revision,
      @Schema(
              allowableValues = {"fp32", "int8"},
              defaultValue = "fp32")
          String precision,
      @Schema(description = "Whether it translates from the next start on.", defaultValue = "false")
          Boolean use) {}

  /** The model to use. */
  @Schema(name = "ModelChoice")
  record ModelChoice(@Schema(example = "fr-en") String name) {}

  ModelsController(
      RequestExecutor requests,
      Engine engine,
      ModelCatalogue catalogue,
      Health health,
      PrometheusMeterRegistry meters,
      PullModel pullable,
      ModelPulls pulls) {
    this.requests = requests;
    this.engine = engine;
    this.catalogue = catalogue;
    this.health = health;
    this.meters = meters;
    this.pullable = pullable;
    this.pulls = pulls;
  }

  @Operation(summary = "List the models of this machine; the one that translates is in use")
  @Requires(Scope.MODELS)
  @GetMapping("/v1/models")
  Mono<ResponseEntity<byte[]>> models() {
    return requests.run(
        cancellation -> {
          List<Map<String, Object>> models = new ArrayList<>();
          for (ModelCatalogue.Entry entry : catalogue.list()) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("name", entry.name());
            model.put("id", entry.manifest().id());
            model.put("layout", entry.manifest().layout());
            model.put("license", entry.manifest().license());
            model.put("source", entry.manifest().source());
            model.put("target", entry.manifest().target());
            model.put("bytes", entry.bytes());
            model.put("inUse", entry.manifest().id().equals(engine.manifest().id()));
            model.put("chosen", entry.inUse());
            models.add(model);
          }
          return Responses.json(Map.of("models", models));
        });
  }

  @Operation(
      summary = "Choose the model that translates from the next start on",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = ModelChoice.class))))
  @Requires(Scope.OPERATE)
  @PutMapping("/v1/models/chosen")
  Mono<ResponseEntity<byte[]>> choose(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      String name =
                          Requests.required("name", received.as(ModelChoice.class).name());
                      boolean known = false;
                      for (ModelCatalogue.Entry entry : catalogue.list()) {
                        known |= entry.name().equals(name);
                      }
                      if (!known) {
                        throw Problem.notFound(
                            "there is no model of that name; GET /v1/models lists those there are");
                      }
                      catalogue.use(name);
                      return ResponseEntity.noContent().<byte[]>build();
                    }));
  }

  @Operation(
      summary = "Licence and size of a model on the hub",
      description = "`repository`, `revision` and `precision` as in POST /v1/models/pulls.")
  @Requires(Scope.OPERATE)
  @GetMapping("/v1/models/offer")
  Mono<ResponseEntity<byte[]>> offer(ServerWebExchange exchange) {
    MultiValueMap<String, String> asked = exchange.getRequest().getQueryParams();
    return requests.run(
        cancellation ->
            Responses.json(
                offered(
                    wanted(
                        new PullRequest(
                            asked.getFirst("repository"),
                            asked.getFirst("revision"),
                            asked.getFirst("precision"),
                            false)),
                    cancellation)));
  }

  @Operation(summary = "The fetching of a model that goes on, or the last one that ended")
  @Requires(Scope.OPERATE)
  @GetMapping("/v1/models/pulls")
  Mono<ResponseEntity<byte[]>> pulls() {
    return requests.run(
        cancellation ->
            Responses.json(
                Map.of("pulls", pulls.last().map(ModelPulls.Pull::view).stream().toList())));
  }

  @Operation(
      summary = "Fetch a model from the hub that the service was given",
      description =
          "Responses 202 at once: ask GET /v1/models/pulls how far it is. What was received before"
              + " it failed is kept, and the next request goes on from there.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = PullRequest.class))))
  @Requires(Scope.OPERATE)
  @PostMapping("/v1/models/pulls")
  Mono<ResponseEntity<byte[]>> pull(ServerWebExchange exchange) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation -> {
                      PullModel.Request wanted = wanted(received.as(PullRequest.class));
                      long bytes = offered(wanted, cancellation).bytes();
                      ModelPulls.Pull begun =
                          pulls
                              .begin(wanted, bytes)
                              .orElseThrow(
                                  () ->
                                      Problem.of(
                                          409,
                                          "busy",
                                          "a model is being fetched; wait, or end it with DELETE"
                                              + " /v1/models/pulls"));
                      return Responses.json(202, begun.view());
                    }));
  }

  @Operation(summary = "End the fetching of a model; what was received is kept")
  @Requires(Scope.OPERATE)
  @DeleteMapping("/v1/models/pulls")
  Mono<ResponseEntity<byte[]>> endPull() {
    return requests.run(
        cancellation -> {
          pulls.cancel();
          return ResponseEntity.noContent().<byte[]>build();
        });
  }

  private static PullModel.Request wanted(PullRequest request) {
    String precision =
        Requests.oneOf("precision", request.precision(), "fp32", List.of("fp32", "int8"));
    return new PullModel.Request(
        Requests.required("repository", request.repository()),
        request.revision() == null || request.revision().isBlank() ? "main" : request.revision(),
        Hub.Precision.valueOf(precision.toUpperCase(Locale.ROOT)),
        Boolean.TRUE.equals(request.use()));
  }

  private Hub.Offer offered(PullModel.Request wanted, Cancellation cancellation) {
    try {
      return pullable.offer(wanted, cancellation);
    } catch (ModelException e) {
      throw Problem.of(502, "hub", e.getMessage());
    }
  }

  @Operation(summary = "The JSON Schema of bitext, quotes, trace, check or alignment")
  @Requires(Scope.PUBLIC)
  @GetMapping("/v1/schema/{name}")
  ResponseEntity<byte[]> schema(@PathVariable String name) {
    return Responses.of(
        "application/schema+json",
        AnswerSchemas.published(name)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "there is no such schema; there are " + AnswerSchemas.names())));
  }

  @Operation(summary = "Say that the process lives")
  @Requires(Scope.PUBLIC)
  @GetMapping("/v1/health/live")
  ResponseEntity<byte[]> live() {
    return Responses.json(Map.of("status", "ok"));
  }

  @Operation(summary = "Say whether model and database answer; 503 if not")
  @Requires(Scope.PUBLIC)
  @GetMapping("/v1/health/ready")
  Mono<ResponseEntity<byte[]>> ready() {
    return Mono.fromCallable(
            () -> {
              Map<String, String> found = health.check();
              return Responses.json(found.get("status").equals("ok") ? 200 : 503, found);
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  @Operation(summary = "Metrics in Prometheus's format")
  @Requires(Scope.METRICS)
  @GetMapping("/metrics")
  Mono<ResponseEntity<byte[]>> metrics() {
    return Mono.fromCallable(
            () -> Responses.of("text/plain; version=0.0.4; charset=utf-8", meters.scrape()))
        .subscribeOn(Schedulers.boundedElastic());
  }
}
