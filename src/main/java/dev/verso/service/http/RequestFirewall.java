package dev.verso.service.http;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Turns away what no client of ours sends: paths that are spelt so that two readers may read them
 * differently, names of other sites (DNS rebinding), and what a browser sends for the page of
 * another site. The rest is left to Spring's own firewall.
 */
@Component
public final class RequestFirewall implements ServerWebExchangeFirewall {

  /** Steps of unreserved characters; no escapes, no parameters, no step that is empty or dots. */
  private static final Pattern PATH =
      Pattern.compile("/|(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]++)++/?");

  private final ServerWebExchangeFirewall spring = new StrictServerWebExchangeFirewall();
  private final Exposure exposure;
  private final CorsConfiguration allowed;

  public RequestFirewall(Exposure exposure, Settings settings) {
    this.exposure = exposure;
    this.allowed = new CorsConfiguration();
    allowed.setAllowedOriginPatterns(settings.cors().origins());
  }

  @Override
  public Mono<ServerWebExchange> getFirewalledExchange(ServerWebExchange exchange) {
    return Mono.fromRunnable(() -> check(exchange.getRequest()))
        .then(Mono.defer(() -> spring.getFirewalledExchange(exchange)))
        .onErrorMap(
            ServerExchangeRejectedException.class,
            e -> Problem.badRequest("the request is spelt in a way that is not taken"));
  }

  private void check(ServerHttpRequest request) {
    String path = request.getURI().getRawPath();
    if (path == null || !PATH.matcher(path).matches()) {
      throw Problem.of(
          400,
          "path",
          "the path holds an escape, a parameter or an empty step; write it plainly, as in"
              + " /v1/translate");
    }
    HttpHeaders headers = request.getHeaders();
    List<String> hosts = headers.getOrEmpty(HttpHeaders.HOST);
    if (hosts.size() != 1 || !exposure.isOurs(hosts.get(0))) {
      throw Problem.of(
          421,
          "host",
          "the Host header names no host that this service is known by; add it to the setting"
              + " verso.hosts");
    }
    String origin = headers.getFirst(HttpHeaders.ORIGIN);
    if (origin != null) {
      if (!isSame(origin, hosts.get(0)) && allowed.checkOrigin(origin) == null) {
        throw foreign();
      }
      return;
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean opened =
        HttpMethod.GET.equals(request.getMethod())
            && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"));
    if (site != null && !site.equals("same-origin") && !site.equals("none") && !opened) {
      throw foreign();
    }
  }

  private static boolean isSame(String origin, String host) {
    try {
      return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Problem foreign() {
    return Problem.of(
        403,
        "origin",
        "the request comes from a page of another site; to allow it, add its origin to the setting"
            + " verso.cors.origins");
  }
}
