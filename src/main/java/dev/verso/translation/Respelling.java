package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spellings that a model falls apart over, and what it should read instead.
 *
 * <ul>
 *   <li>A word divided at the end of a line, {@code pis-} and {@code cine}, is read as one word if
 *       the tokenizer spells it with no more pieces so than with its hyphen, by two fewer if both
 *       halves are words, else with the hyphen; soft hyphens are left out.
 *   <li>A word that names both genders, {@code étudiant·e·s}, {@code directeurs/directrices},
 *       {@code tou(te)s}, is read as the masculine, which stands for both. Endings and words are in
 *       {@code inclusive.txt}.
 * </ul>
 *
 * <p>Immutable and thread-safe. Linear in the text's length.
 */
final class Respelling {

  private static final String RESOURCE = "/dev/verso/translation/inclusive.txt";

  private static final Pattern DIVIDED =
      Pattern.compile(
          "(?<!\\p{L})(\\p{L}++)([-\\u2010\\u00ad¬])[ \\t\\u00a0]*+(?:\\r\\n|[\\n\\r])[ \\t\\u00a0]*+(\\p{Ll}++)");

  private static final Pattern SOFT_HYPHEN = Pattern.compile("(?<=\\p{L})\\u00ad++(?=\\p{L})");

  /** A word, a middle dot, its other ending, and whether it is a plural. */
  private static final Pattern DOTTED =
      Pattern.compile(
          "(?<!\\p{L})\\p{L}++([·•‧⋅∙・ꞏ](?<ending>\\p{Ll}{1,8}+)(?:[·•‧⋅∙・ꞏ](?<plural>[sx]))?+)(?!\\p{L})");

  private static final Pattern MARKED =
      Pattern.compile(
          "(?<![.@/\\p{L}])\\p{L}{2,}+((?<mark>[.\\-/‐])(?<ending>\\p{Ll}{1,6}+)(?:\\k<mark>(?<plural>[sx]))?+)(?![\\p{L}\\d/@]|[.-]\\p{L})");

  private static final Pattern BRACKETED =
      Pattern.compile(
          "(?<!\\p{L})\\p{L}{2,}+(\\((?<ending>\\p{Ll}{1,6}+)\\)(?<plural>[sx])?+)(?!\\p{L})");

  private static final Pattern PAIR =
      Pattern.compile("(?<!\\p{L})(?<first>\\p{L}{2,30}+)(/(?<second>\\p{L}{3,30}+))(?!\\p{L}|/)");

  private static final Pattern WORD = Pattern.compile("\\p{L}++");

  private static final Respelling SHIPPED = load();

  private final Set<String> endings;
  private final Set<String> standalone;
  private final Set<String> masculine;
  private final Map<String, String> words;

  private Respelling(Map<String, List<String>> listed) {
    this.endings = Set.copyOf(listed.get("ending"));
    this.standalone = Set.copyOf(listed.get("standalone"));
    this.masculine = new HashSet<>(listed.get("masculine"));
    this.masculine.add("");
    this.words = new HashMap<>();
    for (String pair : listed.get("word")) {
      String[] sides = pair.split("=", 2);
      words.put(sides[0], sides[1]);
    }
  }

  /** With the endings that ship with Verso. */
  static Respelling shipped() {
    return SHIPPED;
  }

  private static Respelling load() {
    Map<String, List<String>> listed = new HashMap<>();
    try (InputStream in = Respelling.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split("\t", 2);
          listed.put(cells[0], List.of(cells[1].strip().split(" +")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Respelling(listed);
  }

  /**
   * What to read otherwise, in order, disjoint.
   *
   * @param shielded ranges that are left alone
   * @param pieces the number of pieces that a word is spelled with
   */
  List<Edit> edits(String text, List<TextSpan> shielded, ToIntFunction<String> pieces) {
    List<Edit> edits = new ArrayList<>(divided(text, pieces));
    inclusive(text, edits);
    List<Edit> disjoint = new ArrayList<>();
    edits.sort(Comparator.comparing(Edit::span));
    int end = 0;
    for (Edit edit : edits) {
      if (edit.span().start() >= end && shielded.stream().noneMatch(edit.span()::overlaps)) {
        disjoint.add(edit);
        end = edit.span().end();
      }
    }
    return disjoint;
  }

  /** Only the words that are divided at the end of a line, and soft hyphens. */
  static List<Edit> divided(String text, ToIntFunction<String> pieces) {
    List<Edit> edits = new ArrayList<>();
    Matcher divided = DIVIDED.matcher(text);
    int at = 0;
    while (divided.find(at)) {
      String first = divided.group(1);
      String second = divided.group(3);
      boolean soft = !divided.group(2).equals("-") && !divided.group(2).equals("\u2010");
      boolean whole = soft || isWhole(first, second, pieces);
      int from = divided.end(1);
      int to = divided.start(3);
      edits.add(new Edit(new TextSpan(from, to), whole ? "" : "-"));
      at = divided.start(3);
    }
    Matcher soft = SOFT_HYPHEN.matcher(text);
    while (soft.find()) {
      edits.add(new Edit(new TextSpan(soft.start(), soft.end()), ""));
    }
    return edits;
  }

  /** Whether two halves are one word rather than two with a hyphen, which is a piece, too. */
  private static boolean isWhole(String first, String second, ToIntFunction<String> pieces) {
    int together = pieces.applyAsInt(first + second);
    int apart = pieces.applyAsInt(first + "-" + second);
    boolean words = pieces.applyAsInt(first) == 1 && pieces.applyAsInt(second) == 1;
    return together + (words ? 2 : 0) <= apart;
  }

  private void inclusive(String text, List<Edit> edits) {
    Matcher dotted = DOTTED.matcher(text);
    while (dotted.find()) {
      add(text, dotted, edits);
    }
    Matcher marked = MARKED.matcher(text);
    while (marked.find()) {
      String ending = singular(marked.group("ending"));
      boolean plural = marked.group("plural") != null;
      boolean slash = marked.group("mark").equals("/");
      if (endings.contains(ending) && (plural || slash || !standalone.contains(ending))) {
        add(text, marked, edits);
      }
    }
    Matcher bracketed = BRACKETED.matcher(text);
    while (bracketed.find()) {
      if (endings.contains(singular(bracketed.group("ending")))) {
        add(text, bracketed, edits);
      }
    }
    Matcher pair = PAIR.matcher(text);
    while (pair.find()) {
      if (isPair(pair.group("first"), pair.group("second"))) {
        edits.add(new Edit(new TextSpan(pair.end("first"), pair.end()), ""));
      }
    }
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String plain = words.get(word.group().toLowerCase(Locale.ROOT));
      if (plain != null) {
        boolean capital = Character.isUpperCase(word.group().charAt(0));
        String read = capital ? Character.toUpperCase(plain.charAt(0)) + plain.substring(1) : plain;
        edits.add(new Edit(new TextSpan(word.start(), word.end()), read));
      }
    }
  }

  /** Replaces what follows the stem by the mark of the plural, if it is one and lacks it. */
  private static void add(String text, Matcher found, List<Edit> edits) {
    int at = found.start(1);
    String plural = found.group("plural");
    String ending = found.group("ending");
    boolean many = plural != null || ending.endsWith("s");
    boolean marked = "sxz".indexOf(text.charAt(at - 1)) >= 0;
    String read = !many || marked ? "" : plural == null ? "s" : plural;
    edits.add(new Edit(new TextSpan(at, found.end()), read));
  }

  private static String singular(String ending) {
    return ending.length() > 1 && ending.endsWith("s") && !ending.endsWith("ss")
        ? ending.substring(0, ending.length() - 1)
        : ending;
  }

  /** Whether two words are the masculine and the feminine of one. */
  private boolean isPair(String first, String second) {
    int common = 0;
    while (common < Math.min(first.length(), second.length())
        && Character.toLowerCase(first.charAt(common))
            == Character.toLowerCase(second.charAt(common))) {
      common++;
    }
    String he = singular(first.substring(common));
    String she = singular(second.substring(common));
    he = he.equals("s") ? "" : he;
    return common >= 2
        && (common >= 3 || he.isEmpty())
        && masculine.contains(he)
        && endings.contains(she);
  }
}
