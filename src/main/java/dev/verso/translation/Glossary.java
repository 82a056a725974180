package dev.verso.translation;

import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * French terms and the English words that have to stand for them.
 *
 * <p>A term is found where its words stand as words, a plural s or x aside; if it is all in lower
 * case, in any case. The longest terms are found first and do not overlap. Immutable, thread-safe.
 *
 * @param terms no two with the same source
 */
public record Glossary(List<Term> terms) {

  /** A glossary without terms. */
  public static final Glossary EMPTY = new Glossary(List.of());

  /** Most terms of a glossary. */
  public static final int MOST_TERMS = 50_000;

  /** What columns of French and English are called in the first line of a table. */
  private static final Set<String> HEADING =
      Set.of("fr", "en", "french", "english", "français", "anglais", "source", "target", "cible");

  private static final int LONGEST = 200;
  private static final Pattern APOSTROPHE = Pattern.compile("['’]");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u202f]+");

  /**
   * One term.
   *
   * @param source French
   * @param target English
   */
  public record Term(String source, String target) {

    /**
     * @throws IllegalArgumentException if a side is blank or longer than 200 characters
     */
    public Term {
      for (String side : List.of(source, target)) {
        if (side.isBlank() || side.length() > LONGEST) {
          throw new IllegalArgumentException(
              "a term has 1 to " + LONGEST + " characters on both sides");
        }
      }
    }
  }

  /**
   * A term in a text.
   *
   * @param term the glossary's
   * @param span where it stands
   * @param plural whether it stands there in the plural
   */
  record Occurrence(Term term, TextSpan span, boolean plural) {}

  /**
   * Copies the terms, the longest first.
   *
   * @throws IllegalArgumentException if two terms have the same source, or there are too many
   */
  public Glossary {
    if (terms.size() > MOST_TERMS) {
      throw new IllegalArgumentException(
          terms.size() + " terms; a glossary holds up to " + MOST_TERMS);
    }
    Map<String, Term> sources = new LinkedHashMap<>();
    for (Term term : terms) {
      Term other = sources.putIfAbsent(term.source(), term);
      if (other != null && !other.equals(term)) {
        throw new IllegalArgumentException(
            "'"
                + term.source()
                + "' stands for '"
                + other.target()
                + "' and '"
                + term.target()
                + "'");
      }
    }
    terms =
        sources.values().stream()
            .sorted(
                Comparator.comparingInt((Term term) -> -term.source().length())
                    .thenComparing(Term::source))
            .toList();
  }

  /**
   * Reads lines {@code source TAB target}; further columns, such as a note or a part of speech,
   * blank lines and those that begin with {@code #} are passed over.
   *
   * @param name what the user calls it, for messages
   * @throws IllegalArgumentException if a line is no such pair; the message names it
   */
  public static Glossary parse(String name, String tsv) {
    List<Term> terms = new ArrayList<>();
    String[] lines = tsv.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = i == 0 && lines[i].startsWith("\ufeff") ? lines[i].substring(1) : lines[i];
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] sides = line.split("\t", -1);
      try {
        if (sides.length < 2) {
          throw new IllegalArgumentException("wanted is French, a tab, English");
        }
        if (i > 0 || !isHeading(sides[0], sides[1])) {
          terms.add(new Term(sides[0].strip(), sides[1].strip()));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            name + ", line " + (i + 1) + ": " + e.getMessage() + ": " + line, e);
      }
    }
    try {
      return new Glossary(terms);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** Whether the first line of a table names its columns and is no term. */
  public static boolean isHeading(String first, String second) {
    return HEADING.contains(heading(first)) && HEADING.contains(heading(second));
  }

  private static String heading(String cell) {
    return cell.replace("\ufeff", "").strip().toLowerCase(Locale.ROOT);
  }

  /** Whether there is no term. */
  public boolean isEmpty() {
    return terms.isEmpty();
  }

  /** The terms in a text, by their places; see {@link #find(String, Cancellation)}. */
  List<Occurrence> find(String text) {
    return find(text, Cancellation.NONE);
  }

  /**
   * The terms in a text, by their places. O(terms · length).
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<Occurrence> find(String text, Cancellation cancellation) {
    List<Occurrence> found = new ArrayList<>();
    if (terms.isEmpty()) {
      return found;
    }
    String lower = text.toLowerCase(Locale.FRENCH);
    for (Term term : terms) {
      cancellation.check();
      boolean anyCase = term.source().equals(term.source().toLowerCase(Locale.FRENCH));
      String first = SPACES.split(term.source())[0];
      // Most terms are not there: a plain search tells faster than a pattern.
      String plain = APOSTROPHE.split(first)[0];
      if (!(anyCase ? lower : text).contains(plain)) {
        continue;
      }
      Matcher matcher = pattern(term.source(), anyCase).matcher(text);
      while (matcher.find()) {
        TextSpan span = new TextSpan(matcher.start(), matcher.end());
        if (found.stream().noneMatch(other -> other.span().overlaps(span))) {
          found.add(new Occurrence(term, span, !matcher.group(1).isEmpty()));
        }
      }
    }
    found.sort(Comparator.comparingInt(occurrence -> occurrence.span().start()));
    return found;
  }

  /** The words with a plural ending each; group 1 holds the last one's. */
  private static Pattern pattern(String term, boolean anyCase) {
    String[] words = SPACES.split(term.strip());
    StringBuilder pattern = new StringBuilder("(?<![\\p{L}\\p{N}])");
    for (int i = 0; i < words.length; i++) {
      String word =
          Arrays.stream(APOSTROPHE.split(words[i], -1))
              .map(Pattern::quote)
              .collect(Collectors.joining("['’]"));
      pattern.append(i > 0 ? "[\\s\\u00a0\\u202f]+" : "").append(word);
      pattern.append(i == words.length - 1 ? "([sx]?)" : "[sx]?");
    }
    pattern.append("(?![\\p{L}\\p{N}])");
    int flags = anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return Pattern.compile(pattern.toString(), flags);
  }

  /** The forms an occurrence may take, the likeliest first. */
  static List<String> forms(Occurrence occurrence) {
    String target = occurrence.term().target();
    List<String> forms = new ArrayList<>();
    boolean word = Character.isLetter(target.codePointBefore(target.length()));
    boolean ends =
        target.endsWith("s") || Character.isUpperCase(target.codePointBefore(target.length()));
    if (occurrence.plural() && word && !ends) {
      forms.add(target + "s");
    }
    forms.add(target);
    if (occurrence.span().start() == 0) {
      forms.addAll(
          0, forms.stream().map(Glossary::capitalised).filter(f -> !forms.contains(f)).toList());
    }
    return forms;
  }

  private static String capitalised(String text) {
    int first = text.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + text.substring(Character.charCount(first));
  }

  /** Whether a text holds a form as words of their own, in any case. */
  public static boolean holds(String text, String form) {
    return holdsInLowerCase(text.toLowerCase(Locale.ENGLISH), form);
  }

  /** As {@link #holds}, for a text that is in lower case already. */
  static boolean holdsInLowerCase(String lower, String form) {
    String wanted = form.toLowerCase(Locale.ENGLISH);
    for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      boolean begins = at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1));
      if (begins && (end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /** The terms of which a translation holds no form. */
  static List<Term> missing(List<Occurrence> occurrences, String translation) {
    return occurrences.stream()
        .filter(found -> forms(found).stream().noneMatch(form -> holds(translation, form)))
        .map(Occurrence::term)
        .distinct()
        .toList();
  }
}
