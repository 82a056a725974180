package dev.verso.translation;

import dev.verso.language.WordLists;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import dev.verso.translation.Numbers.Numeral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where one number became another, the source has the right one: where the digits are the same and
 * the value is not (a decimal point for one between thousands, a million for a billion), and where
 * just one number was lost and one made up. A lost minus sign is put back.
 */
final class NumberRepair implements Repair {

  /** Words before a number that may say that it is below nought. */
  private static final int REACH = 3;

  /** Characters before a number that are looked at for such words. */
  private static final int FURTHEST = 80;

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final String CURRENCIES = "€$£¥";

  private static final Set<String> FALLS = falls();

  /** English for the magnitudes of French numbers. */
  private static final Map<String, String> MAGNITUDES =
      Map.of(
          "millier", "thousand",
          "milliers", "thousand",
          "mille", "thousand",
          "million", "million",
          "millions", "million",
          "milliard", "billion",
          "milliards", "billion",
          "md", "billion",
          "mds", "billion",
          "billions", "trillion");

  private static Set<String> falls() {
    Set<String> words = new HashSet<>();
    for (String line : WordLists.lines(NumberRepair.class, "falls.en.txt")) {
      words.addAll(List.of(line.strip().split(" +")));
    }
    return Set.copyOf(words);
  }

  @Override
  public List<Edit> edits(Translated translated) {
    List<Numeral> source = Numbers.in(translated.input(), Language.FRENCH);
    List<Numeral> target = Numbers.in(translated.text(), Language.ENGLISH);
    List<Numeral> lost = new ArrayList<>(Numbers.missing(source, target));
    List<Numeral> invented = new ArrayList<>(Numbers.missing(target, source));
    List<Edit> edits = new ArrayList<>();
    for (Numeral numeral : List.copyOf(lost)) {
      for (Numeral other : List.copyOf(invented)) {
        if (lost.contains(numeral) && numeral.digits().equals(other.digits())) {
          edits.addAll(replaced(translated, numeral, other));
          lost.remove(numeral);
          invented.remove(other);
        }
      }
    }
    if (lost.size() == 1 && invented.size() == 1) {
      edits.addAll(replaced(translated, lost.get(0), invented.get(0)));
    }
    for (Numbers.Match match : Numbers.matches(source, target)) {
      String written = match.target().span().of(translated.text());
      if (written.chars().anyMatch(Character::isSpaceChar)) {
        // Thousands parted as in French.
        edits.add(new Edit(match.target().span(), NumberNotation.inEnglish(written)));
      }
      if (match.source().negative() && !match.target().negative()) {
        int at = signPlace(translated.text(), match.target().span().start());
        if (at >= 0) {
          edits.add(new Edit(new TextSpan(at, at), "-"));
        }
      }
    }
    return edits;
  }

  private static List<Edit> replaced(Translated translated, Numeral right, Numeral wrong) {
    List<Edit> edits = new ArrayList<>();
    String digits = NumberNotation.inEnglish(right.span().of(translated.input()));
    if (!digits.equals(wrong.span().of(translated.text()))) {
      edits.add(new Edit(wrong.span(), digits));
    }
    if (right.scale().isPresent() && wrong.scale().isPresent()) {
      String word = right.scale().get().of(translated.input()).toLowerCase(Locale.ROOT);
      String english = MAGNITUDES.getOrDefault(word, "");
      if (!english.isEmpty() && !english.equals(wrong.scale().get().of(translated.text()))) {
        edits.add(new Edit(wrong.scale().get(), english));
      }
    }
    return edits;
  }

  /** Before the number and its currency; -1 if words before it say that it is below nought. */
  private static int signPlace(String text, int number) {
    int at = number;
    while (at > 0 && CURRENCIES.indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    // What stands before a mark or another figure says nothing of this one.
    int from = at;
    while (from > Math.max(0, at - FURTHEST)
        && ",;:()%0123456789".indexOf(text.charAt(from - 1)) < 0) {
      from--;
    }
    String[] before = SPACES.split(text.substring(from, at).strip());
    for (int i = Math.max(0, before.length - REACH); i < before.length; i++) {
      if (FALLS.contains(before[i].toLowerCase(Locale.ROOT))) {
        return -1;
      }
    }
    return at;
  }
}
