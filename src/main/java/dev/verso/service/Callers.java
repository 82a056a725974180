package dev.verso.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.verso.desk.store.KeyStore;
import dev.verso.desk.store.KeyStore.ApiKey;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tells callers by their keys and keeps each to its rate. Keys are looked up once in a few seconds,
 * so that one that was removed stops working soon.
 */
@Component
final class Callers {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final long MOST_KNOWN = 100_000;

  private final KeyStore keys;
  private final Settings.Limits limits;
  private final Cache<String, Optional<ApiKey>> known =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(MOST_KNOWN).build();
  private final Cache<String, Boolean> none =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(1).build();
  private final Cache<String, Bucket> requests = buckets();
  private final Cache<String, Bucket> characters = buckets();

  Callers(KeyStore keys, Settings settings) {
    this.keys = keys;
    this.limits = settings.limits();
  }

  private static Cache<String, Bucket> buckets() {
    return Caffeine.newBuilder()
        .expireAfterAccess(Duration.ofMinutes(2))
        .maximumSize(MOST_KNOWN)
        .build();
  }

  /** Whether there are keys, so that one is needed. Blocks. */
  boolean needKeys() {
    return !none.get("", ignored -> keys.isEmpty());
  }

  /** Forgets what was looked up, after keys were made or removed. */
  void forget() {
    known.invalidateAll();
    none.invalidateAll();
  }

  /**
   * The caller with this key.
   *
   * @param secret null if the request brings none
   * @param scope what is asked for
   */
  Mono<Caller> require(ServerWebExchange exchange, String secret, String scope) {
    String address = address(exchange);
    return Mono.fromCallable(() -> identify(exchange, address, secret, scope))
        .subscribeOn(Schedulers.boundedElastic())
        .doOnNext(this::countRequest);
  }

  private Caller identify(ServerWebExchange exchange, String address, String secret, String scope) {
    if (!needKeys()) {
      if (scope.equals("admin") && !isLocal(exchange)) {
        throw Problem.of(
            403,
            "local-only",
            "the first key is made on the machine itself: 'verso keys add', or this request from"
                + " there");
      }
      return new Caller(null, address);
    }
    boolean foreign = Dialect.of(exchange) != Dialect.VERSO;
    if (secret == null || secret.isBlank()) {
      throw Problem.of(
          foreign ? 403 : 401,
          "key-missing",
          foreign
              ? "Invalid API key"
              : "this service needs an API key: send it as 'Authorization: Bearer …'");
    }
    ApiKey key =
        known
            .get(secret.length() > 200 ? "" : secret, keys::find)
            .orElseThrow(
                () ->
                    Problem.of(
                        foreign ? 403 : 401,
                        "key-unknown",
                        foreign ? "Invalid API key" : "there is no such API key"));
    if (!key.allows(scope)) {
      throw Problem.of(403, "scope", "the key " + key.name() + " lacks the scope '" + scope + "'");
    }
    return new Caller(key, address);
  }

  private static boolean isLocal(ServerWebExchange exchange) {
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    return remote != null && remote.getAddress() != null && remote.getAddress().isLoopbackAddress();
  }

  private static String address(ServerWebExchange exchange) {
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    return remote == null || remote.getAddress() == null
        ? "unknown"
        : remote.getAddress().getHostAddress();
  }

  private void countRequest(Caller caller) {
    take(requests, caller, 1, limits.requestsPerMinute(), "requests");
  }

  /** Counts characters against the caller's rate. */
  void countCharacters(Caller caller, long count) {
    take(characters, caller, count, limits.charactersPerMinute(), "characters");
  }

  private static void take(
      Cache<String, Bucket> buckets, Caller caller, long count, int rate, String what) {
    if (rate <= 0 || count == 0) {
      return;
    }
    Bucket bucket =
        buckets.get(
            caller.key() == null ? caller.address() : caller.owner(),
            ignored ->
                Bucket.builder()
                    .addLimit(
                        limit -> limit.capacity(rate).refillGreedy(rate, Duration.ofMinutes(1)))
                    .build());
    // What is more than a minute's worth takes the whole of one.
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.min(count, rate));
    if (!probe.isConsumed()) {
      throw Problem.slowDown(
          "rate-limit",
          "Slowdown: more than " + rate + " " + what + " a minute; see Retry-After",
          Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999));
    }
  }
}
