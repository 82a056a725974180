package dev.verso.translation;

import dev.verso.language.WordLists;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word that labels what follows a colon, on a form or a poster, and that the model left in French
 * or mistook: "Lieu : salle des fêtes" becomes "Place: …". The labels are those of {@code
 * labels.tsv}; an English one that the line lists is left as it is.
 */
final class LabelRepair implements Repair {

  private static final Pattern LABEL =
      Pattern.compile("^\\h*(\\p{L}[\\p{L}'’ -]{1,30}?)\\h*:(?:\\h|$)");

  /** Every French label with its English words, the usual one first. */
  private static final Map<String, List<String>> LABELS = labels();

  private static Map<String, List<String>> labels() {
    Map<String, List<String>> labels = new HashMap<>();
    for (String line : WordLists.lines(LabelRepair.class, "labels.tsv")) {
      List<String> cells = List.of(line.split("\t", -1));
      labels.put(cells.get(0), cells.subList(1, cells.size()));
    }
    return Map.copyOf(labels);
  }

  @Override
  public List<Edit> edits(Translated translated) {
    Matcher source = LABEL.matcher(translated.input());
    Matcher target = LABEL.matcher(translated.text());
    if (translated.part().span().start() > 0 || !source.find() || !target.find()) {
      return List.of();
    }
    List<String> known = LABELS.get(source.group(1).toLowerCase(Locale.ROOT));
    String written = target.group(1);
    boolean right =
        known == null || known.stream().anyMatch(label -> label.equalsIgnoreCase(written));
    if (right) {
      return List.of();
    }
    boolean capital = Character.isUpperCase(source.group(1).charAt(0));
    String label = capital ? known.get(0) : known.get(0).toLowerCase(Locale.ROOT);
    return List.of(new Edit(new TextSpan(target.start(1), target.end(1)), label));
  }
}
