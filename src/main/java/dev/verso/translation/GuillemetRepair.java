package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/**
 * Guillemets are not English, and neither is the space inside them: makes straight marks of them.
 */
final class GuillemetRepair implements Repair {

  @Override
  public List<Edit> edits(Translated translated) {
    String text = translated.text();
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '«') {
        boolean spaced = i + 1 < text.length() && text.charAt(i + 1) == ' ';
        edits.add(new Edit(new TextSpan(i, spaced ? i + 2 : i + 1), "\""));
      } else if (text.charAt(i) == '»') {
        boolean spaced = i > 0 && text.charAt(i - 1) == ' ' && (i < 2 || text.charAt(i - 2) != '«');
        edits.add(new Edit(new TextSpan(spaced ? i - 1 : i, i + 1), "\""));
      }
    }
    return edits;
  }
}
