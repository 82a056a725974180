package dev.verso.translation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.verso.decoding.Hypothesis;
import dev.verso.decoding.RequiredPhrase;
import dev.verso.decoding.SearchOptions;
import dev.verso.translation.Translator.Choice;
import java.util.List;
import java.util.Optional;

/** What was decoded before, as much as fits the memory, least used first to go. Thread-safe. */
final class ChoiceCache {

  private static final int BYTES_FOR_EACH_WEIGHT = 20;
  private static final int BYTES_APART = 1_000;

  private record Key(String input, List<RequiredPhrase> required, SearchOptions search) {}

  private final Cache<Key, Choice> choices;

  /**
   * @param bytes memory, about, for all of it
   */
  ChoiceCache(long bytes) {
    this.choices =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, Choice choice) -> weight(choice))
            .recordStats()
            .build();
  }

  /** Attention is the bulk of it: a boxed number for each pair of pieces. */
  private static int weight(Choice choice) {
    int rows = choice.hypothesis().attention().size();
    for (Hypothesis found : choice.found()) {
      rows += found.attention().size();
    }
    int cells = (choice.encoding().size() + 1) * (rows + 1);
    return BYTES_APART + BYTES_FOR_EACH_WEIGHT * cells;
  }

  Optional<Choice> find(String input, List<RequiredPhrase> required, SearchOptions search) {
    return Optional.ofNullable(choices.getIfPresent(new Key(input, required, search)));
  }

  void keep(String input, List<RequiredPhrase> required, SearchOptions search, Choice choice) {
    choices.put(new Key(input, required, search), choice);
  }

  long hits() {
    return choices.stats().hitCount();
  }

  long misses() {
    return choices.stats().missCount();
  }
}
