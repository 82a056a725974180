package dev.verso.translation;

import dev.verso.model.Tokenizer;
import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/** Puts back what the placeholders stand for; one that stands for nothing goes. */
final class PlaceholderRepair implements Repair {

  /** Characters of the private use area. */
  private static final int PLACEHOLDERS = 0x1900;

  @Override
  public List<Edit> edits(Translated translated) {
    List<TextSpan> shielded = translated.part().shielded();
    String text = translated.text();
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      int placeholder = text.charAt(i) - Tokenizer.FIRST_PLACEHOLDER;
      if (placeholder >= 0 && placeholder < PLACEHOLDERS) {
        String original =
            placeholder < shielded.size()
                ? ProtectedText.inEnglish(shielded.get(placeholder).of(translated.segment()))
                : "";
        edits.add(new Edit(new TextSpan(i, i + 1), original));
      }
    }
    return edits;
  }
}
