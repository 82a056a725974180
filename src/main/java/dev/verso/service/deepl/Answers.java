package dev.verso.service.deepl;

import dev.verso.service.http.AccessFilter;
import dev.verso.service.http.Caller;
import dev.verso.service.http.RequestExecutor;
import dev.verso.service.http.Requests;
import dev.verso.text.Cancellation;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers requests of DeepL's clients away from the event loops. */
@Component
class Answers {

  private final RequestExecutor requests;

  Answers(RequestExecutor requests) {
    this.requests = requests;
  }

  /** Makes an answer of what was received. */
  interface Answer {
    ResponseEntity<byte[]> to(Requests.Received received, Caller caller, Cancellation cancellation)
        throws Exception;
  }

  /** Makes an answer to a request without a body. */
  interface BareAnswer {
    ResponseEntity<byte[]> to(Caller caller) throws Exception;
  }

  Mono<ResponseEntity<byte[]>> answer(ServerWebExchange exchange, Answer answer) {
    return Requests.read(exchange)
        .flatMap(
            received ->
                requests.run(
                    cancellation ->
                        answer.to(received, AccessFilter.caller(exchange), cancellation)));
  }

  Mono<ResponseEntity<byte[]>> bare(ServerWebExchange exchange, BareAnswer answer) {
    return requests.run(cancellation -> answer.to(AccessFilter.caller(exchange)));
  }
}
