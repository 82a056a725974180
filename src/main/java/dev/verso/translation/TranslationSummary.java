package dev.verso.translation;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.TranslationUnit;
import java.util.List;

/**
 * What a reader should know of a translation as a whole.
 *
 * @param sentences how many were translated
 * @param doubtful how many of them somebody should look at
 * @param notes how many things were noticed
 */
public record TranslationSummary(int sentences, int doubtful, int notes) {

  /** Of nothing. */
  public static final TranslationSummary NONE = new TranslationSummary(0, 0, 0);

  /**
   * Checks the counts.
   *
   * @throws IllegalArgumentException if one is negative, or more are doubtful than there are
   */
  public TranslationSummary {
    if (doubtful < 0 || doubtful > sentences || notes < 0) {
      throw new IllegalArgumentException(
          doubtful + " of " + sentences + " doubtful, " + notes + " notes");
    }
  }

  /** Of a bitext. */
  public static TranslationSummary of(Bitext bitext) {
    List<TranslationUnit> units = bitext.units().filter(unit -> !unit.target().isEmpty()).toList();
    return new TranslationSummary(
        units.size(),
        (int) units.stream().filter(TranslationUnit::isDoubtful).count(),
        units.stream().mapToInt(unit -> unit.notes().size()).sum());
  }

  /** Of sentences translated one by one. */
  public static TranslationSummary of(List<SegmentTranslation> translations) {
    List<SegmentTranslation> some =
        translations.stream().filter(one -> !one.text().isEmpty()).toList();
    return new TranslationSummary(
        some.size(),
        (int) some.stream().filter(one -> one.quality() < TranslationUnit.DOUBTFUL).count(),
        some.stream().mapToInt(one -> one.notes().size()).sum());
  }

  /** Of this and another together. */
  public TranslationSummary plus(TranslationSummary other) {
    return new TranslationSummary(
        sentences + other.sentences, doubtful + other.doubtful, notes + other.notes);
  }

  /** A line such as "24 sentences, 3 doubtful, 5 notes". */
  @Override
  public String toString() {
    return counted(sentences, "sentence")
        + (doubtful + notes == 0
            ? ", none doubtful"
            : ", " + doubtful + " doubtful, " + counted(notes, "note"));
  }

  private static String counted(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
