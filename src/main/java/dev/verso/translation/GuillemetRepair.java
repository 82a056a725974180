package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/**
 * Guillemets are not English, and neither is the space inside them: makes straight marks of them,
 * and takes the space out of straight ones that stand in pairs.
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
    return edits.isEmpty() ? spacesInside(text) : edits;
  }

  /** Spaces behind opening and before closing straight marks: in turn, if each stands as one. */
  private static List<Edit> spacesInside(String text) {
    List<Edit> edits = new ArrayList<>();
    boolean open = false;
    for (int i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) {
      boolean apartBefore = i == 0 || " (\u00a0".indexOf(text.charAt(i - 1)) >= 0;
      boolean apartBehind = i + 1 == text.length() || " ,.;:!?)".indexOf(text.charAt(i + 1)) >= 0;
      open = !open;
      if (open ? !apartBefore : !apartBehind) {
        return List.of(); // inches, or marks that are no pairs
      }
      if (open && apartBehind && text.startsWith(" ", i + 1)) {
        edits.add(new Edit(new TextSpan(i + 1, i + 2), ""));
      } else if (!open && apartBefore && text.charAt(i - 1) == ' ') {
        edits.add(new Edit(new TextSpan(i - 1, i), ""));
      }
    }
    return open ? List.of() : edits;
  }
}
