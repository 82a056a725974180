package dev.verso.quote.trace;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leads from a French passage to its English words in a bitext, and from any English excerpt back
 * to the French it renders.
 *
 * <p>Both ways follow the word links. An excerpt that our translation holds word for word (case,
 * marks and spaces aside) is led back exactly. Any other, such as a quote in somebody else's
 * translation, is compared with our translation of every window of one to three sentences: the
 * similarity is the F1 of shared words, cut to five letters and weighted by how rare they are in
 * the article,
 *
 * <pre>  2 Σ idf(shared) / (Σ idf(excerpt) + Σ idf(window)),  idf(w) = ln((N + 1) / n(w))</pre>
 *
 * over the N sentences of which n(w) hold w. The best window is then narrowed to the words they
 * share.
 *
 * <p>Thread-safe. O(words) for each excerpt, O(log words) for each passage; O(words) memory.
 */
public final class QuoteTracer {

  /** Below this similarity a passage is not taken for the source of an excerpt. */
  public static final double FOUND = 0.25;

  private static final int LONGEST_WINDOW = 3;
  private static final int STEM = 5;
  private static final double PARTIAL = 0.6;

  private final Bitext bitext;
  private final List<TranslationUnit> units;
  private final Map<String, Double> idf = new HashMap<>();

  /** What stands between each pair of quotation marks of the target text, in order. */
  private final List<TextSpan> marked;

  /** A tracer over one translated article. */
  public QuoteTracer(Bitext bitext) {
    this(bitext, Cancellation.NONE);
  }

  /**
   * A tracer over one translated article.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public QuoteTracer(Bitext bitext, Cancellation cancellation) {
    this.bitext = bitext;
    this.units = bitext.units().filter(unit -> !unit.target().isEmpty()).toList();
    Map<String, Integer> holding = new HashMap<>();
    for (TranslationUnit unit : units) {
      cancellation.check();
      Set<String> seen = new HashSet<>();
      words(unit.targetText()).forEach(word -> seen.add(word.stem));
      seen.forEach(stem -> holding.merge(stem, 1, Integer::sum));
    }
    holding.forEach((stem, n) -> idf.put(stem, Math.log((units.size() + 1.0) / n)));
    this.marked = marked(bitext.targetText());
  }

  /**
   * The English words of a French passage: the range in the target text that its words are linked
   * to. Where the translation has quotation marks around about these words, what stands between the
   * marks.
   *
   * @param passage spans into the source document
   * @return empty if nothing of it was translated
   */
  public Optional<TextSpan> toEnglish(List<TextSpan> passage) {
    TextSpan found = null;
    for (TextSpan span : passage) {
      // Units are in the order of the source, each before the next.
      for (int k = firstReaching(span.start()); k < units.size(); k++) {
        TranslationUnit unit = units.get(k);
        if (unit.source().span().start() >= span.end()) {
          break;
        }
        if (!unit.source().span().overlaps(span)) {
          continue;
        }
        TextSpan part =
            span.contains(unit.source().span())
                ? withoutMarks(unit.target())
                : linkedTarget(unit, span);
        if (part != null) {
          found = found == null ? part : found.union(part);
        }
      }
    }
    return Optional.ofNullable(found).map(this::betweenMarks);
  }

  /** The first unit that ends after {@code position} in the source. */
  private int firstReaching(int position) {
    int low = 0;
    int high = units.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (units.get(middle).source().span().end() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static TextSpan linkedTarget(TranslationUnit unit, TextSpan span) {
    TextSpan found = null;
    for (AlignmentLink link : unit.links()) {
      if (link.strength() == AlignmentLink.Strength.SURE && span.contains(link.source())) {
        found = found == null ? link.target() : found.union(link.target());
      }
    }
    return found;
  }

  private TextSpan withoutMarks(TextSpan span) {
    int start = span.start();
    int end = span.end();
    while (start < end && isMarkOrSpace(bitext.targetText().charAt(start))) {
      start++;
    }
    while (end > start && isMarkOrSpace(bitext.targetText().charAt(end - 1))) {
      end--;
    }
    return new TextSpan(start, end);
  }

  /** From the first letter or digit of {@code span} to the last. */
  private TextSpan lettersOf(TextSpan span) {
    List<Token> tokens = words(span.of(bitext.targetText()));
    return tokens.isEmpty()
        ? span
        : tokens.get(0).span.union(tokens.get(tokens.size() - 1).span).shift(span.start());
  }

  private static boolean isMarkOrSpace(char c) {
    return c == '"' || c == '“' || c == '”' || Character.isWhitespace(c);
  }

  /** The pair of marks whose inside shares most with {@code span}, if that is most of both. */
  private TextSpan betweenMarks(TextSpan span) {
    TextSpan best = span;
    double bestOverlap = 0.5;
    int low = 0;
    int high = marked.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (marked.get(middle).end() <= span.start()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int k = low; k < marked.size() && marked.get(k).start() < span.end(); k++) {
      TextSpan inside = marked.get(k);
      double shared =
          Math.max(0, Math.min(inside.end(), span.end()) - Math.max(inside.start(), span.start()));
      double overlap = shared / Math.max(1, inside.union(span).length());
      if (inside.overlaps(span) && overlap > bestOverlap) {
        best = inside;
        bestOverlap = overlap;
      }
    }
    return best;
  }

  private static List<TextSpan> marked(String text) {
    List<TextSpan> marked = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        open = -1;
      } else if (c == '“' || (c == '"' && open < 0)) {
        open = i + 1;
      } else if ((c == '”' || c == '"') && open >= 0) {
        marked.add(new TextSpan(open, i));
        open = -1;
      }
    }
    return marked;
  }

  /**
   * The French that an English excerpt renders.
   *
   * @param excerpt English words, with or without quotation marks
   */
  public Trace trace(String excerpt) {
    return trace(excerpt, Cancellation.NONE);
  }

  /**
   * The French that an English excerpt renders.
   *
   * @param excerpt English words, with or without quotation marks
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Trace trace(String excerpt, Cancellation cancellation) {
    cancellation.check();
    List<Token> wanted = words(excerpt);
    if (wanted.isEmpty()) {
      return new Trace(Trace.Match.NOT_FOUND, 0, List.of(), null);
    }
    Optional<TextSpan> same = find(wanted);
    if (same.isPresent()) {
      return new Trace(Trace.Match.EXACT, 1, toFrench(same.get()), same.get());
    }
    int bestFrom = -1;
    int bestTo = -1;
    double best = 0;
    Sought sought = new Sought(wanted);
    for (int from = 0; from < units.size(); from++) {
      Map<String, Integer> held = new HashMap<>();
      double[] sums = new double[2];
      for (int to = from; to < Math.min(units.size(), from + LONGEST_WINDOW); to++) {
        cancellation.check();
        sought.add(words(units.get(to).targetText()), held, sums);
        double similarity = sought.similarity(sums);
        if (similarity > best + 1e-9) {
          best = similarity;
          bestFrom = from;
          bestTo = to;
        }
      }
    }
    if (best < FOUND) {
      return new Trace(Trace.Match.NOT_FOUND, best, List.of(), null);
    }
    TextSpan target = units.get(bestFrom).target().union(units.get(bestTo).target());
    TextSpan narrowed = narrow(wanted, target, cancellation);
    return new Trace(Trace.Match.SIMILAR, Math.min(1, best), toFrench(narrowed), narrowed);
  }

  /**
   * The French words linked to a range of the target text; whole sentences where it covers them.
   */
  private List<TextSpan> toFrench(TextSpan target) {
    List<TextSpan> passages = new ArrayList<>();
    for (TranslationUnit unit : units) {
      if (!unit.target().overlaps(target)) {
        continue;
      }
      TextSpan words = lettersOf(unit.target());
      boolean whole = target.contains(words);
      TextSpan found = null;
      for (AlignmentLink link : unit.links()) {
        if (!whole && target.overlaps(link.target())) {
          found = found == null ? link.source() : found.union(link.source());
        }
      }
      // Without a link the sentence is all that is known.
      passages.add(found == null ? unit.source().span() : found);
    }
    return passages;
  }

  /** The words of an excerpt in a row in the target text, by the search of Knuth, Morris, Pratt. */
  private Optional<TextSpan> find(List<Token> wanted) {
    List<Token> all = words(bitext.targetText());
    int[] border = new int[wanted.size()];
    for (int i = 1, k = 0; i < border.length; i++) {
      while (k > 0 && !wanted.get(i).word.equals(wanted.get(k).word)) {
        k = border[k - 1];
      }
      k += wanted.get(i).word.equals(wanted.get(k).word) ? 1 : 0;
      border[i] = k;
    }
    for (int i = 0, k = 0; i < all.size(); i++) {
      while (k > 0 && !all.get(i).word.equals(wanted.get(k).word)) {
        k = border[k - 1];
      }
      k += all.get(i).word.equals(wanted.get(k).word) ? 1 : 0;
      if (k == wanted.size()) {
        return Optional.of(new TextSpan(all.get(i - k + 1).span.start(), all.get(i).span.end()));
      }
    }
    return Optional.empty();
  }

  /** The words of an excerpt, counted, for comparison with windows that grow. */
  private final class Sought {
    private final Map<String, Integer> counts = new HashMap<>();
    private double total;

    Sought(List<Token> wanted) {
      for (Token token : wanted) {
        counts.merge(token.stem, 1, Integer::sum);
        total += weight(token);
      }
    }

    /**
     * Adds words to a window.
     *
     * @param held how many of the excerpt's stems it holds
     * @param sums the weight of what both hold, and of the window
     */
    void add(List<Token> words, Map<String, Integer> held, double[] sums) {
      for (Token token : words) {
        double weight = weight(token);
        sums[1] += weight;
        Integer count = counts.get(token.stem);
        if (count != null && held.merge(token.stem, 1, Integer::sum) <= count) {
          sums[0] += weight;
        }
      }
    }

    double similarity(double[] sums) {
      double all = total + sums[1];
      return all == 0 ? 0 : 2 * sums[0] / all;
    }
  }

  private double weight(Token token) {
    return idf.getOrDefault(token.stem, Math.log(units.size() + 1.0));
  }

  /** From the first to the last word that is shared, unless the excerpt is about the whole. */
  private TextSpan narrow(List<Token> wanted, TextSpan target, Cancellation cancellation) {
    List<Token> window = new ArrayList<>();
    for (Token token : words(target.of(bitext.targetText()))) {
      window.add(new Token(token.span.shift(target.start()), token.word, token.stem));
    }
    if (wanted.size() >= PARTIAL * window.size()) {
      return target;
    }
    Set<String> stems = new HashSet<>();
    wanted.forEach(token -> stems.add(token.stem));
    // The stretch about as long as the excerpt that holds most of its weight.
    int length = Math.min(window.size(), wanted.size() + wanted.size() / 4 + 1);
    int bestStart = 0;
    double best = -1;
    double[] weights = new double[window.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = stems.contains(window.get(i).stem) ? weight(window.get(i)) : 0;
    }
    for (int start = 0; start + length <= window.size(); start++) {
      cancellation.check();
      double held = 0;
      for (int i = start; i < start + length; i++) {
        held += weights[i];
      }
      if (held > best) {
        best = held;
        bestStart = start;
      }
    }
    return window.get(bestStart).span.union(window.get(bestStart + length - 1).span);
  }

  /**
   * A word of an English text.
   *
   * @param span where it stands
   * @param word in lower case
   * @param stem its first five letters
   */
  private record Token(TextSpan span, String word, String stem) {}

  private static List<Token> words(String text) {
    List<Token> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!Character.isLetterOrDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
        i++;
      }
      String word = text.substring(start, i).toLowerCase(Locale.ROOT);
      words.add(
          new Token(
              new TextSpan(start, i), word, word.substring(0, Math.min(STEM, word.length()))));
    }
    return words;
  }
}
