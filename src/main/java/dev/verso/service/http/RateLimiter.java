package dev.verso.service.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps each caller to its rate of requests and of characters. Thread-safe. */
@Component
public final class RateLimiter {

  private static final long MOST_KNOWN = 100_000;

  private final Settings.Limits limits;
  private final Cache<String, Bucket> requests = buckets();
  private final Cache<String, Bucket> characters = buckets();

  public RateLimiter(Settings settings) {
    this.limits = settings.limits();
  }

  private static Cache<String, Bucket> buckets() {
    return Caffeine.newBuilder()
        .expireAfterAccess(Duration.ofMinutes(2))
        .maximumSize(MOST_KNOWN)
        .build();
  }

  /**
   * Counts a request.
   *
   * @throws Problem if it is one too many
   */
  public void countRequest(Caller caller) {
    take(requests, caller, 1, limits.requestsPerMinute(), "requests");
  }

  /**
   * Counts characters.
   *
   * @throws Problem if they are too many
   */
  public void countCharacters(Caller caller, long count) {
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
