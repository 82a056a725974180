package dev.verso.evaluation;

import dev.verso.text.LanguageIdentification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What users of translation systems complain about, as inputs with checks that a program can make:
 * loops, sentences left in French, lost digits, garbled names, unbalanced quotation marks, lost
 * negations, altered URLs, mangled marks.
 *
 * <p>A line of the set is {@code kind TAB check,check… TAB French}, {@code \n} standing for a line
 * break. A check may take an argument after a colon: {@code has:Putin|Poutine} asks for one of
 * them.
 */
public final class ComplaintEvaluation {

  private static final Pattern NEGATION =
      Pattern.compile(
          "(?i)\\b(not|no|never|neither|nor|nothing|nobody|none|without|cannot|no-one|unable"
              + "|fail\\w*|refus\\w*|deny|denied|denies|lack\\w*|opposed?|disagree\\w*)\\b|n['’]t\\b");
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[ \\u00A0\\u202F.,]\\d+)*");
  private static final Pattern FRENCH_WORD =
      Pattern.compile(
          "(?i)\\b(le|la|les|des|une|est|sont|dans|avec|pour|sur|qui|que|du|au|aux|et|ont|pas)\\b");

  /**
   * One input of the set.
   *
   * @param kind what users complain about
   * @param checks what the translation must pass
   * @param french the input
   */
  public record Complaint(String kind, List<String> checks, String french) {

    /**
     * Reads a line of the set.
     *
     * @throws IllegalArgumentException if it is malformed or names an unknown check
     */
    public static Complaint parse(String line) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 3) {
        throw new IllegalArgumentException("not a kind, checks and French: " + line);
      }
      Complaint complaint =
          new Complaint(fields[0], List.of(fields[1].split(",")), fields[2].replace("\\n", "\n"));
      complaint.checks.forEach(check -> passes(check, complaint.french, ""));
      return complaint;
    }
  }

  /**
   * A check that a translation did not pass.
   *
   * @param complaint the input
   * @param check the check
   * @param english the translation
   */
  public record Failure(Complaint complaint, String check, String english) {}

  private final List<Complaint> complaints;
  private final List<Failure> failures = new ArrayList<>();

  /**
   * Checks the translations of a set.
   *
   * @throws IllegalArgumentException if there is not one translation for each input
   */
  public ComplaintEvaluation(List<Complaint> complaints, List<String> translations) {
    if (complaints.size() != translations.size()) {
      throw new IllegalArgumentException(
          complaints.size() + " inputs and " + translations.size() + " translations");
    }
    this.complaints = List.copyOf(complaints);
    for (int i = 0; i < complaints.size(); i++) {
      for (String check : complaints.get(i).checks()) {
        if (!passes(check, complaints.get(i).french(), translations.get(i))) {
          failures.add(new Failure(complaints.get(i), check, translations.get(i)));
        }
      }
    }
  }

  /** The checks that were not passed. */
  public List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** Inputs whose checks were all passed. */
  public long passed() {
    return complaints.size() - failures.stream().map(Failure::complaint).distinct().count();
  }

  /** Prints a table by kind and every failure. */
  public void print(Appendable out) throws IOException {
    Map<String, int[]> kinds = new TreeMap<>(Comparator.naturalOrder());
    for (Complaint complaint : complaints) {
      int[] counts = kinds.computeIfAbsent(complaint.kind(), kind -> new int[2]);
      counts[1]++;
      if (failures.stream().noneMatch(failure -> failure.complaint().equals(complaint))) {
        counts[0]++;
      }
    }
    for (Map.Entry<String, int[]> kind : kinds.entrySet()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-16s %3d of %3d%n",
              kind.getKey(),
              kind.getValue()[0],
              kind.getValue()[1]));
    }
    out.append(
        String.format(Locale.ROOT, "%-16s %3d of %3d%n", "all", passed(), complaints.size()));
    for (Failure failure : failures) {
      out.append(
          String.format(
              Locale.ROOT,
              "%s: %s%n    %s%n    %s%n",
              failure.complaint().kind(),
              failure.check(),
              failure.complaint().french(),
              failure.english()));
    }
  }

  /** Whether {@code english} passes a check as a translation of {@code french}. */
  static boolean passes(String check, String french, String english) {
    int colon = check.indexOf(':');
    String name = colon < 0 ? check : check.substring(0, colon);
    String argument = colon < 0 ? "" : check.substring(colon + 1);
    return switch (name) {
      case "noloop" -> !loops(english) || loops(french);
      case "short" -> english.length() <= 3 * french.length() + 12;
      case "short2" -> english.length() <= 4 * french.length() + 40;
      case "translated" -> isEnglish(english) && !english.equals(french);
      case "same" -> english.equals(french);
      case "same-or-english" -> isEnglish(english);
      case "covers" -> english.split("[.!?](?= |$)", -1).length - 1 >= Integer.parseInt(argument);
      case "digits" -> digitsOf(english).containsAll(digitsOf(french));
      case "has", "keeps" -> {
        boolean found = false;
        for (String wanted : argument.split("\\|")) {
          found |= english.contains(wanted);
        }
        yield found;
      }
      case "negation" -> NEGATION.matcher(english).find();
      case "quotes" -> quotePairs(english) == quotePairs(french);
      case "balanced" -> balanced(english, '(', ')') && balanced(english, '[', ']');
      case "noentity" ->
          !english.contains("&amp;") && !english.contains("&quot;") && !english.contains("&lt;");
      case "nomarks" -> !english.contains(argument);
      case "end" -> english.strip().endsWith(argument);
      default -> throw new IllegalArgumentException("unknown check '" + name + "'");
    };
  }

  private static boolean loops(String text) {
    String[] words = text.strip().split("\\s+");
    for (int period = 1; period <= 4; period++) {
      int same = 0;
      for (int i = period; i < words.length; i++) {
        same = words[i].equalsIgnoreCase(words[i - period]) ? same + 1 : 0;
        if (same >= 2 * period && same >= 3) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isEnglish(String text) {
    if (text.isBlank()) {
      return false;
    }
    int french = 0;
    for (Matcher m = FRENCH_WORD.matcher(text); m.find(); ) {
      french++;
    }
    int words = text.strip().split("\\s+").length;
    return french * 5 <= words
        && LanguageIdentification.of(text).map(guess -> !guess.tag().equals("fr")).orElse(true);
  }

  private static List<String> digitsOf(String text) {
    List<String> digits = new ArrayList<>();
    for (Matcher m = NUMBER.matcher(text); m.find(); ) {
      digits.add(m.group().replaceAll("\\D", ""));
    }
    return digits;
  }

  /** Pairs of quotation marks, whatever their shape; −1 if one is left over. */
  private static int quotePairs(String text) {
    int straight = 0;
    int open = 0;
    int close = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> straight++;
        case '«', '“' -> open++;
        case '»', '”' -> close++;
        default -> {}
      }
    }
    return straight % 2 != 0 || open != close ? -1 : straight / 2 + open;
  }

  private static boolean balanced(String text, char open, char close) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == open) {
        depth++;
      } else if (text.charAt(i) == close && --depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }
}
