package dev.verso.service.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
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
 * What every request passes first: an id, security headers, the limits of its body, and a line in
 * the access log, which holds no path or query that a client sent.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class AccessFilter implements WebFilter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.verso.service.access");

  private static final String REQUEST_ID = "verso.request-id";
  static final String CALLER = "verso.caller";
  private static final Pattern WELL_FORMED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Settings settings;
  private final BodyBudget budget;
  private final MeterRegistry meters;

  public AccessFilter(Settings settings, BodyBudget budget, MeterRegistry meters) {
    this.settings = settings;
    this.budget = budget;
    this.meters = meters;
  }

  /** The request's id, given by the client or made here. */
  public static String requestId(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(REQUEST_ID, "none");
  }

  /** Who asks. */
  public static Caller caller(ServerWebExchange exchange) {
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
    BodyBudget.Share share = budget.share();
    return chain
        .filter(limited(exchange, share))
        .doFinally(signal -> share.close())
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
    boolean docs =
        path.startsWith("/docs") || path.startsWith("/swagger-ui") || path.startsWith("/webjars");
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

  /** The exchange with a body that ends with an error when it is too large or too slow. */
  private ServerWebExchange limited(ServerWebExchange exchange, BodyBudget.Share share) {
    long most = settings.limits().body().toBytes();
    Duration longest = settings.limits().upload();
    ServerHttpRequest request =
        new ServerHttpRequestDecorator(exchange.getRequest()) {
          @Override
          public Flux<DataBuffer> getBody() {
            if (getHeaders().getContentLength() > most) {
              return Flux.error(tooLarge(most));
            }
            try {
              share.takeTo(getHeaders().getContentLength());
            } catch (Problem busy) {
              return Flux.error(busy);
            }
            AtomicLong read = new AtomicLong();
            return super.getBody()
                .doOnNext(
                    buffer -> {
                      if (read.addAndGet(buffer.readableByteCount()) > most) {
                        DataBufferUtils.release(buffer);
                        throw tooLarge(most);
                      }
                      try {
                        share.takeTo(read.get());
                      } catch (Problem busy) {
                        DataBufferUtils.release(buffer);
                        throw busy;
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
