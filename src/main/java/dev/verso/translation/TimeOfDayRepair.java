package dev.verso.translation;

import dev.verso.model.Tokenizer;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of day as English gives them: {@code à 11 h 20}, which the model reads as a placeholder, is
 * no "in 11:20", {@code 18 h 30} no "18:30 p.m.", {@code 17 h} no "17 p.m." but "17:00", as {@code
 * à 20 heures} is no "at 20 o'clock". Only a time that the source has with these figures is
 * touched, and it keeps them.
 *
 * <p>Linear in the text for each placeholder and hour of the day.
 */
final class TimeOfDayRepair implements Repair {

  private static final String AT = "(?<!\\p{L})[àÀA]\\h";

  /** Whole hours; those with minutes are protected. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<at>" + AT + ")?(?<![\\d.,:])(?<hour>1[3-9]|2[0-3])\\h?(?:h|heures)(?![\\p{L}\\d])");

  private static final String HALF_OF_DAY = " ?[ap]\\.?m\\b(?:\\.(?!$))?";
  private static final int NOON = 12;

  @Override
  public List<Edit> edits(Translated translated) {
    List<Edit> edits = new ArrayList<>();
    withMinutes(translated, edits);
    // Once for each hour, however often a text names it.
    Set<String> written = new LinkedHashSet<>();
    Matcher whole = WHOLE.matcher(translated.input());
    while (whole.find()) {
      String hour = whole.group("hour");
      written.add("(?<![\\d:.,])(" + hour + ")" + HALF_OF_DAY);
      if (whole.group("at") != null) {
        written.add("(?<=\\b[Aa]t )(" + hour + ")(?: o'clock|(?=\\.$| ?[,;)]|$))");
      }
    }
    for (String pattern : written) {
      found(pattern, translated.text()).forEach(time -> add(time, time.group(1) + ":00", edits));
    }
    return edits;
  }

  private static void withMinutes(Translated translated, List<Edit> edits) {
    List<TextSpan> shielded = translated.part().shielded();
    for (int i = 0; i < shielded.size(); i++) {
      String time = ProtectedText.inEnglish(shielded.get(i).of(translated.segment()));
      char placeholder = (char) (Tokenizer.FIRST_PLACEHOLDER + i);
      if (!time.matches("\\d{1,2}:\\d\\d")) {
        continue;
      }
      if (!found(AT + placeholder, translated.input()).isEmpty()) {
        for (MatchResult in : found("\\b[Ii]n(?= " + placeholder + ")", translated.text())) {
          add(in, in.group().equals("In") ? "At" : "at", edits);
        }
      }
      if (Integer.parseInt(time.substring(0, time.indexOf(':'))) > NOON) {
        found("(?<=" + placeholder + ")" + HALF_OF_DAY, translated.text())
            .forEach(half -> add(half, "", edits));
      }
    }
  }

  private static List<MatchResult> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  /** What is found for one time is not what is found for another: edits do not overlap. */
  private static void add(MatchResult place, String text, List<Edit> edits) {
    edits.add(new Edit(new TextSpan(place.start(), place.end()), text));
  }
}
