package dev.verso.service.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.verso.store.KeyStore;
import dev.verso.store.KeyStore.ApiKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds out who calls, by the API key. Without any key defined everybody is the same caller, who
 * may do all but administer. Keys are looked up once in a few seconds, so that one that was removed
 * stops working soon. Thread-safe.
 */
@Component
public final class ApiKeyAuthenticator implements ServerAuthenticationConverter {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final long MOST_KNOWN = 100_000;
  private static final int LONGEST_SECRET = 200;
  private static final String DEEPL_SCHEME = "DeepL-Auth-Key ";
  private static final String BEARER_SCHEME = "Bearer ";

  private final KeyStore keys;
  private final SetupToken setup;
  private final HandlerScopes scopes;
  private final RateLimiter rates;
  private final Set<String> withoutKey;
  private final Cache<String, Optional<ApiKey>> known =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(MOST_KNOWN).build();
  private final Cache<String, Boolean> none =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(1).build();

  public ApiKeyAuthenticator(
      KeyStore keys, SetupToken setup, HandlerScopes scopes, RateLimiter rates, Exposure exposure) {
    this.keys = keys;
    this.setup = setup;
    this.scopes = scopes;
    this.rates = rates;
    Set<String> allowed = new TreeSet<>(KeyStore.SCOPES);
    allowed.remove(Scope.ADMIN.label());
    if (!exposure.isLocal()) {
      allowed.remove(Scope.METRICS.label());
    } else {
      allowed.add(Scope.OPERATE.label());
    }
    this.withoutKey = Set.copyOf(allowed);
  }

  /** Whether there are keys, so that one is needed. Blocks. */
  public boolean needKeys() {
    return !none.get("", ignored -> keys.isEmpty());
  }

  /** Forgets what was looked up, after keys were made or removed. */
  public void forget() {
    known.invalidateAll();
    none.invalidateAll();
  }

  @Override
  public Mono<Authentication> convert(ServerWebExchange exchange) {
    return scopes
        .of(exchange)
        .filter(requirement -> !requirement.open())
        .flatMap(requirement -> secret(exchange, requirement))
        .flatMap(
            secret ->
                Mono.fromCallable(() -> identify(exchange, secret))
                    .subscribeOn(Schedulers.boundedElastic()));
  }

  private static Mono<String> secret(
      ServerWebExchange exchange, HandlerScopes.Requirement requirement) {
    String header = header(exchange.getRequest().getHeaders());
    return requirement.keyInBody() && header.isEmpty()
        ? Requests.read(exchange).map(received -> received.string("api_key").orElse(""))
        : Mono.just(header);
  }

  private static String header(HttpHeaders headers) {
    String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      for (String scheme : new String[] {DEEPL_SCHEME, BEARER_SCHEME}) {
        if (authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
          return authorization.substring(scheme.length()).strip();
        }
      }
    }
    return Optional.ofNullable(headers.getFirst("X-Api-Key")).orElse("").strip();
  }

  private Authentication identify(ServerWebExchange exchange, String secret) {
    String address = address(exchange);
    ApiKeyAuthentication found =
        needKeys() ? byKey(exchange, address, secret) : anybody(address, secret);
    rates.countRequest(found.caller());
    exchange.getAttributes().put(AccessFilter.CALLER, found.caller());
    return found;
  }

  private ApiKeyAuthentication anybody(String address, String secret) {
    Caller caller = new Caller(null, address);
    return new ApiKeyAuthentication(
        caller, setup.matches(secret) ? administering(KeyStore.SCOPES) : withoutKey);
  }

  private ApiKeyAuthentication byKey(ServerWebExchange exchange, String address, String secret) {
    boolean foreign = Dialect.of(exchange) != Dialect.VERSO;
    if (secret.isBlank()) {
      throw Problem.of(
          foreign ? 403 : 401,
          "key-missing",
          foreign
              ? "Invalid API key"
              : "this service needs an API key: send it as 'Authorization: Bearer …'");
    }
    ApiKey key =
        known
            .get(secret.length() > LONGEST_SECRET ? "" : secret, keys::find)
            .orElseThrow(
                () ->
                    Problem.of(
                        foreign ? 403 : 401,
                        "key-unknown",
                        foreign ? "Invalid API key" : "there is no such API key"));
    return new ApiKeyAuthentication(
        new Caller(key, address),
        key.allows(Scope.ADMIN.label()) ? administering(key.scopes()) : key.scopes());
  }

  /** What scopes allow that hold admin. */
  private static Set<String> administering(Set<String> scopes) {
    Set<String> allowed = new TreeSet<>(scopes);
    allowed.add(Scope.METRICS.label());
    allowed.add(Scope.OPERATE.label());
    return allowed;
  }

  private static String address(ServerWebExchange exchange) {
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    return remote == null || remote.getAddress() == null
        ? "unknown"
        : remote.getAddress().getHostAddress();
  }
}
