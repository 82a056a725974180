package dev.verso.service.api;

import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.service.http.Health;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
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

  ModelsController(
      RequestExecutor requests,
      Engine engine,
      ModelCatalogue catalogue,
      Health health,
      PrometheusMeterRegistry meters) {
    this.requests = requests;
    this.engine = engine;
    this.catalogue = catalogue;
    this.health = health;
    this.meters = meters;
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
            models.add(model);
          }
          return Responses.json(Map.of("models", models));
        });
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
