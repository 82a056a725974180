package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the words linked to a person's name are another name, the source's stands there: the search
 * may find none with the name in it at a bearable cost.
 */
final class PersonNameRepair implements Repair {

  /** Words that a name may gain. */
  private static final int MORE = 1;

  @Override
  public List<Edit> edits(Translated translated) {
    String input = translated.input();
    String text = translated.text();
    List<Edit> edits = new ArrayList<>();
    for (TextSpan name : PersonNames.in(input)) {
      boolean term = translated.terms().stream().anyMatch(one -> name.overlaps(one.span()));
      if (term || Glossary.holds(text, name.of(input))) {
        continue;
      }
      int start = text.length();
      int end = 0;
      for (AlignmentLink link : translated.links()) {
        TextSpan word = link.target();
        if (link.strength() == AlignmentLink.Strength.SURE
            && name.overlaps(link.source())
            && Character.isUpperCase(text.codePointAt(word.start()))) {
          start = Math.min(start, word.start());
          end = Math.max(end, word.end());
        }
      }
      if (end > start && isName(text.substring(start, end), name.of(input))) {
        edits.add(new Edit(new TextSpan(start, end), name.of(input)));
      }
    }
    return edits;
  }

  /** Whether what stands there is about as long, and nothing but words. */
  private static boolean isName(String found, String name) {
    int words = name.split(" ").length;
    int most = words + MORE;
    String[] parts = found.split(" ");
    return parts.length <= most
        && parts.length >= words - MORE
        && found.chars().allMatch(c -> Character.isLetter(c) || " -'’.".indexOf(c) >= 0);
  }
}
