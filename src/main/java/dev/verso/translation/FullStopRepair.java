package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.List;

/** A cut inside a sentence invites a full stop, which goes. */
final class FullStopRepair implements Repair {

  @Override
  public List<Edit> edits(Translated translated) {
    String text = translated.text();
    return !translated.last() && text.endsWith(".") && !translated.input().endsWith(".")
        ? List.of(new Edit(new TextSpan(text.length() - 1, text.length()), ""))
        : List.of();
  }
}
