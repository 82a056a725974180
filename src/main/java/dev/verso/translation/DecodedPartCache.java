package dev.verso.translation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import java.util.List;
import java.util.Optional;

/** What was decoded before, as much as fits the memory, least used first to go. Thread-safe. */
final class DecodedPartCache {

  private static final int BYTES_FOR_EACH_WEIGHT = 4;
  private static final int BYTES_APART = 1_000;

  private record Key(String input, List<RequiredPhrase> required, SearchOptions search) {}

  private final Cache<Key, DecodedPart> parts;

  /**
   * @param bytes memory, about, for all of it
   */
  DecodedPartCache(long bytes) {
    this.parts =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, DecodedPart part) -> weight(part))
            .recordStats()
            .build();
  }

  /** Attention is the bulk of it: a number for each pair of pieces. */
  private static int weight(DecodedPart part) {
    int rows = part.hypothesis().attention().length();
    for (Hypothesis found : part.found()) {
      rows += found.attention().length();
    }
    int cells = (part.encoding().size() + 1) * (rows + 1);
    return BYTES_APART + BYTES_FOR_EACH_WEIGHT * cells;
  }

  Optional<DecodedPart> find(String input, List<RequiredPhrase> required, SearchOptions search) {
    return Optional.ofNullable(parts.getIfPresent(new Key(input, required, search)));
  }

  void keep(String input, List<RequiredPhrase> required, SearchOptions search, DecodedPart part) {
    parts.put(new Key(input, required, search), part);
  }

  long hits() {
    return parts.stats().hitCount();
  }

  long misses() {
    return parts.stats().missCount();
  }
}
