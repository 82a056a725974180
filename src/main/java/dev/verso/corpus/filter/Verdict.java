package dev.verso.corpus.filter;

import dev.verso.corpus.CorpusPair;
import java.util.Objects;
import java.util.Optional;

/**
 * What was made of a pair.
 *
 * @param pair the pair with its quality, its characters put right
 * @param reason why it is rejected; empty if it is kept
 * @param detail what was seen, in a few words; empty if it is kept
 */
public record Verdict(CorpusPair pair, Optional<Reason> reason, String detail) {

  /** Checks that nothing is missing. */
  public Verdict {
    Objects.requireNonNull(pair);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(detail);
  }

  /** Whether the pair goes on. */
  public boolean isKept() {
    return reason.isEmpty();
  }
}
