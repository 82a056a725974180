package dev.verso.alignment;

import dev.verso.alignment.AlignmentWeights.Feature;
import dev.verso.bitext.Bead;
import dev.verso.bitext.SentenceAlignment;
import dev.verso.language.WordTokenizer;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Verso's sentence aligner: the score of a bead is log prior + Σ w_k f_k, each f_k a log-odds in
 * nats between the bead and unrelated text.
 *
 * <p>Features: length (Gale and Church 1993); IBM-1 lexical odds (Moore 2002) from the shipped
 * lexicon and from the pair itself; numbers, names and cognates that both sides hold; where machine
 * translations of the source are given, the words and character 4-grams they share with the target;
 * where paragraphs are known, whether they begin and end together; where a {@link
 * TranslationMargin} is given, what a translation model makes of beads in doubt. Untranslated and
 * added sentences cost a geometric run.
 *
 * <p>Search: the whole grid up to 300² sentence pairs, otherwise a band found from coarse to fine
 * and widened where the path nears its edge. A first pass finds beads from which the pair's lexicon
 * is learned, a second aligns with it. Posteriors come from forward–backward, and the alignment
 * returned is the one with the greatest expected number of right beads, which also re-splits beads
 * that the most probable path had joined. O(N + M) time and memory beyond 300², O(N·M) below.
 *
 * <p>Differences from Moore: both translation directions count, the lexicon has a prior, weights
 * are fitted ({@link WeightFitting}), and every bead type is searched at once.
 *
 * <p>Immutable and thread-safe; the same pair gives the same alignment on every run.
 */
public final class LogLinearAligner implements SentenceAligner {
  private static final int RADIUS = 12;

  /** Cells up to which a band is widened where the path nears its edge; each takes 128 bytes. */
  static final long MOST_CELLS = 500_000;

  /** What a bead must be worth: near ½ the expected F1 is greatest. */
  private static final double PRICE = 0.55;

  /** A bead is in doubt, and worth the network's time, between this posterior and 1 less it. */
  static final double DOUBT = 0.01;

  /** Below this probability that texts are related all beads are in doubt, so no model is asked. */
  private static final double UNRELATED = 0.05;

  private final Optional<AlignmentWeights> weights;
  private final StemLexicon lexicon;
  private final LengthModel lengths;
  private final WordTokenizer sourceTokenizer;
  private final WordTokenizer targetTokenizer;
  private final Optional<TranslationMargin> margin;

  LogLinearAligner(
      Optional<AlignmentWeights> weights,
      StemLexicon lexicon,
      LengthModel lengths,
      WordTokenizer sourceTokenizer,
      WordTokenizer targetTokenizer,
      Optional<TranslationMargin> margin) {
    this.weights = weights;
    this.lexicon = lexicon;
    this.lengths = lengths;
    this.sourceTokenizer = sourceTokenizer;
    this.targetTokenizer = targetTokenizer;
    this.margin = margin;
  }

  /** French to English with the shipped lexicon and the shipped weights. */
  public static LogLinearAligner shipped() {
    return new LogLinearAligner(
        Optional.empty(),
        StemLexicon.shipped(),
        LengthModel.FRENCH_ENGLISH,
        WordTokenizer.FRENCH,
        WordTokenizer.ENGLISH,
        Optional.empty());
  }

  /** French to English by length, numbers, names and cognates alone: a baseline. */
  public static LogLinearAligner lengthsAndCognates() {
    return shipped().withoutLexicon().withWeights(AlignmentWeights.shipped("cognates"));
  }

  /** This aligner with other weights. */
  public LogLinearAligner withWeights(AlignmentWeights other) {
    return new LogLinearAligner(
        Optional.of(other), lexicon, lengths, sourceTokenizer, targetTokenizer, margin);
  }

  /** This aligner without a lexicon: what it knows of words it learns from the pair. */
  public LogLinearAligner withoutLexicon() {
    return new LogLinearAligner(
        weights, StemLexicon.empty(), lengths, sourceTokenizer, targetTokenizer, margin);
  }

  /** This aligner with a translation model to ask in doubt. */
  public LogLinearAligner withMargin(TranslationMargin translationMargin) {
    return new LogLinearAligner(
        weights,
        lexicon,
        lengths,
        sourceTokenizer,
        targetTokenizer,
        Optional.of(translationMargin));
  }

  /** This aligner without a translation model. */
  public LogLinearAligner withoutMargin() {
    return new LogLinearAligner(
        weights, lexicon, lengths, sourceTokenizer, targetTokenizer, Optional.empty());
  }

  /** The aligner of the opposite direction, with mirrored parameters; it asks no model. */
  public LogLinearAligner mirrored() {
    return new LogLinearAligner(
        Optional.of(weights.orElseGet(() -> AlignmentWeights.shipped("fast")).mirrored()),
        lexicon.mirrored(),
        lengths.mirrored(),
        /* sourceTokenizer= */ targetTokenizer,
        /* targetTokenizer= */ sourceTokenizer,
        Optional.empty());
  }

  private AlignmentWeights weightsFor(TextPair pair) {
    return weights.orElseGet(
        () -> AlignmentWeights.shipped(pair.translations().isPresent() ? "translated" : "fast"));
  }

  /**
   * A pair's evidence after the pass that teaches it, and the band to search.
   *
   * @param prior the evidence before
   */
  record Prepared(PairEvidence prior, PairEvidence evidence, Band band) {}

  Prepared prepare(TextPair pair, AlignmentWeights using, Cancellation cancellation) {
    SentenceFeatures.Ids shared = new SentenceFeatures.Ids();
    SentenceFeatures source =
        new SentenceFeatures(pair.source(), sourceTokenizer, shared, cancellation);
    SentenceFeatures target =
        new SentenceFeatures(pair.target(), targetTokenizer, shared, cancellation);
    PairEvidence prior = PairEvidence.of(pair, source, target, lexicon, lengths, cancellation);
    Band band = CoarseSearch.band(prior, RADIUS, cancellation);
    List<Bead> beads;
    for (int radius = RADIUS; ; radius *= 2) {
      Lattice lattice = new Lattice(band, prior.scorer(band, using), cancellation);
      beads = lattice.expected(PRICE);
      if (band.isFull()) {
        break;
      }
      int[][] path = CoarseSearch.boundaries(beads, source.size);
      boolean touches = CoarseSearch.touchesEdge(band, path);
      boolean affordable = (source.size + 1L) * 4 * radius <= MOST_CELLS;
      band =
          Band.around(path[0], path[1], target.size, touches && affordable ? 2 * radius : RADIUS);
      if (!touches || radius > 4 * RADIUS || !affordable) {
        break;
      }
    }
    LengthModel taughtLengths = lengths.taught(source, target, beads);
    PairEvidence evidence =
        using.of(Feature.LEXICAL) == 0
            ? prior.taught(prior.forward, prior.backward, taughtLengths)
            : prior.taught(
                prior.forward.learn(source, target, beads, false, cancellation),
                prior.backward.learn(target, source, beads, true, cancellation),
                taughtLengths);
    return new Prepared(prior, evidence, band);
  }

  @Override
  public SentenceAlignment align(TextPair pair, Cancellation cancellation) {
    int sources = pair.source().size();
    int targets = pair.target().size();
    if (sources == 0 || targets == 0) {
      return new SentenceAlignment(sources, targets, nulls(sources, targets), 0);
    }
    AlignmentWeights using = weightsFor(pair);
    Prepared prepared = prepare(pair, using, cancellation);
    Lattice lattice =
        new Lattice(
            prepared.band(), prepared.evidence().scorer(prepared.band(), using), cancellation);
    List<Bead> beads = lattice.expected(PRICE);
    DocumentScore score = DocumentScore.of(prepared.prior(), lexicon, beads, cancellation);
    if (margin.isPresent() && using.of(Feature.MARGIN) != 0 && score.related() >= UNRELATED) {
      beads = askMargin(pair, lattice, beads, using.of(Feature.MARGIN), margin.get());
      score = DocumentScore.of(prepared.prior(), lexicon, beads, cancellation);
    }
    List<Bead> weighed = new ArrayList<>(beads.size());
    for (Bead bead : beads) {
      weighed.add(
          new Bead(
              bead.sourceStart(),
              bead.sourceEnd(),
              bead.targetStart(),
              bead.targetEnd(),
              bead.posterior() * score.related()));
    }
    return new SentenceAlignment(sources, targets, weighed, score.value());
  }

  private static List<Bead> nulls(int sources, int targets) {
    List<Bead> beads = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      beads.add(new Bead(i, i + 1, 0, 0, 0));
    }
    for (int j = 0; j < targets; j++) {
      beads.add(new Bead(sources, sources, j, j + 1, 0));
    }
    return beads;
  }

  /**
   * Adds the margin's odds to the beads in doubt and searches again among what is left: beads under
   * the doubt are no longer candidates, those above it stay as they are.
   */
  private static List<Bead> askMargin(
      TextPair pair, Lattice lattice, List<Bead> beads, double weight, TranslationMargin margin) {
    List<int[]> doubtful = lattice.doubtful(DOUBT);
    if (doubtful.isEmpty()) {
      return beads;
    }
    List<TranslationMargin.Candidate> candidates = new ArrayList<>(doubtful.size());
    for (int[] place : doubtful) {
      BeadType size = BeadType.ALL.get(place[0]);
      candidates.add(TranslationMargin.Candidate.of(pair, size, place[1], place[2]));
    }
    double[] odds = marginOdds(margin, candidates, pair.source());
    for (int k = 0; k < odds.length; k++) {
      lattice.add(doubtful.get(k), weight * odds[k]);
    }
    return lattice.expected(PRICE);
  }

  /**
   * Nats of each candidate: per piece times pieces, of which English has about one in four
   * characters; 0 for one that the model cannot judge.
   */
  static double[] marginOdds(
      TranslationMargin margin, List<TranslationMargin.Candidate> candidates, List<String> source) {
    double[] odds = TranslationMargin.checked(margin.margins(candidates, source), candidates);
    for (int k = 0; k < odds.length; k++) {
      int characters = candidates.get(k).target().stream().mapToInt(String::length).sum();
      odds[k] =
          Double.isNaN(odds[k])
              ? 0
              : Math.max(-3, Math.min(4, odds[k])) * Math.min(60, characters / 4.0);
    }
    return odds;
  }

  /** Whether a translation model is asked in doubt. */
  public boolean asksModel() {
    return margin.isPresent();
  }

  Optional<TranslationMargin> margin() {
    return margin;
  }

  /** The names of features that can be switched off for a comparison. */
  public static Set<String> features() {
    return Set.of(
            Feature.LENGTH,
            Feature.LEXICAL,
            Feature.NUMBERS,
            Feature.NAMES,
            Feature.COGNATES,
            Feature.TRANSLATED_WORDS,
            Feature.TRANSLATED_GRAMS,
            Feature.MARGIN)
        .stream()
        .map(feature -> feature.name().toLowerCase(Locale.ROOT).replace('_', '.'))
        .collect(Collectors.toUnmodifiableSet());
  }
}
