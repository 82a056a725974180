package dev.verso.decoding;

import dev.verso.model.Candidates;
import dev.verso.model.DecodingState;
import dev.verso.model.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Beam search over a batch of sources.
 *
 * <p>A hypothesis y of T pieces (end mark included) has the score Σₜ log p(yₜ | y₍₁..ₜ₋₁₎, x);
 * complete ones are ranked by score / Tᵅ with α = {@link SearchOptions#lengthPenalty()} (Wu et al.
 * 2016, without their constant 5). A sentence keeps {@code beam} hypotheses; each that completes
 * takes one of these places, and the sentence ends when all places are taken, when no running
 * hypothesis can still overtake the best complete one (its score / Lᵅ, L the length limit, is an
 * upper bound as probabilities only shrink), or at the length limit. With a beam as wide as the
 * number of possible outputs this is exhaustive search. With a beam of 1 it is greedy search.
 *
 * <p>Hypotheses that begin to repeat themselves ({@link LoopGuard}) are dropped; if none else is
 * left, one comes back with the loop cut off and {@link Hypothesis.Outcome#LOOP}.
 *
 * <p>Deterministic: equal scores are ordered by row, then by rank. Thread-safe. A step costs one
 * call of the network for all sentences that still run; finished ones leave the batch.
 */
public final class BeamSearch {

  private final Network network;
  private final SearchOptions options;

  public BeamSearch(Network network, SearchOptions options) {
    this.network = network;
    this.options = options;
  }

  /**
   * Translates a batch.
   *
   * @param sources piece ids of each source, without the end-of-sentence mark
   * @param cancellation asked before each step
   * @return for each source its complete hypotheses, at least one and at most {@code beam}, best
   *     first
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws IllegalArgumentException if a source is longer than the network reads
   */
  public List<List<Hypothesis>> search(List<List<Integer>> sources, Cancellation cancellation) {
    if (sources.isEmpty()) {
      return List.of();
    }
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      sentences.add(new Sentence(i, sources.get(i)));
    }
    try (DecodingState state = network.encode(sources)) {
      List<Sentence> running = new ArrayList<>(sentences);
      while (!running.isEmpty()) {
        cancellation.check();
        step(state, running);
        running.removeIf(Sentence::isDone);
      }
    }
    return sentences.stream().map(Sentence::result).toList();
  }

  private void step(DecodingState state, List<Sentence> running) {
    int beam = options.beam();
    int rows = running.size() * beam;
    int[] indices = new int[running.size()];
    int[] parents = new int[rows];
    int[] tokens = new int[rows];
    for (int s = 0; s < running.size(); s++) {
      Sentence sentence = running.get(s);
      indices[s] = sentence.index;
      for (int k = 0; k < beam; k++) {
        // Places without a hypothesis repeat the first one; what they offer is not looked at.
        Partial partial = sentence.alive.get(k < sentence.alive.size() ? k : 0);
        parents[s * beam + k] = partial.row;
        tokens[s * beam + k] = partial.ids.isEmpty() ? network.tokens().start() : partial.last();
      }
    }
    // Of a row's candidates one may be the end mark and one the unknown piece.
    int width = Math.min(network.vocabularySize(), beam + 2);
    Candidates candidates = state.step(indices, parents, tokens, width, new int[0][]);
    for (int s = 0; s < running.size(); s++) {
      running.get(s).extend(candidates, s * beam);
    }
  }

  /** A hypothesis that is being extended; shares its past with its siblings. */
  private static final class Partial {
    final List<Integer> ids;
    final List<Double> logProbabilities;
    final List<List<Float>> attention;
    final double score;
    int row;

    Partial(
        List<Integer> ids,
        List<Double> logProbabilities,
        List<List<Float>> attention,
        double score) {
      this.ids = ids;
      this.logProbabilities = logProbabilities;
      this.attention = attention;
      this.score = score;
    }

    int last() {
      return ids.get(ids.size() - 1);
    }
  }

  private record Extension(Partial parent, int row, int id, double logProbability, double score) {}

  private record Complete(Hypothesis hypothesis, double rank) {}

  private final class Sentence {
    final int index;
    final int sourceLength;
    final int maxLength;
    final LoopGuard guard;
    List<Partial> alive = new ArrayList<>();
    final List<Complete> complete = new ArrayList<>();
    Partial loop;
    int length;

    Sentence(int index, List<Integer> source) {
      this.index = index;
      this.sourceLength = source.size() + 1;
      this.maxLength = options.maxLength(source.size());
      this.guard = new LoopGuard(source);
      alive.add(new Partial(List.of(), List.of(), List.of(), 0));
    }

    boolean isDone() {
      return alive.isEmpty();
    }

    void extend(Candidates candidates, int firstRow) {
      List<Extension> extensions = new ArrayList<>();
      for (int k = 0; k < alive.size(); k++) {
        Partial parent = alive.get(k);
        int row = firstRow + k;
        for (int rank = 0; rank < candidates.width(); rank++) {
          int id = candidates.id(row, rank);
          double logProbability = Math.min(0, candidates.logProbability(row, rank));
          boolean possible = logProbability > -1e8;
          if (possible && id != network.tokens().unk() && id != network.tokens().pad()) {
            extensions.add(
                new Extension(parent, row, id, logProbability, parent.score + logProbability));
          }
        }
      }
      extensions.sort(Comparator.comparingDouble(Extension::score).reversed());
      length++;
      List<Partial> next = new ArrayList<>();
      for (Extension extension : extensions) {
        if (next.size() >= options.beam()) {
          break;
        }
        Partial extended = append(extension, candidates);
        if (extension.id == network.tokens().eos()) {
          finish(extended, Hypothesis.Outcome.COMPLETE);
        } else if (guard.loopingBlock(extended.ids) > 0) {
          if (loop == null || extended.score > loop.score) {
            loop = extended;
          }
        } else {
          next.add(extended);
        }
      }
      if (length >= maxLength && complete.size() < options.beam()) {
        next.forEach(partial -> finish(partial, Hypothesis.Outcome.TRUNCATED));
        next = List.of();
      }
      boolean decided =
          complete.size() >= options.beam()
              || (!next.isEmpty() && !complete.isEmpty() && bestRank() >= bound(next.get(0)));
      alive = decided ? List.of() : next;
    }

    private double bestRank() {
      return complete.stream().mapToDouble(Complete::rank).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /** No continuation of {@code partial} ranks above this. */
    private double bound(Partial partial) {
      return partial.score / Math.pow(maxLength, options.lengthPenalty());
    }

    private Partial append(Extension extension, Candidates candidates) {
      Partial parent = extension.parent;
      boolean end = extension.id == network.tokens().eos();
      List<List<Float>> attention = parent.attention;
      if (candidates.attends()) {
        float[] seen = candidates.attention(extension.row);
        List<Float> own = new ArrayList<>(sourceLength);
        for (int i = 0; i < sourceLength; i++) {
          own.add(seen[i]);
        }
        attention = with(parent.attention, List.copyOf(own));
      }
      Partial extended =
          new Partial(
              end ? parent.ids : with(parent.ids, extension.id),
              with(parent.logProbabilities, extension.logProbability),
              attention,
              extension.score);
      extended.row = extension.row;
      return extended;
    }

    private void finish(Partial partial, Hypothesis.Outcome outcome) {
      int pieces = Math.max(1, partial.logProbabilities.size());
      complete.add(
          new Complete(
              new Hypothesis(partial.ids, partial.logProbabilities, partial.attention, outcome),
              partial.score / Math.pow(pieces, options.lengthPenalty())));
    }

    List<Hypothesis> result() {
      if (complete.isEmpty()) {
        // Every way on repeated itself.
        int kept = guard.lengthWithoutLoop(loop.ids);
        return List.of(
            new Hypothesis(
                loop.ids.subList(0, kept),
                loop.logProbabilities.subList(0, kept),
                loop.attention.isEmpty() ? List.of() : loop.attention.subList(0, kept),
                Hypothesis.Outcome.LOOP));
      }
      complete.sort(Comparator.comparingDouble(Complete::rank).reversed());
      return complete.stream().map(Complete::hypothesis).toList();
    }
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(last);
    return longer;
  }
}
