package dev.verso.translation;

import dev.verso.decoding.LexicalSupport;
import dev.verso.language.WordLists;
import dev.verso.model.Attention;
import dev.verso.model.TranslationModel;
import dev.verso.model.WordList;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a translation a network's word stands for a rare one, and what the translation begins
 * with if a dictionary's word stands there instead.
 *
 * <p>A network's word stands for a rare one if no other looks at it as much, and {@value
 * #LEAST_ATTENTION} or more. If the lexicon has often seen the two together (support of {@value
 * #SUPPORTED} or more), it is taken for a translation that the dictionary does not know.
 *
 * <p>Immutable and thread-safe. Linear in the translation for each rare word.
 */
final class RareWordPlaces {

  /** The least attention on a rare word, summed over its pieces, of the word that stands for it. */
  private static final double LEAST_ATTENTION = .3;

  /** Support, in nats, of a word that needs no dictionary (decision 16). */
  private static final double SUPPORTED = -1.5;

  private static final Pattern WORD =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}]*(?:['’-]\\p{L}[\\p{L}\\p{M}]*)*");
  private static final Pattern LETTERS = Pattern.compile("\\p{L}+");
  private static final Pattern ARTICLE = Pattern.compile("(?i)(?<!\\S)a(?=n?\\s$)");

  /** Beginnings of words, and the article before them. */
  private static final Map<String, String> ARTICLES = articles();

  private final TranslationModel model;
  private final RareWords words;
  private final LexicalSupport lexicon;

  RareWordPlaces(TranslationModel model, RareWords words, LexicalSupport lexicon) {
    this.model = model;
    this.words = words;
    this.lexicon = lexicon;
  }

  /**
   * A rare word, and pieces with one of which a translation begins that has the dictionary's word
   * in the place of the network's.
   */
  record Place(RareWords.Lost word, List<List<Integer>> beginnings) {}

  /**
   * A word of a translation.
   *
   * @param start where it begins
   * @param runStart where the words before it begin that stand for the same
   * @param text the word
   */
  private record Target(int start, int runStart, String text) {}

  /** The rare words of which a translation has nothing. */
  List<RareWords.Lost> lost(DecodedPart part) {
    return words.lost(part.input(), part.decoded().text());
  }

  /** Those in whose place there is no word that the lexicon has often seen with them either. */
  List<RareWords.Lost> wanted(DecodedPart part) {
    return lost(part).stream()
        .filter(word -> target(part, word).map(at -> !isSupported(part, word, at)).orElse(true))
        .toList();
  }

  /** The first place in a translation for a rare word; none for those that were tried. */
  Optional<Place> first(DecodedPart part, Predicate<TextSpan> tried) {
    List<RareWords.Lost> word = new ArrayList<>();
    Optional<Target> first = Optional.empty();
    for (RareWords.Lost one : lost(part)) {
      Optional<Target> target =
          tried.test(one.span())
              ? Optional.empty()
              : target(part, one).filter(at -> !isSupported(part, one, at));
      if (target.isPresent() && (first.isEmpty() || target.get().start < first.get().start)) {
        word.add(one);
        first = target;
      }
    }
    return first.map(target -> place(part.decoded().text(), word.get(word.size() - 1), target));
  }

  private Optional<Target> target(DecodedPart part, RareWords.Lost word) {
    Attention attention = part.hypothesis().attention();
    List<TextSpan> pieces = part.decoded().spans();
    List<Integer> source = positions(part, word);
    Optional<Target> best = Optional.empty();
    double most = LEAST_ATTENTION;
    int runStart = -1;
    int piece = 0;
    Matcher matcher = WORD.matcher(part.decoded().text());
    while (matcher.find()) {
      while (piece < pieces.size() && pieces.get(piece).end() <= matcher.start()) {
        piece++;
      }
      double own = 0;
      int end = Math.min(pieces.size(), attention.length());
      for (int t = piece; t < end && pieces.get(t).start() < matcher.end(); t++) {
        Attention.Row row = attention.rows().get(t);
        own =
            Math.max(own, source.stream().filter(s -> s < row.length()).mapToDouble(row::at).sum());
      }
      runStart = own < LEAST_ATTENTION ? -1 : runStart < 0 ? matcher.start() : runStart;
      if (own >= most) {
        best = Optional.of(new Target(matcher.start(), runStart, matcher.group()));
        most = Math.nextUp(own);
      }
    }
    return best;
  }

  /** The source's pieces of a rare word. */
  private static List<Integer> positions(DecodedPart part, RareWords.Lost word) {
    List<Integer> positions = new ArrayList<>();
    List<TextSpan> spans = part.encoding().spans();
    for (int s = 0; s < spans.size(); s++) {
      if (spans.get(s).overlaps(word.span())) {
        positions.add(s);
      }
    }
    return positions;
  }

  private boolean isSupported(DecodedPart part, RareWords.Lost word, Target target) {
    List<Integer> source = positions(part, word).stream().map(part.encoding().ids()::get).toList();
    return lexicon.support(source, model.targetTokenizer().encode(target.text).ids()) >= SUPPORTED;
  }

  private Place place(String text, RareWords.Lost word, Target target) {
    Set<List<Integer>> beginnings = new LinkedHashSet<>();
    for (int at : new int[] {target.start, target.runStart}) {
      String before = text.substring(0, at);
      Matcher article = ARTICLE.matcher(before);
      Optional<String> a =
          article.find() ? Optional.of(before.substring(0, article.end())) : Optional.empty();
      for (String form : forms(word)) {
        String start = a.map(to -> to + (article(form).equals("an") ? "n " : " ")).orElse(before);
        String own = at > 0 ? form : Character.toUpperCase(form.charAt(0)) + form.substring(1);
        beginnings.add(model.targetTokenizer().encode(start + own).ids());
      }
    }
    return new Place(word, List.copyOf(beginnings));
  }

  private static Map<String, String> articles() {
    Map<String, String> articles = new HashMap<>();
    for (String line : WordLists.lines(RareWordPlaces.class, "articles.en.txt")) {
      String article = line.substring(0, line.indexOf(':'));
      for (String beginning : WordLists.words(line.substring(line.indexOf(':') + 1))) {
        articles.put(beginning, article);
      }
    }
    return Map.copyOf(articles);
  }

  /** The indefinite article before a word. */
  static String article(String word) {
    String lower = word.toLowerCase(Locale.ENGLISH);
    for (int length = lower.length(); length > 0; length--) {
      String article = ARTICLES.get(lower.substring(0, length));
      if (article != null) {
        return article;
      }
    }
    return "a";
  }

  /** The forms of a word without plurals that nobody wrote, such as those of adjectives. */
  private List<String> forms(RareWords.Lost word) {
    List<String> written = word.forms().stream().filter(this::isWritten).toList();
    return written.isEmpty() ? word.forms() : written;
  }

  private boolean isWritten(String form) {
    Optional<WordList> list = model.words();
    return list.isEmpty()
        || LETTERS.matcher(form).results().allMatch(run -> list.get().contains(run.group()));
  }
}
