package dev.verso.decoding;

import dev.verso.model.Attention;
import dev.verso.model.Candidates;
import dev.verso.model.DecodingState;
import dev.verso.model.Network;
import dev.verso.model.NgramModel;
import dev.verso.text.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Beam search over a batch of sources.
 *
 * <p>A hypothesis y of T pieces (end mark included) has the score Σₜ log p(yₜ | y₍₁..ₜ₋₁₎, x);
 * complete ones are ranked by score / Tᵅ with α = {@link SearchOptions#lengthPenalty()} (Wu et al.
 * 2016, without their constant 5). A sentence keeps {@code beam} hypotheses; each completed one
 * keeps its place, and the sentence ends when all places are taken, when no running hypothesis can
 * still overtake the best complete one (its score / Lᵅ, where L is the length limit, is an upper
 * bound, as probabilities only decrease), or at the length limit. With a beam as wide as the number
 * of possible outputs this is exhaustive search. With a beam of 1 it is greedy search.
 *
 * <p>Hypotheses that begin to repeat themselves ({@link LoopGuard}) are dropped; if no others are
 * left, one is returned with the loop cut off and {@link Hypothesis.Outcome#LOOP}.
 *
 * <p>Given a {@link Spelling}, words that do not exist lower a hypothesis's rank, here and wherever
 * hypotheses are compared; given a {@link LexicalSupport}, so do pieces that nothing in the source
 * leads to; given a {@link ShallowFusion}, so does what is not said in the target language. The
 * reported probabilities remain the network's.
 *
 * <p>A source may come with phrases that its translation must contain. Then the pieces that
 * continue them are candidates of every row, the end mark is one only for hypotheses that contain
 * all of them, and the beam's places are distributed in turn to hypotheses with equally many
 * required pieces, those with most first (dynamic beam allocation, Post and Vilar 2018, who split
 * the beam evenly instead). Hypotheses at the length limit are returned whether they contain them
 * or not. It may also come with beginnings: until a hypothesis has one of them, only its pieces are
 * candidates.
 *
 * <p>Deterministic: equal scores are ordered by row, then by rank. Thread-safe. A step costs one
 * call of the network for all unfinished sentences; finished ones leave the batch.
 */
public final class BeamSearch {

  /** Candidates that may be none behind a beginning. */
  private static final int MOST_NOT_NEXT = 30;

  private final Network network;
  private final SearchOptions options;
  private final Optional<Spelling> spelling;
  private final Optional<LexicalSupport> support;
  private final Optional<ShallowFusion> fusion;

  public BeamSearch(Network network, SearchOptions options) {
    this(network, options, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @param spelling what invented words cost, if anything
   * @param support what pieces that translate nothing cost, if anything
   * @param fusion what a language model adds, if there is one
   */
  public BeamSearch(
      Network network,
      SearchOptions options,
      Optional<Spelling> spelling,
      Optional<LexicalSupport> support,
      Optional<ShallowFusion> fusion) {
    this.network = network;
    this.options = options;
    this.spelling = spelling;
    this.support = support;
    this.fusion = fusion;
  }

  /**
   * Translates a batch.
   *
   * @param sources piece ids of each source, without the end-of-sentence mark
   * @param cancellation checked before each step
   * @return for each source its complete hypotheses, at least one and at most {@code beam}, best
   *     first
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws IllegalArgumentException if a source is longer than the network reads
   */
  public List<List<Hypothesis>> search(List<List<Integer>> sources, Cancellation cancellation) {
    return search(sources, Collections.nCopies(sources.size(), Constraints.NONE), cancellation);
  }

  /**
   * Translates a batch into what constraints allow.
   *
   * @param sources piece ids of each source, without the end-of-sentence mark
   * @param constraints of each source's translation
   * @param cancellation checked before each step
   * @return as {@link #search(List, Cancellation)}
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws IllegalArgumentException if a source is longer than the network reads, or the lists
   *     differ in size
   */
  public List<List<Hypothesis>> search(
      List<List<Integer>> sources, List<Constraints> constraints, Cancellation cancellation) {
    if (sources.size() != constraints.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources and constraints for " + constraints.size());
    }
    if (sources.isEmpty()) {
      return List.of();
    }
    List<Sentence> sentences = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      sentences.add(new Sentence(i, sources.get(i), constraints.get(i)));
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
    List<List<Integer>> leads = new ArrayList<>();
    for (int s = 0; s < running.size(); s++) {
      Sentence sentence = running.get(s);
      indices[s] = sentence.index;
      for (int k = 0; k < beam; k++) {
        // Places without a hypothesis repeat the first one; their candidates are ignored.
        Partial partial = sentence.alive.get(k < sentence.alive.size() ? k : 0);
        parents[s * beam + k] = partial.row;
        tokens[s * beam + k] = partial.ids.isEmpty() ? network.tokens().start() : partial.last();
        leads.add(List.copyOf(sentence.leads(partial)));
      }
    }
    // Of a row's candidates one may be the end mark and one the unknown piece, and behind a
    // beginning many may be no new word.
    boolean opened = running.stream().anyMatch(s -> !s.constraints.beginnings().isEmpty());
    int width = Math.min(network.vocabularySize(), beam + 2 + (opened ? MOST_NOT_NEXT : 0));
    Candidates candidates = state.step(indices, parents, tokens, width, wanted(leads));
    for (int s = 0; s < running.size(); s++) {
      running.get(s).extend(candidates, s * beam, leads);
    }
  }

  /** The same number of pieces for each row, none if no row wants any. */
  private int[][] wanted(List<List<Integer>> leads) {
    int most = leads.stream().mapToInt(List::size).max().orElse(0);
    if (most == 0) {
      return new int[0][];
    }
    int[][] wanted = new int[leads.size()][most];
    for (int row = 0; row < wanted.length; row++) {
      for (int i = 0; i < most; i++) {
        wanted[row][i] = i < leads.get(row).size() ? leads.get(row).get(i) : network.tokens().eos();
      }
    }
    return wanted;
  }

  /** A hypothesis that is being extended; shares its past with its siblings. */
  private static final class Partial {
    final List<Integer> ids;
    final List<Double> logProbabilities;
    final List<Attention.Row> attention;
    final double score;
    final Coverage coverage;
    final Spelling.State spelled;
    final Optional<NgramModel.Context> context;
    int row;

    Partial(
        List<Integer> ids,
        List<Double> logProbabilities,
        List<Attention.Row> attention,
        double score,
        Coverage coverage,
        Spelling.State spelled,
        Optional<NgramModel.Context> context) {
      this.ids = ids;
      this.logProbabilities = logProbabilities;
      this.attention = attention;
      this.score = score;
      this.coverage = coverage;
      this.spelled = spelled;
      this.context = context;
    }

    Partial with(Coverage other) {
      Partial copy = new Partial(ids, logProbabilities, attention, score, other, spelled, context);
      copy.row = row;
      return copy;
    }

    int last() {
      return ids.get(ids.size() - 1);
    }
  }

  private record Extension(
      Partial parent,
      int row,
      int id,
      double logProbability,
      double score,
      Spelling.State spelled) {}

  private final class Sentence {
    final int index;
    final int sourceLength;
    final int maxLength;
    final LoopGuard guard;
    final Optional<Spelling.Guard> words;
    final Optional<LexicalSupport.Costs> costs;
    final Constraints constraints;
    final boolean constrained;
    List<Partial> alive = new ArrayList<>();
    final List<Hypothesis> complete = new ArrayList<>();
    Partial loop;
    int length;

    Sentence(int index, List<Integer> source, Constraints constraints) {
      List<RequiredPhrase> required = constraints.phrases();
      this.constraints = constraints;
      this.index = index;
      this.sourceLength = source.size() + 1;
      this.constrained = !required.isEmpty();
      this.maxLength = options.maxLength(source.size()) + constraints.pieces();
      this.guard = new LoopGuard(source);
      this.words = spelling.map(known -> known.of(source, required));
      this.costs = support.map(known -> known.of(source, required));
      alive.add(
          new Partial(
              List.of(),
              List.of(),
              List.of(),
              0,
              Coverage.none(required),
              Spelling.State.BETWEEN,
              fusion.map(model -> model.ngrams().start())));
    }

    boolean isDone() {
      return alive.isEmpty();
    }

    /** The pieces to ask the network for, whatever their rank. */
    Set<Integer> leads(Partial partial) {
      Set<Integer> opening = constraints.next(partial.ids);
      return opening.isEmpty() ? partial.coverage.next() : opening;
    }

    void extend(Candidates candidates, int firstRow, List<List<Integer>> leads) {
      List<Extension> extensions = new ArrayList<>();
      for (int k = 0; k < alive.size(); k++) {
        int row = firstRow + k;
        Partial parent = checked(alive.get(k), candidates, row);
        Set<Integer> offered = new HashSet<>();
        int width = constraints.next(parent.ids).isEmpty() ? candidates.width() : 0;
        // If all of a row's candidates would continue the word, the network has no other word in
        // mind.
        boolean closed =
            IntStream.range(0, width)
                .anyMatch(rank -> constraints.allows(parent.ids, candidates.id(row, rank)));
        for (int rank = 0; rank < width; rank++) {
          int id = candidates.id(row, rank);
          double logProbability = Math.min(0, candidates.logProbability(row, rank));
          boolean possible = logProbability > -1e8;
          boolean tooEarly = id == network.tokens().eos() && !parent.coverage.isComplete();
          if (possible
              && !tooEarly
              && (!closed || constraints.allows(parent.ids, id))
              && id != network.tokens().unk()
              && id != network.tokens().pad()) {
            offered.add(id);
            extensions.add(extension(parent, row, id, logProbability));
          }
        }
        for (int i = 0; i < leads.get(row).size(); i++) {
          int id = leads.get(row).get(i);
          double logProbability = Math.min(0, candidates.wanted(row, i));
          if (offered.add(id)) {
            extensions.add(extension(parent, row, id, logProbability));
          }
        }
      }
      extensions.sort(Comparator.comparingDouble(Extension::score).reversed());
      if (constrained) {
        extensions = dealt(extensions);
      }
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
              || (!next.isEmpty() && !complete.isEmpty() && bestRank() >= bound(next));
      alive = decided ? List.of() : next;
    }

    private Extension extension(Partial parent, int row, int id, double logProbability) {
      double score = parent.score + logProbability;
      if (costs.isPresent() && id != network.tokens().eos()) {
        score += costs.get().of(id);
      }
      // What is required is not chosen, so that how it reads does not count.
      if (fusion.isPresent() && !(constrained && parent.coverage.next().contains(id))) {
        score += fusion.get().of(parent.context.orElseThrow(), id);
      }
      Spelling.State spelled = parent.spelled;
      if (words.isPresent()) {
        Spelling.Guard guarded = words.get();
        if (id == network.tokens().eos()) {
          score -= Spelling.PENALTY * guarded.atEnd(spelled);
        } else {
          Spelling.Step step = guarded.after(spelled, id);
          score -= Spelling.PENALTY * step.invented();
          spelled = step.state();
        }
      }
      return new Extension(parent, row, id, logProbability, score, spelled);
    }

    /** A network with late attention reports only now where the last piece came from. */
    private Partial checked(Partial partial, Candidates candidates, int row) {
      if (!constrained || !candidates.attends() || network.attentionShift() == 0) {
        return partial;
      }
      Coverage coverage = partial.coverage.checked(candidates.attention(row));
      return coverage == partial.coverage ? partial : partial.with(coverage);
    }

    /** In turn the best of those with the most required pieces, with one fewer, and so on. */
    private List<Extension> dealt(List<Extension> sorted) {
      TreeMap<Integer, Deque<Extension>> banks = new TreeMap<>(Comparator.reverseOrder());
      for (Extension extension : sorted) {
        boolean end = extension.id == network.tokens().eos();
        Coverage coverage = extension.parent.coverage;
        int pieces = (end ? coverage : coverage.with(extension.id)).pieces();
        banks.computeIfAbsent(pieces, key -> new ArrayDeque<>()).add(extension);
      }
      List<Extension> dealt = new ArrayList<>();
      while (dealt.size() < sorted.size()) {
        for (Deque<Extension> bank : banks.values()) {
          if (!bank.isEmpty()) {
            dealt.add(bank.poll());
          }
        }
      }
      return dealt;
    }

    private double bestRank() {
      return complete.stream().mapToDouble(Hypothesis::rank).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /** An upper bound on the rank of any continuation of these. */
    private double bound(List<Partial> partials) {
      double best = partials.stream().mapToDouble(partial -> partial.score).max().orElseThrow();
      return best / Math.pow(maxLength, options.lengthPenalty());
    }

    private Partial append(Extension extension, Candidates candidates) {
      Partial parent = extension.parent;
      boolean end = extension.id == network.tokens().eos();
      List<Attention.Row> attention = parent.attention;
      if (candidates.attends()) {
        attention = with(parent.attention, candidates.attention(extension.row).head(sourceLength));
      }
      Partial extended =
          new Partial(
              end ? parent.ids : with(parent.ids, extension.id),
              with(parent.logProbabilities, extension.logProbability),
              attention,
              extension.score,
              end ? parent.coverage : parent.coverage.with(extension.id),
              extension.spelled,
              end
                  ? parent.context
                  : parent.context.map(
                      context -> fusion.orElseThrow().ngrams().after(context, extension.id)));
      extended.row = extension.row;
      return extended;
    }

    private void finish(Partial partial, Hypothesis.Outcome outcome) {
      complete.add(
          new Hypothesis(
              partial.ids,
              partial.logProbabilities,
              new Attention(partial.attention),
              outcome,
              rank(partial)));
    }

    private double rank(Partial partial) {
      int pieces = Math.max(1, partial.logProbabilities.size());
      return partial.score / Math.pow(pieces, options.lengthPenalty());
    }

    List<Hypothesis> result() {
      if (complete.isEmpty()) {
        // Every continuation repeated itself.
        int kept = guard.lengthWithoutLoop(loop.ids);
        return List.of(
            new Hypothesis(
                loop.ids.subList(0, kept),
                loop.logProbabilities.subList(0, kept),
                new Attention(loop.attention).head(kept),
                Hypothesis.Outcome.LOOP,
                rank(loop)));
      }
      complete.sort(Comparator.comparingDouble(Hypothesis::rank).reversed());
      return List.copyOf(complete);
    }
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(last);
    return longer;
  }
}
