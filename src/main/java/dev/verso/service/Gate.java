package dev.verso.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What every request passes: an id, security headers, the limits of its body, the caller's key and
 * rate, and a line in the log.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class Gate implements WebFilter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.verso.service.access");

  private static final String REQUEST_ID = "verso.request-id";
  private static final String CALLER = "verso.caller";
  private static final Pattern WELL_FORMED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final String DEEPL_SCHEME = "DeepL-Auth-Key ";
  private static final String BEARER_SCHEME = "Bearer ";

  /** First step of a path under /v1 to the scope it needs. */
  private static final Map<String, String> SCOPES =
      Map.ofEntries(
          Map.entry("translate", "translate"),
          Map.entry("align", "align"),
          Map.entry("quotes", "quotes"),
          Map.entry("trace", "trace"),
          Map.entry("check", "check"),
          Map.entry("jobs", "jobs"),
          Map.entry("models", "models"),
          Map.entry("glossaries", "glossaries"),
          Map.entry("memories", "memories"),
          Map.entry("keys", "admin"),
          Map.entry("backup", "admin"));

  private final Settings settings;
  private final Callers callers;
  private final MeterRegistry meters;

  Gate(Settings settings, Callers callers, MeterRegistry meters) {
    this.settings = settings;
    this.callers = callers;
    this.meters = meters;
  }

  /** The request's id, given by the client or made here. */
  static String requestId(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(REQUEST_ID, "none");
  }

  /** Who asks. */
  static Caller caller(ServerWebExchange exchange) {
    return exchange.getRequiredAttribute(CALLER);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    long started = System.nanoTime();
    String given = exchange.getRequest().getHeaders().getFirst("X-Request-Id");
    String id =
        given != null && WELL_FORMED_ID.matcher(given).matches()
            ? given
            : UUID.randomUUID().toString();
    exchange.getAttributes().put(REQUEST_ID, id);
    ServerHttpResponse response = exchange.getResponse();
    headers(response.getHeaders(), id, exchange);
    response.beforeCommit(() -> Mono.fromRunnable(() -> note(exchange, status(response), started)));
    ServerWebExchange limited = limited(exchange);
    return admit(limited)
        .then(Mono.defer(() -> chain.filter(limited)))
        .doOnCancel(
            () -> {
              if (!response.isCommitted()) {
                note(exchange, 499, started);
              }
            });
  }

  private static int status(ServerHttpResponse response) {
    return response.getStatusCode() == null ? 200 : response.getStatusCode().value();
  }

  private static void headers(HttpHeaders headers, String id, ServerWebExchange exchange) {
    headers.set("X-Request-Id", id);
    headers.set("X-Trace-ID", id);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    String path = exchange.getRequest().getPath().value();
    boolean docs = path.startsWith("/docs") || path.startsWith("/webjars");
    headers.set(
        "Content-Security-Policy",
        docs
            ? "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                + " img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
            // A side-by-side page brings its own script and style, and runs as a site of its own.
            : "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                + " sandbox allow-scripts; frame-ancestors 'none'");
    if (!docs) {
      headers.setCacheControl("no-store");
    }
  }

  private void note(ServerWebExchange exchange, int status, long started) {
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    String route = pattern == null ? "none" : pattern.toString();
    String method = exchange.getRequest().getMethod().name();
    Timer.builder("verso.requests")
        .description("Requests, until the answer begins")
        .tag("method", route.equals("none") ? "any" : method)
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(60))
        .register(meters)
        .record(took);
    Caller caller = exchange.getAttribute(CALLER);
    LOG.atInfo()
        .addKeyValue("requestId", requestId(exchange))
        .addKeyValue("method", method)
        .addKeyValue("route", route)
        .addKeyValue("status", status)
        .addKeyValue("millis", took.toMillis())
        .addKeyValue("key", caller == null || caller.key() == null ? "" : caller.key().name())
        .log(
            "{} {} {} in {} ms, request {}",
            method,
            route,
            status,
            took.toMillis(),
            requestId(exchange));
  }

  private Mono<Void> admit(ServerWebExchange exchange) {
    String scope = scope(exchange);
    if (scope.isEmpty()) {
      return Mono.empty();
    }
    return callers
        .require(exchange, secret(exchange.getRequest().getHeaders()), scope)
        .doOnNext(caller -> exchange.getAttributes().put(CALLER, caller))
        .then();
  }

  /** Empty where no key is needed, or where it stands in the body. */
  private static String scope(ServerWebExchange exchange) {
    if (exchange.getRequest().getMethod().name().equals("OPTIONS")) {
      return "";
    }
    String[] steps = exchange.getRequest().getPath().value().split("/");
    if (steps.length > 2 && steps[1].equals("v1")) {
      return SCOPES.getOrDefault(steps[2], "");
    }
    if (steps.length > 2 && steps[1].equals("v2")) {
      return steps[2].startsWith("glossar") ? "glossaries" : "translate";
    }
    return "";
  }

  private static String secret(HttpHeaders headers) {
    String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      for (String scheme : new String[] {DEEPL_SCHEME, BEARER_SCHEME}) {
        if (authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
          return authorization.substring(scheme.length()).strip();
        }
      }
    }
    return headers.getFirst("X-Api-Key");
  }

  /** The exchange with a body that ends with an error when it is too large or too slow. */
  private ServerWebExchange limited(ServerWebExchange exchange) {
    long most = settings.limits().body().toBytes();
    Duration longest = settings.limits().upload();
    ServerHttpRequest request =
        new ServerHttpRequestDecorator(exchange.getRequest()) {
          @Override
          public Flux<DataBuffer> getBody() {
            if (getHeaders().getContentLength() > most) {
              return Flux.error(tooLarge(most));
            }
            AtomicLong read = new AtomicLong();
            return super.getBody()
                .doOnNext(
                    buffer -> {
                      if (read.addAndGet(buffer.readableByteCount()) > most) {
                        DataBufferUtils.release(buffer);
                        throw tooLarge(most);
                      }
                    })
                .takeUntilOther(
                    Mono.delay(longest)
                        .then(
                            Mono.error(
                                () ->
                                    Problem.of(
                                        408,
                                        "too-slow",
                                        "the body did not arrive in "
                                            + longest.toSeconds()
                                            + " s"))));
          }
        };
    return exchange.mutate().request(request).build();
  }

  private static Problem tooLarge(long most) {
    return Problem.tooLarge(
        "the body is larger than "
            + most
            + " bytes, the most that this service takes; send it in parts");
  }
}
