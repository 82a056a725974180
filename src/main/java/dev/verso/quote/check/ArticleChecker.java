package dev.verso.quote.check;

import dev.verso.quote.Quote;
import dev.verso.quote.QuoteExtractor;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.check.Finding.Severity;
import dev.verso.quote.check.Judgement.Label;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Language;
import dev.verso.text.Segment;
import dev.verso.text.SpanMap;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Checks English quotes against a French article: finds the passage of one to three sentences that
 * each renders, has {@link QuoteChecker} compare them, and looks at who speaks there and whether
 * the quote joins statements that stand apart.
 *
 * <p>A window of sentences is as good as the weight of the quote's words that its words translate,
 * by the lexicon over stems, less a little for each further sentence; the best {@value #CANDIDATES}
 * are compared in full. Thread-safe. O(words of the article × words of the quote), each word that
 * recurs taken once, and a few checks a quote; a splice is looked for only where that is quick.
 */
public final class ArticleChecker {

  private static final int LONGEST_WINDOW = 3;
  private static final int CANDIDATES = 3;
  private static final double FOUND = 0.3;
  private static final double WHOLE = 0.6;

  /** Words of a sentence that are taken at once. */
  private static final int MOST_WORDS = 256;

  /** Pairs of a sentence and a word of the quote up to which splices are looked for. */
  private static final long MOST_PAIRS = 2_000_000;

  /** As many for all places together where the quote may be spliced. */
  private static final long MOST_STEPS = 200_000_000;

  private final Document article;
  private final QuoteChecker checker;
  private final List<Segment> segments;
  private final List<Side> sides;
  private final List<Quote> quotes;
  private final Cancellation cancellation;

  private final Readings readings;

  /** A checker over one article that nobody calls off. */
  public ArticleChecker(Document article, QuoteChecker checker) {
    this(article, checker, Cancellation.NONE);
  }

  /**
   * A checker over one article.
   *
   * @param cancellation checked every few milliseconds, also while quotes are checked
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public ArticleChecker(Document article, QuoteChecker checker, Cancellation cancellation) {
    this.article = article;
    this.checker = checker;
    this.readings = checker.readings();
    this.cancellation = cancellation;
    List<Segment> parts = new ArrayList<>();
    List<Side> read = new ArrayList<>();
    for (Block block : article.blocks()) {
      if (block.isContent()) {
        for (Segment segment : block.segments()) {
          cancellation.check();
          add(segment, parts, read);
        }
      }
    }
    this.segments = List.copyOf(parts);
    this.sides = List.copyOf(read);
    this.quotes = QuoteExtractor.of(Language.FRENCH).extract(article, cancellation);
  }

  /** A sentence longer than any is taken in stretches: all words of a passage are compared. */
  private static void add(Segment segment, List<Segment> parts, List<Side> read) {
    Side side = new Side(segment.text(), Language.FRENCH);
    if (side.size() <= MOST_WORDS) {
      parts.add(segment);
      read.add(side);
      return;
    }
    for (int from = 0; from < side.size(); from += MOST_WORDS) {
      TextSpan stretch = side.span(from, Math.min(side.size(), from + MOST_WORDS));
      SpanMap map = segment.map().slice(stretch);
      Segment part = new Segment(segment.toRaw(stretch), stretch.of(segment.text()), map);
      parts.add(part);
      read.add(new Side(part.text(), Language.FRENCH));
    }
  }

  /** Words of a quote that may be found by what the model finds likely. */
  private static final int MOST_LIKELY_WORDS = 12;

  private static final int MOST_LIKELY_QUOTES = 60;

  /** Share of the words that must be known for a verdict on a place that was found like this. */
  private static final double KNOWN = 0.6;

  /** Just below what is called faithful. */
  private static final double UNDECIDED = 0.45;

  /** Nats a piece by which the likeliest place must lead, and how likely it must be. */
  private static final double LEAST_MARGIN = 1;

  private static final double LEAST_LIKELY = -3.5;

  private record Window(int from, int to, double score) {}

  private record Looked(Window window, Signals signals, double worth) {}

  /** A place looked at in part, and what it is worth at most. */
  private record Begun(Window window, QuoteChecker.Look look, double most) {}

  /**
   * Checks a quote.
   *
   * @param english its words
   * @param speaker who is said to have said it, or null
   * @param direct whether it stands in quotation marks
   * @throws IllegalArgumentException if it is blank
   */
  public CheckedQuote check(String english, String speaker, boolean direct) {
    if (english.isBlank()) {
      throw new IllegalArgumentException("nothing to check: the quote is blank");
    }
    Side side = new Side(english, Language.ENGLISH);
    Covered covered = new Covered(side);
    List<Window> windows = windows(covered, 0, side.size());
    boolean likely = false;
    if (windows.isEmpty() || windows.get(0).score < FOUND) {
      windows = likely(english, side);
      likely = true;
    }
    if (windows.isEmpty()) {
      return new CheckedQuote(
          english,
          speaker,
          "",
          List.of(),
          new Judgement(
              Label.NOT_IN_SOURCE, 0.02, List.of(), "No passage of the article says the like."));
    }
    List<Window> candidates =
        windows.stream()
            .limit(CANDIDATES)
            .map(candidate -> withoutLenders(candidate, side))
            .distinct()
            .toList();
    Looked best = best(candidates, english, direct);
    Window window = best.window;
    Judgement judgement = raw(QuoteChecker.judge(best.signals, checker.weights()), window);
    List<TextSpan> passage =
        segments.subList(window.from, window.to).stream().map(Segment::span).toList();
    Finding spliced = best.signals.coverage < 0.8 ? spliced(covered, english) : null;
    if (spliced != null) {
      judgement = with(judgement, spliced);
    }
    if (likely && best.signals.coverage < KNOWN && judgement.label() == Label.FAITHFUL) {
      judgement = unknown(judgement, passage.get(0));
    }
    String note = "";
    if (speaker != null && judgement.label() != Label.NOT_IN_SOURCE) {
      Optional<Quote> quoted = quoted(passage, best.signals.scope, window);
      SpeakerComparison.Outcome outcome =
          quoted
              .map(quote -> SpeakerComparison.compare(speaker, quote, article))
              .orElse(SpeakerComparison.Outcome.SAME);
      if (outcome.other().isPresent()) {
        judgement = with(judgement, outcome.other().get());
      }
      note = outcome.note();
    }
    return new CheckedQuote(english, speaker, note, passage, judgement);
  }

  /** A window without sentences at its ends that only lend it a figure or a name. */
  private Window withoutLenders(Window window, Side english) {
    int from = window.from;
    int to = window.to;
    boolean narrowed = true;
    while (narrowed && to - from > 1) {
      narrowed = false;
      if (lends(from, from + 1, to, english)) {
        from++;
        narrowed = true;
      } else if (lends(to - 1, from, to - 1, english)) {
        to--;
        narrowed = true;
      }
    }
    return new Window(from, to, window.score);
  }

  private boolean lends(int edge, int from, int to, Side english) {
    return LentDetail.is(
        sides.get(edge), sides.subList(from, to), english, Bridge.shipped(), cancellation);
  }

  /**
   * The place of most worth, the first of several. What is seen last costs most and only lowers a
   * worth: places whose worth can't reach the best one's any more are spared it.
   */
  private Looked best(List<Window> windows, String english, boolean direct) {
    Readings ofQuote = readings.forAnotherQuote();
    List<Begun> begun = new ArrayList<>();
    for (Window window : windows) {
      QuoteChecker.Look look =
          checker.begin(new CheckItem(text(window), null, english, direct), ofQuote, cancellation);
      begun.add(new Begun(window, look, worth(window, look.signals())));
    }
    List<Begun> promising = new ArrayList<>(begun);
    promising.sort(Comparator.comparingDouble(one -> -one.most));
    Looked best = null;
    int first = 0;
    for (Begun one : promising) {
      int place = begun.indexOf(one);
      if (best != null && (one.most < best.worth || (one.most == best.worth && place > first))) {
        continue;
      }
      Signals signals = one.look.complete();
      double worth = worth(one.window, signals);
      if (best == null || worth > best.worth || (worth == best.worth && place < first)) {
        best = new Looked(one.window, signals, worth);
        first = place;
      }
    }
    return best;
  }

  private double worth(Window window, Signals signals) {
    return signals.coverage
        + 0.5 * signals.frenchCoverage
        + 0.5 * (1 - checker.weights().suspicion(signals.values()))
        - 0.05 * (window.to - window.from - 1);
  }

  /**
   * The passage that is most likely meant, of whose words the lexicon knows too few for a verdict:
   * "He fooled us" and "He loved us" are alike to it. To call either faithful would be a guess.
   */
  private static Judgement unknown(Judgement judgement, TextSpan passage) {
    String message =
        "This is most likely the passage, but too few of its words are known to say that the quote"
            + " is faithful: read both.";
    Finding finding =
        new Finding(ErrorKind.ADDITION, Severity.MINOR, passage, null, message, 1 - UNDECIDED);
    return new Judgement(
        Label.UNFAITHFUL, Math.min(UNDECIDED, judgement.probability()), List.of(finding), message);
  }

  private static Judgement with(Judgement judgement, Finding finding) {
    List<Finding> findings = new ArrayList<>(List.of(finding));
    findings.addAll(judgement.findings());
    return new Judgement(
        Label.UNFAITHFUL, Math.min(0.1, judgement.probability()), findings, finding.message());
  }

  /** How well each sentence covers each word of a quote. */
  private final class Covered {
    final Side english;
    final double[] weights;

    /** The rows found, [word][sentence], or null where they take too much memory to be kept. */
    private final double[][] rows;

    /** For each French word how well it covers the English ones met, by their keys. */
    private final Map<String, Map<String, Double>> known = new HashMap<>();

    private double[] last;
    private int lastWord = -1;

    Covered(Side english) {
      this.english = english;
      this.rows =
          (long) english.size() * segments.size() <= MOST_PAIRS
              ? new double[english.size()][]
              : null;
      this.weights = new double[english.size()];
      for (int j = 0; j < weights.length; j++) {
        Side.Token token = english.at(j);
        boolean slight = Cues.any(english, "discourse", j, j + 1);
        weights[j] =
            !token.content() ? 0 : slight ? 0.3 : token.isCapital() || token.isDigits() ? 1.5 : 1;
      }
    }

    boolean isKept() {
      return rows != null;
    }

    /** How well each sentence covers word {@code j}. */
    double[] row(int j) {
      if (rows != null) {
        if (rows[j] == null) {
          rows[j] = found(j);
        }
        return rows[j];
      }
      if (lastWord != j) {
        last = found(j);
        lastWord = j;
      }
      return last;
    }

    private double[] found(int j) {
      double[] row = new double[segments.size()];
      Side.Token token = english.at(j);
      Map<String, Double> scores = known.computeIfAbsent(token.key(), key -> new HashMap<>());
      for (int s = 0; s < row.length && weights[j] > 0; s++) {
        cancellation.check();
        for (Side.Token french : sides.get(s).tokens) {
          if (!french.mark()) {
            Double score = scores.get(french.key());
            if (score == null) {
              score =
                  Math.max(
                      Bridge.shipped().score(french.stem(), token.stem()),
                      Pair.alike(french, token));
              scores.put(french.key(), score);
            }
            row[s] = Math.max(row[s], score);
          }
        }
      }
      if (rows == null) {
        known.remove(token.key()); // kept for all words it would take as much as the rows
      }
      return row;
    }
  }

  private List<Window> windows(Covered covered, int first, int end) {
    double all = 0;
    for (int j = first; j < end; j++) {
      all += covered.weights[j];
    }
    List<Window> windows = new ArrayList<>();
    if (all == 0) {
      return windows;
    }
    double[][] got = new double[LONGEST_WINDOW][segments.size()];
    for (int j = first; j < end; j++) {
      cancellation.check();
      double weight = covered.weights[j];
      if (weight == 0) {
        continue;
      }
      double[] row = covered.row(j);
      for (int from = 0; from < row.length; from++) {
        double most = 0;
        for (int width = 1; width <= LONGEST_WINDOW && from + width <= row.length; width++) {
          most = Math.max(most, row[from + width - 1]);
          got[width - 1][from] += weight * Math.min(1, most);
        }
      }
    }
    for (int from = 0; from < segments.size(); from++) {
      for (int to = from + 1; to <= Math.min(segments.size(), from + LONGEST_WINDOW); to++) {
        windows.add(new Window(from, to, got[to - from - 1][from] / all - 0.06 * (to - from - 1)));
      }
    }
    windows.sort(Comparator.comparingDouble((Window w) -> -w.score).thenComparingInt(Window::from));
    return windows;
  }

  /**
   * The place of a short quote whose words the lexicon doesn't know: the one of the article's own
   * quotes of like length that the model finds by far the likeliest to be meant, if there is one.
   */
  private List<Window> likely(String english, Side side) {
    if (side.size() > MOST_LIKELY_WORDS) {
      return List.of();
    }
    List<String> french = new ArrayList<>();
    List<Window> places = new ArrayList<>();
    for (Quote quote : quotes) {
      String words = quote.words(article);
      int size = words.split("\\s+").length;
      Window place = place(quote);
      if (quote.type() != QuoteType.INDIRECT
          && place != null
          && size <= 2 * side.size() + 1
          && side.size() <= 2 * size + 1
          && french.size() < MOST_LIKELY_QUOTES) {
        french.add(words);
        places.add(place);
      }
    }
    if (french.isEmpty()) {
      return List.of();
    }
    List<Double> scores = checker.likelihoods(french, english, cancellation);
    int best = 0;
    for (int i = 1; i < scores.size(); i++) {
      best = scores.get(i) > scores.get(best) ? i : best;
    }
    for (int i = 0; i < scores.size(); i++) {
      boolean other = i != best && !places.get(i).equals(places.get(best));
      if (other && scores.get(i) > scores.get(best) - LEAST_MARGIN) {
        return List.of();
      }
    }
    return scores.get(best) < LEAST_LIKELY ? List.of() : List.of(places.get(best));
  }

  /** The sentences that hold a quote; null if they are too many. */
  private Window place(Quote quote) {
    int from = -1;
    int to = -1;
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).span().overlaps(quote.extent())) {
        from = from < 0 ? i : from;
        to = i + 1;
      }
    }
    return from < 0 || to - from > LONGEST_WINDOW ? null : new Window(from, to, FOUND);
  }

  private String text(Window window) {
    StringBuilder text = new StringBuilder();
    for (Segment segment : segments.subList(window.from, window.to)) {
      text.append(text.isEmpty() ? "" : " ").append(segment.text());
    }
    return text.toString();
  }

  /** A range of a window's text in the article's input. */
  private TextSpan raw(TextSpan span, Window window) {
    TextSpan found = null;
    int offset = 0;
    for (Segment segment : segments.subList(window.from, window.to)) {
      int from = Math.max(0, span.start() - offset);
      int to = Math.min(segment.text().length(), span.end() - offset);
      if (from < to) {
        TextSpan part = segment.toRaw(new TextSpan(from, to));
        found = found == null ? part : found.union(part);
      }
      offset += segment.text().length() + 1;
    }
    return found;
  }

  private Judgement raw(Judgement judgement, Window window) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : judgement.findings()) {
      findings.add(
          new Finding(
              finding.kind(),
              finding.severity(),
              finding.source() == null ? null : raw(finding.source(), window),
              finding.target(),
              finding.message(),
              finding.strength()));
    }
    return new Judgement(
        judgement.label(), judgement.probability(), findings, judgement.explanation());
  }

  /** What the article quotes of the passage, the one that shares most with it. */
  private Optional<Quote> quoted(List<TextSpan> passage, TextSpan scope, Window window) {
    TextSpan rendered = scope == null ? passage.get(0) : raw(scope, window);
    Quote best = null;
    int most = 0;
    for (Quote quote : quotes) {
      int shared = 0;
      for (TextSpan span : quote.content()) {
        shared +=
            Math.max(
                0, Math.min(span.end(), rendered.end()) - Math.max(span.start(), rendered.start()));
      }
      if (shared > most) {
        most = shared;
        best = quote;
      }
    }
    return Optional.ofNullable(best).filter(quote -> quote.speakerName() != null);
  }

  /** Two statements that stand apart in the article, joined without a sign of it. */
  private Finding spliced(Covered covered, String text) {
    Side english = covered.english;
    long seams =
        IntStream.range(4, Math.max(4, english.size() - 3))
            .filter(cut -> isSeam(english.key(cut - 1)))
            .count();
    if (!covered.isKept() || seams * english.size() * segments.size() > MOST_STEPS) {
      return null;
    }
    for (int cut = 4; cut + 4 <= english.size(); cut++) {
      if (!isSeam(english.key(cut - 1)) || text.contains("…") || text.contains("...")) {
        continue;
      }
      List<Window> left = windows(covered, 0, cut);
      List<Window> right = windows(covered, cut, english.size());
      if (left.isEmpty()
          || right.isEmpty()
          || content(english, 0, cut) < 3
          || content(english, cut, english.size()) < 3) {
        continue;
      }
      Window a = left.get(0);
      Window b = right.get(0);
      if (a.to - a.from > 1 || b.to - b.from > 1 || a.score < WHOLE || b.score < WHOLE) {
        continue;
      }
      boolean apart = Math.abs(a.from - b.from) > 1;
      if (!apart || within(right, a) > WHOLE - 0.25 || within(left, b) > WHOLE - 0.25) {
        continue;
      }
      return new Finding(
          ErrorKind.SPLICED,
          Severity.MAJOR,
          segments.get(b.from).span(),
          english.span(cut, english.size()),
          "This joins two statements that stand apart in the article.",
          0.9);
    }
    return null;
  }

  private static boolean isSeam(String key) {
    return (key.length() == 1 && ".;,:!?—–-".contains(key))
        || key.equals("and")
        || key.equals("but");
  }

  private static double within(List<Window> windows, Window place) {
    return windows.stream()
        .filter(w -> w.from == place.from && w.to == place.to)
        .mapToDouble(Window::score)
        .max()
        .orElse(0);
  }

  private static int content(Side side, int from, int to) {
    int count = 0;
    for (int j = from; j < to; j++) {
      count += side.at(j).content() ? 1 : 0;
    }
    return count;
  }
}
