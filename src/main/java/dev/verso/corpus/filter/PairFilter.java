package dev.verso.corpus.filter;

import dev.verso.alignment.PairComparison;
import dev.verso.alignment.PairFeatures;
import dev.verso.corpus.CorpusPair;
import dev.verso.text.Language;
import dev.verso.text.LanguageIdentification;
import dev.verso.text.PagePhrases;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges pairs one by one: puts mojibake right, then looks for the first reason against the pair,
 * cheap ones first, and scores what is left.
 *
 * <p>Short pairs are judged by what is known of them: where a side has fewer than {@value #SHORT}
 * words, neither length nor order count. Pure and thread-safe; linear in the pair.
 */
public final class PairFilter {

  private static final int SHORT = 4;

  /** |δ| from which on no translation is that long. */
  private static final double FAR = 4.5;

  /** Words of the wrong language: nats per word. */
  private static final double WRONG = -0.35;

  /** Where more of a side's words are unknown, its language is identified. */
  private static final double UNKNOWN = 0.3;

  /** Where more of a side's words are unknown, it is no text in that language. */
  private static final double FOREIGN = 0.5;

  /** How much likelier another language has to be. */
  private static final double ODDS = 8;

  /** Fewer words have no order to speak of. */
  private static final int ORDERED = 7;

  /** Concordance under which a side whose words are in no order of its language is out of order. */
  private static final double CONCORDANT = 0.75;

  /**
   * Odds of the order, by √words, under which a side is out of order whatever the other is like.
   */
  private static final double DISORDER = -1.8;

  /** Numbers and names that differ are no reason of their own in a pair of more quality. */
  private static final double DOUBTFUL = 0.7;

  private static final double NO_POSTERIOR = -1;

  /** No bead is taken for surer. */
  private static final double MOST_VOUCHED = 0.998;

  /** A bead of this posterior is not doubted for its order, its numbers or its names alone. */
  private static final double SURE_BEAD = 0.99;

  private final FilterOptions options;
  private final PairComparison comparison;
  private final PairQuality quality;

  /** A filter with the lexicon and the weights that come along. */
  public PairFilter(FilterOptions options) {
    this.options = options;
    this.comparison = PairComparison.shipped();
    this.quality = PairQuality.shipped();
  }

  /**
   * Judges a pair.
   *
   * @param margin the model's margin, where one was asked
   */
  public Verdict judge(CorpusPair given, OptionalDouble margin) {
    CorpusPair pair = repaired(given);
    PairFeatures features = comparison.compare(pair.source().text(), pair.target().text());
    double probability =
        vouched(
            quality.of(features, margin),
            Math.min(features.sourceWords(), features.targetWords()),
            given.score("posterior", NO_POSTERIOR));
    CorpusPair scored = pair.withScore("quality", Math.round(probability * 1e4) / 1e4);
    if (margin.isPresent()) {
      scored = scored.withScore("margin", Math.round(margin.getAsDouble() * 1e4) / 1e4);
    }
    String source = scored.source().text();
    String target = scored.target().text();
    if (options.personalData() != PersonalData.Mode.KEEP) {
      String maskedSource = PersonalData.masked(source);
      String maskedTarget = PersonalData.masked(target);
      if (!maskedSource.equals(source) || !maskedTarget.equals(target)) {
        if (options.personalData() == PersonalData.Mode.DROP) {
          // What is dropped for its personal data is not kept elsewhere with them.
          return rejected(
              scored.withTexts(maskedSource, maskedTarget, "masked"), Reason.PERSONAL, "");
        }
        scored = scored.withTexts(maskedSource, maskedTarget, "masked");
      }
    }
    return judged(scored, features, margin);
  }

  private Verdict judged(CorpusPair pair, PairFeatures features, OptionalDouble margin) {
    String source = pair.source().text();
    String target = pair.target().text();
    if (!hasWord(source) || !hasWord(target)) {
      return rejected(pair, Reason.EMPTY, "no word");
    }
    if (Math.max(source.length(), target.length()) > options.longest()) {
      return rejected(
          pair, Reason.LONG, Math.max(source.length(), target.length()) + " characters");
    }
    boolean sure = pair.score("posterior", 0) >= SURE_BEAD;
    String sourceFault = TextSoundness.fault(source);
    String targetFault = TextSoundness.fault(target);
    if (!sourceFault.equals(targetFault)) {
      return rejected(pair, Reason.GARBLED, sourceFault.isEmpty() ? targetFault : sourceFault);
    }
    int shorter = Math.min(features.sourceWords(), features.targetWords());
    boolean same = plain(source).equals(plain(target));
    if (same && features.sourceWords() >= SHORT) {
      return rejected(pair, Reason.COPY, "both sides are the same");
    }
    String language = language(source, target, features);
    if (!language.isEmpty()) {
      return rejected(pair, Reason.LANGUAGE, language);
    }
    if (shorter >= SHORT && features.length() > FAR) {
      return rejected(
          pair,
          Reason.LENGTH,
          String.format(Locale.ROOT, "%.1f standard deviations", features.length()));
    }
    Optional<String> page = PagePhrases.kind(source).or(() -> PagePhrases.kind(target));
    if (page.isPresent()) {
      return rejected(pair, Reason.BOILERPLATE, page.get());
    }
    String order = sure ? "" : disorder(source, target, features);
    if (!order.isEmpty()) {
      return rejected(pair, Reason.ORDER, order);
    }
    boolean doubtful = !sure && pair.score("quality", 0) < DOUBTFUL;
    if (doubtful
        && features.numbersApart() >= 2
        && features.numbersApart() > 2 * features.numbersShared()) {
      return rejected(pair, Reason.NUMBERS, features.numbersApart() + " on one side only");
    }
    if (doubtful && features.namesApart() >= 2) {
      return rejected(pair, Reason.NAMES, features.namesApart() + " on one side only");
    }
    double posterior = pair.score("posterior", 1);
    if (posterior < options.posterior()) {
      return rejected(pair, Reason.POSTERIOR, String.format(Locale.ROOT, "%.3f", posterior));
    }
    if (margin.isPresent() && margin.getAsDouble() < 0 && options.quality() > 0) {
      return rejected(
          pair, Reason.MARGIN, String.format(Locale.ROOT, "%.2f nats", margin.getAsDouble()));
    }
    if (pair.score("quality", 0) < options.quality()) {
      return rejected(
          pair, Reason.QUALITY, String.format(Locale.ROOT, "%.3f", pair.score("quality", 0)));
    }
    return new Verdict(pair, Optional.empty(), "");
  }

  /**
   * The neighbours of a bead vouch for it: the aligner's posterior p, where there is one, is taken
   * for the probability before the pair itself was looked at; the log-odds add up. Few words say
   * little against it: the odds of a pair of n words count n / {@value #SHORT}.
   */
  private static double vouched(double probability, int words, double posterior) {
    if (posterior == NO_POSTERIOR) {
      return probability;
    }
    double before = Math.max(1 - MOST_VOUCHED, Math.min(MOST_VOUCHED, posterior));
    double own = Math.max(1e-9, Math.min(1 - 1e-9, probability));
    double odds =
        Math.log(own / (1 - own)) * Math.min(1, (double) words / SHORT)
            + Math.log(before / (1 - before));
    return 1 / (1 + Math.exp(-odds));
  }

  private static CorpusPair repaired(CorpusPair pair) {
    String source = Mojibake.repaired(pair.source().text());
    String target = Mojibake.repaired(pair.target().text());
    return source.equals(pair.source().text()) && target.equals(pair.target().text())
        ? pair
        : pair.withTexts(source, target, "mojibake");
  }

  private static boolean hasWord(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** The text's letters and digits, without case and accents. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{Nd}]+", "");
  }

  /** What is wrong with the languages; empty if nothing is. */
  private static String language(String source, String target, PairFeatures features) {
    String french =
        wrong(
            source,
            "fr",
            features.sourceFrench(),
            features.sourceUnknown(),
            features.sourceWords());
    return french.isEmpty()
        ? wrong(
            target,
            "en",
            features.targetEnglish(),
            features.targetUnknown(),
            features.targetWords())
        : french;
  }

  private static String wrong(String text, String tag, double odds, double unknown, int words) {
    if (words < SHORT) {
      return "";
    }
    if (odds < WRONG) {
      return "not " + tag;
    }
    if (unknown < UNKNOWN) {
      return "";
    }
    Optional<LanguageIdentification.Guess> guess = LanguageIdentification.of(text);
    if (guess.isPresent() && guess.get().oddsAgainst(tag) > ODDS) {
      return guess.get().tag() + ", not " + tag;
    }
    return unknown > FOREIGN && words > SHORT ? "words that are not " + tag : "";
  }

  /** What is wrong with the order of words; empty if nothing is. */
  private static String disorder(String source, String target, PairFeatures features) {
    double least = 0;
    if (features.sourceWords() >= ORDERED) {
      least = WordOrder.of(Language.FRENCH).odds(source) / Math.sqrt(features.sourceWords());
    }
    if (features.targetWords() >= ORDERED) {
      double odds = WordOrder.of(Language.ENGLISH).odds(target);
      least = Math.min(least, odds / Math.sqrt(features.targetWords()));
    }
    boolean out = least < DISORDER || (least < 0 && features.concordance() < CONCORDANT);
    return out
        ? String.format(
            Locale.ROOT, "order %.1f, %.2f as on the other side", least, features.concordance())
        : "";
  }

  private static Verdict rejected(CorpusPair pair, Reason reason, String detail) {
    return new Verdict(pair, Optional.of(reason), detail);
  }
}
