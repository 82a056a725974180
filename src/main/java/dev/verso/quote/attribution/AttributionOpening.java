package dev.verso.quote.attribution;

import dev.verso.language.Conjugation;
import dev.verso.quote.cue.Phrases;
import dev.verso.quote.cue.ReportingLexicon;
import java.util.Locale;

/**
 * Whether words open with an attribution: {@code , a-t-il dit}, {@code said the minister}. Where
 * they do, a quotation ends before them; that is how quotation marks are paired where one is
 * missing.
 */
public final class AttributionOpening {

  private AttributionOpening() {}

  /** Whether the sentence opens with an attribution, perhaps after a comma or a dash. */
  public static boolean opens(Phrases phrases) {
    int i = 0;
    if (phrases.isSign(0, ",-–—")) {
      i = 1;
    }
    if (i >= phrases.size() || !phrases.at(i).isWord() || phrases.is(i, "ne", "n'")) {
      return false;
    }
    String lower = phrases.at(i).lower().toLowerCase(Locale.ROOT);
    if (phrases.in("avoir", i) || (phrases.in("clitic", i) && !phrases.in("determiner", i))) {
      for (int j = i + 1; j < Math.min(phrases.size(), i + 4); j++) {
        for (ReportingLexicon.Reading reading : phrases.lexicon().readings(phrases.at(j).lower())) {
          if (reading.entry().allows('d')) {
            return true;
          }
        }
      }
      return false;
    }
    for (ReportingLexicon.Reading reading : phrases.lexicon().readings(lower)) {
      if (reading.form() == Conjugation.Form.FINITE && reading.entry().allows('d')) {
        return true;
      }
    }
    // "M. Roy a déclaré", "the ministry said"
    if (!phrases.isPhraseStart(i)) {
      return false;
    }
    for (int j = i + 1; j < Math.min(phrases.size(), i + 5); j++) {
      if (!phrases.at(j).isWord()) {
        return false;
      }
      int verb = phrases.isFrench() && phrases.in("avoir", j) ? j + 1 : j;
      if (verb >= phrases.size() || (phrases.isFrench() && verb == j)) {
        continue;
      }
      Conjugation.Form form =
          phrases.isFrench() ? Conjugation.Form.PARTICIPLE : Conjugation.Form.FINITE;
      for (ReportingLexicon.Reading reading :
          phrases.lexicon().readings(phrases.at(verb).lower())) {
        if (reading.form() == form && reading.entry().allows('d')) {
          return true;
        }
      }
    }
    return false;
  }
}
