package dev.verso.quote.check;

import dev.verso.quote.check.Evidence.Seen;
import dev.verso.quote.check.Judgement.Label;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.Translator;
import dev.verso.wordalign.WordAligner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Judges whether an English rendering says what a French passage says.
 *
 * <p>The part of the passage that is rendered is found first (see {@link Scope}); our own
 * translation of it serves as a bridge between paraphrases. Comparisons of figures, names,
 * negations, persons, reserves, times, words and coverage, and the translation model's view of
 * small edits, each give signals in [0, 1]; {@link CheckWeights} weighs them. Findings are the
 * signals' places, those that carry the verdict first.
 *
 * <p>Thread-safe. A translation and some fifty forced decodings for each item.
 */
public final class QuoteChecker {

  private static final double ABSENT = 0.42;
  private static final double SHARE = 0.35;
  private static final int MOST_FINDINGS = 4;

  private final Translator translator;
  private final WordAligner aligner;
  private final CheckWeights weights;
  private final List<Comparison> comparisons;

  /**
   * @param translator the model that reads the renderings; stays the caller's
   * @param aligner links words, best with the same model's attention
   * @param weights how the signals are weighed
   */
  public QuoteChecker(Translator translator, WordAligner aligner, CheckWeights weights) {
    this.translator = translator;
    this.aligner = aligner;
    this.weights = weights;
    this.comparisons =
        List.of(
            new FigureComparison(),
            new NameComparison(),
            new NegationComparison(),
            new PersonComparison(),
            new ReserveComparison(),
            new TimeComparison(),
            new WordComparison(),
            new RoleComparison(),
            new CoverageComparison());
  }

  /** Nothing read yet. */
  Readings readings() {
    return Readings.with(translator, aligner);
  }

  /** How the signals are weighed. */
  CheckWeights weights() {
    return weights;
  }

  /** Judges an item that nobody calls off. */
  public Judgement check(CheckItem item) {
    return check(item, Cancellation.NONE);
  }

  /**
   * Judges an item.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Judgement check(CheckItem item, Cancellation cancellation) {
    return judge(look(item, cancellation), weights);
  }

  /**
   * What the comparisons see in an item.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Signals look(CheckItem item, Cancellation cancellation) {
    return begin(item, readings(), cancellation).complete();
  }

  /**
   * The beginning of a look: all but what the network makes of other wordings. Since evidence only
   * raises a suspicion, the suspicion can only grow when it is completed.
   *
   * @param readings what the network has read so far, to which new readings are added
   */
  Look begin(CheckItem item, Readings readings, Cancellation cancellation) {
    Side french = new Side(item.french(), Language.FRENCH);
    Side english = new Side(item.english(), Language.ENGLISH);
    Evidence evidence = new Evidence();
    if (french.size() == 0 || english.size() == 0) {
      evidence.value("absent", 1);
      return new Look(evidence, null, readings);
    }
    Pair pair = new Pair(french, english, aligner, Bridge.shipped(), cancellation);
    Scope.narrow(pair, item.directQuote());
    pair.bridged(readings.translation(pair.scopeText(), cancellation));
    for (Comparison comparison : comparisons) {
      cancellation.check();
      comparison.compare(pair, item, evidence);
    }
    return new Look(evidence, pair, readings);
  }

  /** A look that has begun. Not thread-safe. */
  static final class Look {
    private final Evidence evidence;
    private final Pair pair;
    private final Readings readings;

    private Look(Evidence evidence, Pair pair, Readings readings) {
      this.evidence = evidence;
      this.pair = pair;
      this.readings = readings;
    }

    /** What was seen so far. */
    Signals signals() {
      if (pair == null) {
        return new Signals(evidence, 0, 0, null);
      }
      return new Signals(
          evidence,
          pair.covered(pair.english, pair.englishCover, 0, pair.english.size()),
          pair.covered(pair.french, pair.frenchCover, pair.from, pair.to),
          pair.french.span(pair.from, pair.to));
    }

    /** What there is to see. To be called once. */
    Signals complete() {
      if (pair != null) {
        pair.cancellation.check();
        ContrastComparison.compare(pair, readings, evidence);
      }
      return signals();
    }
  }

  /**
   * Natural log of how likely the model finds English words to render each of some French ones, by
   * target piece.
   */
  List<Double> likelihoods(List<String> french, String english, Cancellation cancellation) {
    return translator
        .scorer()
        .score(french, Collections.nCopies(french.size(), english), cancellation)
        .stream()
        .map(SegmentTranslation::score)
        .toList();
  }

  /** Weighs signals. */
  public static Judgement judge(Signals signals, CheckWeights weights) {
    double suspicion = weights.suspicion(signals.values());
    double probability = 1 - suspicion;
    if (suspicion < 0.5) {
      return new Judgement(Label.FAITHFUL, probability, List.of(), "No difference was found.");
    }
    List<Finding> findings = findings(signals, weights);
    if (signals.coverage < ABSENT && signals.frenchCoverage < ABSENT + 0.1) {
      return new Judgement(
          Label.NOT_IN_SOURCE,
          probability,
          findings,
          "The French doesn't say this, nor a distorted form of it.");
    }
    String explanation =
        findings.isEmpty()
            ? "It reads unlike the French, for no one reason."
            : findings.get(0).message();
    return new Judgement(Label.UNFAITHFUL, probability, findings, explanation);
  }

  private static List<Finding> findings(Signals signals, CheckWeights weights) {
    List<Finding> findings = new ArrayList<>();
    Set<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
    double first = 0;
    for (Seen seen : weights.ranked(signals.evidence)) {
      double share = weights.share(seen);
      first = Math.max(first, share);
      if (share < SHARE * first || share <= 0.05 || findings.size() == MOST_FINDINGS) {
        break;
      }
      if (kinds.add(seen.kind()) || !overlaps(findings, seen)) {
        findings.add(
            new Finding(
                seen.kind(),
                seen.severity(),
                seen.source(),
                seen.target(),
                seen.message(),
                Math.min(1, 1 - Math.exp(-share))));
      }
    }
    return findings;
  }

  private static boolean overlaps(List<Finding> findings, Seen seen) {
    for (Finding finding : findings) {
      if (finding.kind() == seen.kind()
          && (same(finding.source(), seen.source()) || same(finding.target(), seen.target()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(TextSpan one, TextSpan other) {
    return one != null && other != null && one.overlaps(other);
  }
}
