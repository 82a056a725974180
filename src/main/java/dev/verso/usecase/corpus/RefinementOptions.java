package dev.verso.usecase.corpus;

import dev.verso.corpus.filter.FilterOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of pairs once they are aligned.
 *
 * @param filters how strict the filters are
 * @param filtered whether pairs are filtered at all
 * @param deduplication which repeated pairs go
 * @param exclude files of sentences that must not be in the corpus: a sentence a line, or corpora
 * @param against corpora whose pairs must not be in this one again
 */
public record RefinementOptions(
    FilterOptions filters,
    boolean filtered,
    Deduplication deduplication,
    List<Path> exclude,
    List<Path> against) {

  /** Filters and deduplication as they are when nothing is said. */
  public static final RefinementOptions DEFAULT =
      new RefinementOptions(FilterOptions.DEFAULT, true, Deduplication.NEAR, List.of(), List.of());

  /** Copies the lists. */
  public RefinementOptions {
    Objects.requireNonNull(filters);
    Objects.requireNonNull(deduplication);
    exclude = List.copyOf(exclude);
    against = List.copyOf(against);
  }

  /** These with another deduplication. */
  public RefinementOptions withDeduplication(Deduplication other) {
    return new RefinementOptions(filters, filtered, other, exclude, against);
  }
}
