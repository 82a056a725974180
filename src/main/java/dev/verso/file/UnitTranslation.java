package dev.verso.file;

import dev.verso.translation.MarkedText;
import java.util.List;

/** Translates the texts of a file, all at once. */
public interface UnitTranslation {
  /** One translation for each text, with all its marks. */
  List<MarkedText> translate(List<MarkedText> units);
}
