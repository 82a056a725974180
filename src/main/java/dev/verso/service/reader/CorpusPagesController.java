package dev.verso.service.reader;

import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Problem;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.service.http.Requires;
import dev.verso.service.http.Responses;
import dev.verso.service.http.Scope;
import dev.verso.store.JobStore;
import dev.verso.usecase.corpus.BrowseCorpus;
import dev.verso.usecase.corpus.BuildJobCorpus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** {@code /v1/corpora/{id}/pairs}: a corpus that a job built, page by page. */
@RestController
@Tag(name = "corpora", description = "Parallel corpora built from documents")
class CorpusPagesController {

  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final RequestExecutor requests;
  private final JobStore store;
  private final BrowseCorpus corpora = new BrowseCorpus();

  CorpusPagesController(RequestExecutor requests, JobStore store) {
    this.requests = requests;
    this.store = store;
  }

  @Operation(
      summary = "Pairs of a corpus that a job built",
      description =
          "`part` is corpus (the default) or rejected, whose pairs have a `reason`; `contains` is"
              + " what one of the sides contains, whatever its case and accents; `from` counts from"
              + " 0, `count` is 50 if left out and 500 at most.")
  @Requires(Scope.JOBS)
  @GetMapping("/v1/corpora/{id}/pairs")
  Mono<ResponseEntity<byte[]>> pairs(ServerWebExchange exchange, @PathVariable String id) {
    MultiValueMap<String, String> asked = exchange.getRequest().getQueryParams();
    return requests.run(
        cancellation -> {
          String owner = AccessFilter.caller(exchange).owner();
          JobStore.Job job =
              store
                  .find(owner, Requests.known(id))
                  .filter(found -> found.options().to().equals(BuildJobCorpus.CORPUS))
                  .orElseThrow(() -> Problem.notFound("there is no corpus " + id));
          byte[] archive =
              store
                  .result(owner, id, 0)
                  .orElseThrow(
                      () ->
                          Problem.of(
                              409, job.state(), "the corpus is not built: it is " + job.state()))
                  .bytes();
          String part =
              Requests.oneOf(
                  "part", asked.getFirst("part"), "corpus", List.of("corpus", "rejected"));
          String contains = asked.getFirst("contains");
          return Responses.json(
              corpora.page(
                  archive,
                  new BrowseCorpus.Request(
                      BrowseCorpus.Part.valueOf(part.toUpperCase(Locale.ROOT)),
                      contains == null ? "" : contains.strip(),
                      number("from", asked, 0, Integer.MAX_VALUE),
                      number("count", asked, USUAL, MOST)),
                  cancellation));
        });
  }

  private static int number(
      String name, MultiValueMap<String, String> asked, int standard, int most) {
    String given = asked.getFirst(name);
    if (given == null || given.isBlank()) {
      return standard;
    }
    if (!given.matches("\\d{1,9}") || Integer.parseInt(given) > most) {
      throw Problem.badRequest("'" + name + "' is a number from 0 to " + most);
    }
    return Integer.parseInt(given);
  }
}
