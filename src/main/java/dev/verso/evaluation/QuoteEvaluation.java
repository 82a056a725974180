package dev.verso.evaluation;

import dev.verso.evaluation.GoldQuotes.GoldQuote;
import dev.verso.quote.Quote;
import dev.verso.quote.QuoteReport;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.text.Accents;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scores extracted quotes against gold ones.
 *
 * <p>Two quotes overlap by the Jaccard index of their characters' positions (code points). Pairs
 * are matched one to one, greedily from the greatest overlap down, whatever their types. A
 * prediction that matches nothing at 0.3 and of which at least half is in ignored text is dropped,
 * and so is an indirect one of which nine tenths are in marked gold content or half is in the
 * clause around a mixed quote. Precision and recall count matches at an overlap of at least 0.3,
 * 0.8 and 1. A speaker is right if its mention overlaps the gold mention or the fullest mention, or
 * the names share a word. The definitions are those of the gold set's own scorer, and the figures
 * agree with it.
 */
public final class QuoteEvaluation {

  /** The families of quotes that are scored, by name. */
  static final Map<String, Set<QuoteType>> FAMILIES = families();

  /** The overlaps at which they are scored, by name. */
  static final Map<String, Double> OVERLAPS = overlaps();

  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Set<String> STOP =
      Set.of("les", "des", "une", "son", "ses", "aux", "pour", "sur", "dans", "the");

  private final Map<String, long[]> counts = new LinkedHashMap<>();

  private QuoteEvaluation() {}

  private static Map<String, Set<QuoteType>> families() {
    Map<String, Set<QuoteType>> families = new LinkedHashMap<>();
    families.put("all", Set.of(QuoteType.values()));
    families.put("marked", Set.of(QuoteType.DIRECT, QuoteType.MIXED));
    families.put("direct", Set.of(QuoteType.DIRECT));
    families.put("mixed", Set.of(QuoteType.MIXED));
    families.put("indirect", Set.of(QuoteType.INDIRECT));
    return families;
  }

  private static Map<String, Double> overlaps() {
    Map<String, Double> overlaps = new LinkedHashMap<>();
    overlaps.put("0.3", .3);
    overlaps.put("0.8", .8);
    overlaps.put("exact", 1.0);
    return overlaps;
  }

  /**
   * Scores {@code extractor} on {@code gold}.
   *
   * @throws IllegalArgumentException if the gold set is empty
   */
  public static QuoteScores run(
      String name, List<GoldQuotes> gold, Function<String, QuoteReport> extractor) {
    if (gold.isEmpty()) {
      throw new IllegalArgumentException("there are no gold documents in " + name);
    }
    QuoteEvaluation evaluation = new QuoteEvaluation();
    for (GoldQuotes document : gold) {
      evaluation.add(document, extractor.apply(document.text()).quotes());
    }
    return new QuoteScores(name, gold.size(), evaluation.counts);
  }

  private record Match(int gold, int predicted, double overlap) {}

  private void add(GoldQuotes gold, List<Quote> predicted) {
    String text = gold.text();
    List<BitSet> goldSets = new ArrayList<>();
    BitSet marked = new BitSet();
    BitSet clauses = new BitSet();
    for (GoldQuote quote : gold.quotes()) {
      BitSet set = characters(text, quote.content());
      goldSets.add(set);
      if (quote.type() != QuoteType.INDIRECT) {
        marked.or(set);
      }
      if (quote.clause() != null) {
        clauses.or(characters(text, List.of(quote.clause())));
      }
    }
    BitSet ignored = characters(text, gold.ignored());
    List<BitSet> sets = new ArrayList<>();
    for (Quote quote : predicted) {
      sets.add(characters(text, quote.content()));
    }
    List<Match> matches = match(goldSets, sets, .3);
    BitSet matched = new BitSet();
    for (Match match : matches) {
      matched.set(match.predicted());
    }
    List<Quote> kept = new ArrayList<>();
    List<BitSet> keptSets = new ArrayList<>();
    for (int i = 0; i < predicted.size(); i++) {
      boolean indirect = predicted.get(i).type() == QuoteType.INDIRECT;
      boolean dropped =
          !matched.get(i)
              && (share(sets.get(i), ignored) >= .5
                  || (indirect
                      && (share(sets.get(i), marked) >= .9 || share(sets.get(i), clauses) >= .5)));
      if (!dropped) {
        kept.add(predicted.get(i));
        keptSets.add(sets.get(i));
      }
    }
    OVERLAPS.forEach(
        (label, overlap) -> {
          List<Match> pairs = match(goldSets, keptSets, overlap);
          FAMILIES.forEach(
              (family, types) -> {
                count(
                    family + " R@" + label,
                    pairs.stream()
                        .filter(m -> types.contains(gold.quotes().get(m.gold()).type()))
                        .count(),
                    gold.quotes().stream().filter(q -> types.contains(q.type())).count());
                count(
                    family + " P@" + label,
                    pairs.stream()
                        .filter(m -> types.contains(kept.get(m.predicted()).type()))
                        .count(),
                    kept.stream().filter(q -> types.contains(q.type())).count());
              });
        });
    for (Match match : matches) {
      attribution(gold.quotes().get(match.gold()), predicted.get(match.predicted()));
    }
    characters(text, marked, ignored, kept);
    for (TextSpan span : gold.nonQuotes()) {
      BitSet set = characters(text, List.of(span));
      boolean taken = false;
      for (int i = 0; i < predicted.size(); i++) {
        taken |= predicted.get(i).type() != QuoteType.INDIRECT && overlap(set, sets.get(i)) >= .5;
      }
      count("non-quotes taken for quotes", taken ? 1 : 0, 1);
    }
  }

  private void characters(String text, BitSet marked, BitSet ignored, List<Quote> kept) {
    BitSet gold = (BitSet) marked.clone();
    gold.andNot(ignored);
    BitSet predicted = new BitSet();
    for (Quote quote : kept) {
      if (quote.type() != QuoteType.INDIRECT) {
        predicted.or(characters(text, quote.content()));
      }
    }
    predicted.andNot(ignored);
    BitSet both = (BitSet) gold.clone();
    both.and(predicted);
    count("characters of marked quotes, recall", both.cardinality(), gold.cardinality());
    count("characters of marked quotes, precision", both.cardinality(), predicted.cardinality());
  }

  private void attribution(GoldQuote gold, Quote quote) {
    count("type of matched quotes", gold.type() == quote.type() ? 1 : 0, 1);
    boolean named = sharesName(quote.speakerName(), gold.speakerName());
    boolean right =
        gold.speaker() == null
            ? (quote.speaker() == null && quote.speakerName() == null) || named
            : overlaps(gold.speaker(), quote.speaker())
                || overlaps(gold.speakerCoref(), quote.speaker())
                || named;
    count("speaker of matched quotes", right ? 1 : 0, 1);
    String kind =
        gold.speaker() == null
            ? "none"
            : gold.cue() == null
                ? "without a cue"
                : gold.speakerCoref() != null ? "to be resolved" : "in full";
    count("  speaker " + kind, right ? 1 : 0, 1);
    if (gold.speaker() != null) {
      count("  speaker's mention", overlaps(gold.speaker(), quote.speaker()) ? 1 : 0, 1);
    }
    if (gold.speakerCoref() != null) {
      boolean resolved = overlaps(gold.speakerCoref(), quote.speaker()) || named;
      count("  speaker's fullest mention or name", resolved ? 1 : 0, 1);
    }
    if (gold.cue() != null) {
      count("cue of matched quotes", overlaps(gold.cue(), quote.cue()) ? 1 : 0, 1);
    }
    count("negation of matched quotes", gold.negated() == quote.negated() ? 1 : 0, 1);
  }

  private void count(String name, long right, long all) {
    long[] pair = counts.computeIfAbsent(name, key -> new long[2]);
    pair[0] += right;
    pair[1] += all;
  }

  /** The positions of {@code spans}' characters; a surrogate pair counts once. */
  private static BitSet characters(String text, List<TextSpan> spans) {
    BitSet set = new BitSet();
    for (TextSpan span : spans) {
      for (int i = span.start(); i < span.end(); i++) {
        boolean second =
            i > span.start()
                && Character.isLowSurrogate(text.charAt(i))
                && Character.isHighSurrogate(text.charAt(i - 1));
        if (!second) {
          set.set(i);
        }
      }
    }
    return set;
  }

  private static List<Match> match(List<BitSet> gold, List<BitSet> predicted, double least) {
    List<Match> all = new ArrayList<>();
    for (int i = 0; i < gold.size(); i++) {
      for (int j = 0; j < predicted.size(); j++) {
        double overlap = overlap(gold.get(i), predicted.get(j));
        if (overlap > 0 && overlap >= least) {
          all.add(new Match(i, j, overlap));
        }
      }
    }
    all.sort(
        Comparator.comparingDouble(Match::overlap)
            .thenComparingInt(Match::gold)
            .thenComparingInt(Match::predicted)
            .reversed());
    BitSet goldUsed = new BitSet();
    BitSet predictedUsed = new BitSet();
    List<Match> matches = new ArrayList<>();
    for (Match match : all) {
      if (!goldUsed.get(match.gold()) && !predictedUsed.get(match.predicted())) {
        goldUsed.set(match.gold());
        predictedUsed.set(match.predicted());
        matches.add(match);
      }
    }
    return matches;
  }

  private static double overlap(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    int shared = both.cardinality();
    return shared == 0 ? 0 : (double) shared / (a.cardinality() + b.cardinality() - shared);
  }

  private static double share(BitSet of, BitSet in) {
    if (of.isEmpty()) {
      return 0;
    }
    BitSet both = (BitSet) of.clone();
    both.and(in);
    return (double) both.cardinality() / of.cardinality();
  }

  private static boolean overlaps(TextSpan a, TextSpan b) {
    return a != null && b != null && a.overlaps(b);
  }

  private static boolean sharesName(String predicted, String gold) {
    Set<String> words = nameWords(gold);
    words.removeAll(STOP);
    words.retainAll(nameWords(predicted));
    return !words.isEmpty();
  }

  private static Set<String> nameWords(String name) {
    Set<String> words = new HashSet<>();
    if (name == null) {
      return words;
    }
    String plain = Accents.folded(name.toLowerCase(Locale.ROOT)).replaceAll("[^\\x00-\\x7f]", "");
    Matcher matcher = WORD.matcher(plain);
    while (matcher.find()) {
      if (matcher.group().length() > 2) {
        words.add(matcher.group());
      }
    }
    return words;
  }
}
