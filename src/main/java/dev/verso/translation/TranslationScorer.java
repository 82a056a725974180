package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.decoding.ForcedDecoding;
import dev.verso.model.Attention;
import dev.verso.model.Encoding;
import dev.verso.model.Forced;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.wordalign.AttentionLinks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Scores translations that somebody else made: forced decoding, nothing is searched. What is longer
 * than the model reads is cut off.
 *
 * <p>Thread-safe. The network's passes take their turns on the decoder's threads.
 */
public final class TranslationScorer {

  /** Units of a text that are encoded: many times what the network reads. */
  private static final int LONGEST_READ = 10_000;

  /** Pairs that are scored in one call of the network. */
  private static final int SCORED_TOGETHER = 8;

  /** Translations of one source that are scored in one turn. */
  private static final int TARGETS_TOGETHER = 16;

  private final TranslationModel model;
  private final ForcedDecoding forced;
  private final DecoderTurns turns;

  TranslationScorer(TranslationModel model, DecoderTurns turns) {
    this.model = model;
    this.forced = new ForcedDecoding(model.network());
    this.turns = turns;
  }

  /**
   * Scores pairs as if the translations were the model's own.
   *
   * @param sources a sentence or so each
   * @param targets the translation of each
   * @return one for each pair: the given text, links read off the attention, the log probability
   *     per piece as its score and the probability per piece as its quality
   * @throws IllegalArgumentException if the lists differ in size
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<SegmentTranslation> score(
      List<String> sources, List<String> targets, Cancellation cancellation) {
    requireSameSize(sources, targets);
    List<Encoding> from = new ArrayList<>();
    List<Encoding> to = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      cancellation.check();
      from.add(model.sourceTokenizer().encode(beginning(sources.get(i))));
      to.add(model.targetTokenizer().encode(beginning(targets.get(i))));
    }
    List<Callable<List<SegmentTranslation>>> batches = new ArrayList<>();
    for (int at = 0; at < sources.size(); at += SCORED_TOGETHER) {
      int start = at;
      int end = Math.min(sources.size(), at + SCORED_TOGETHER);
      batches.add(
          () -> {
            cancellation.check();
            List<Forced> batch =
                forced.score(
                    from.subList(start, end).stream().map(this::ids).toList(),
                    to.subList(start, end).stream().map(this::ids).toList());
            List<SegmentTranslation> scored = new ArrayList<>();
            for (int i = start; i < end; i++) {
              scored.add(
                  scored(
                      sources.get(i),
                      targets.get(i),
                      from.get(i),
                      to.get(i),
                      batch.get(i - start)));
            }
            return scored;
          });
    }
    return turns.runAll(batches, cancellation).stream().flatMap(List::stream).toList();
  }

  private SegmentTranslation scored(
      String source, String target, Encoding from, Encoding to, Forced one) {
    Attention attention = one.attention().onTime(model.network().attentionShift()).head(to.size());
    List<AlignmentLink> links =
        attention.isEmpty()
            ? List.of()
            : AttentionLinks.read(attention, from.spans(), to.spans(), source, target);
    double perPiece = one.logProbability() / one.length();
    return new SegmentTranslation(
        target, links, perPiece, Math.exp(perPiece), List.of(), List.of());
  }

  /**
   * How likely the model finds given translations, piece by piece. A source is encoded once for
   * every {@value #TARGETS_TOGETHER} targets.
   *
   * @param sources the source of each
   * @param targets translations
   * @throws IllegalArgumentException if the lists differ in size
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<Likelihood> likelihoods(
      List<String> sources, List<String> targets, Cancellation cancellation) {
    requireSameSize(sources, targets);
    Map<String, List<Integer>> targetsOf = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      targetsOf.computeIfAbsent(sources.get(i), x -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> batches = new ArrayList<>();
    for (List<Integer> indices : targetsOf.values()) {
      // Side by side what begins most like the first: the network reads that once.
      String first = targets.get(indices.get(0));
      indices.sort(Comparator.comparingInt(i -> -sharedBeginning(first, targets.get(i))));
      for (int at = 0; at < indices.size(); at += TARGETS_TOGETHER) {
        batches.add(indices.subList(at, Math.min(indices.size(), at + TARGETS_TOGETHER)));
      }
    }
    List<Callable<List<Likelihood>>> tasks = new ArrayList<>();
    for (List<Integer> batch : batches) {
      String source = sources.get(batch.get(0));
      List<String> some = batch.stream().map(targets::get).toList();
      tasks.add(() -> likelihoods(source, some, cancellation));
    }
    List<List<Likelihood>> found = turns.runAll(tasks, cancellation);
    Likelihood[] inOrder = new Likelihood[targets.size()];
    for (int b = 0; b < batches.size(); b++) {
      for (int k = 0; k < batches.get(b).size(); k++) {
        inOrder[batches.get(b).get(k)] = found.get(b).get(k);
      }
    }
    return List.of(inOrder);
  }

  private static int sharedBeginning(String one, String other) {
    int shared = 0;
    while (shared < Math.min(one.length(), other.length())
        && one.charAt(shared) == other.charAt(shared)) {
      shared++;
    }
    return shared;
  }

  private List<Likelihood> likelihoods(
      String source, List<String> targets, Cancellation cancellation) {
    cancellation.check();
    List<Encoding> to =
        targets.stream().map(text -> model.targetTokenizer().encode(beginning(text))).toList();
    List<Forced> scored =
        forced.score(
            ids(model.sourceTokenizer().encode(beginning(source))),
            to.stream().map(this::ids).toList(),
            TARGETS_TOGETHER);
    List<Likelihood> found = new ArrayList<>();
    for (int k = 0; k < targets.size(); k++) {
      Forced one = scored.get(k);
      List<Double> pieces = new ArrayList<>();
      for (int t = 0; t < one.length() - 1; t++) {
        pieces.add(one.logProbability(t));
      }
      found.add(
          new Likelihood(
              targets.get(k),
              to.get(k).spans().subList(0, pieces.size()),
              pieces,
              one.logProbability(one.length() - 1)));
    }
    return found;
  }

  private static void requireSameSize(List<String> sources, List<String> targets) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sources and " + targets.size() + " targets");
    }
  }

  /** As much of a text as can matter to a model that reads a few hundred pieces. */
  private static String beginning(String text) {
    return text.length() <= LONGEST_READ ? text : text.substring(0, LONGEST_READ);
  }

  private List<Integer> ids(Encoding encoding) {
    int limit = model.network().maxPositions() - 1;
    return encoding.size() <= limit ? encoding.ids() : encoding.ids().subList(0, limit);
  }
}
