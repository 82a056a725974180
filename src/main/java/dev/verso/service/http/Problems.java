package dev.verso.service.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.store.Database;
import dev.verso.store.Usage;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import dev.verso.text.UnreadableInputException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Turns whatever went wrong into an answer: problem details (RFC 9457) in our own interface, and
 * what their clients expect in the others'.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Problems implements WebExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      LOG.warn("request {} failed half way", AccessFilter.requestId(exchange), error);
      return Mono.error(error);
    }
    Problem problem = of(error, exchange);
    response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
    problem
        .retryAfter()
        .ifPresent(
            pause ->
                response
                    .getHeaders()
                    .set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, pause.toSeconds()))));
    if (problem.status() == 401) {
      response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"verso\"");
    }
    Dialect dialect = Dialect.of(exchange);
    response
        .getHeaders()
        .setContentType(
            dialect == Dialect.VERSO
                ? MediaType.APPLICATION_PROBLEM_JSON
                : MediaType.APPLICATION_JSON);
    byte[] body = body(dialect, problem, exchange);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static byte[] body(Dialect dialect, Problem problem, ServerWebExchange exchange) {
    ObjectNode body = Json.PLAIN.createObjectNode();
    switch (dialect) {
      case DEEPL -> body.put("message", problem.getMessage());
      case LIBRE_TRANSLATE -> body.put("error", problem.getMessage());
      case VERSO -> {
        HttpStatus known = HttpStatus.resolve(problem.status());
        body.put("type", "about:blank");
        body.put("title", known == null ? problem.code() : known.getReasonPhrase());
        body.put("status", problem.status());
        body.put("code", problem.code());
        body.put("detail", problem.getMessage());
        body.put("requestId", AccessFilter.requestId(exchange));
      }
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What a caller is told about an error; what is our own fault goes to the log. */
  public static Problem of(Throwable error, ServerWebExchange exchange) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof InputException || cause instanceof UnreadableInputException) {
        return Problem.badRequest(cause.getMessage());
      }
      if (cause instanceof Usage.QuotaException) {
        boolean deepl = Dialect.of(exchange) == Dialect.DEEPL;
        return Problem.of(deepl ? 456 : 429, "quota-exceeded", cause.getMessage());
      }
      if (cause instanceof DataBufferLimitException) {
        return Problem.tooLarge("a part of the request is larger than this service takes");
      }
      if (cause instanceof Database.UnavailableException) {
        LOG.error("the database failed", cause);
        return Problem.of(503, "database", "the service's database does not answer; try again");
      }
      if (cause instanceof CancellationException) {
        return Problem.of(503, "stopping", "the service is being stopped; try again");
      }
      if (cause instanceof ResponseStatusException status) {
        return Problem.of(status.getStatusCode().value(), code(status), detail(status, exchange));
      }
      if (cause instanceof DecodingException
          || cause instanceof java.nio.charset.CharacterCodingException) {
        return Problem.badRequest("the body can't be read: " + firstLine(cause.getMessage()));
      }
    }
    LOG.error("request {} failed", AccessFilter.requestId(exchange), error);
    return Problem.of(
        500,
        "failed",
        "failed for a reason that the service's log tells, under request "
            + AccessFilter.requestId(exchange));
  }

  private static String code(ResponseStatusException status) {
    HttpStatus known = HttpStatus.resolve(status.getStatusCode().value());
    return known == null
        ? "refused"
        : known.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
  }

  private static String detail(ResponseStatusException status, ServerWebExchange exchange) {
    String path = exchange.getRequest().getPath().value();
    return switch (status.getStatusCode().value()) {
      case 404 -> "there is nothing at " + path + "; /docs lists what there is";
      case 405 -> exchange.getRequest().getMethod() + " is not for " + path + "; see /docs";
      default ->
          status.getReason() == null ? status.getStatusCode().toString() : status.getReason();
    };
  }

  private static String firstLine(String message) {
    return message == null ? "it is malformed" : message.lines().findFirst().orElse("");
  }

  /** The error for a request that took too long. */
  public static Problem timeout(Duration limit) {
    return Problem.of(
        503,
        "timeout",
        "not done in "
            + limit.toSeconds()
            + " s, the longest that a request may take; send less, or send it as a job"
            + " (POST /v1/jobs)");
  }
}
