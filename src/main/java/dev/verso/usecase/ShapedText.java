package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;

/**
 * A plain text with each segment replaced by its translation: line breaks and white space between
 * segments stay as they are.
 */
public final class ShapedText {

  private ShapedText() {}

  /** The shaped translation. */
  public static String of(Bitext bitext) {
    String raw = bitext.source().text();
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (TranslationUnit unit : (Iterable<TranslationUnit>) bitext.units()::iterator) {
      out.append(raw, copied, unit.source().span().start()).append(unit.targetText());
      copied = unit.source().span().end();
    }
    return out.append(raw, copied, raw.length()).toString();
  }
}
