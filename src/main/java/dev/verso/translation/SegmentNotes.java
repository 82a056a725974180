package dev.verso.translation;

import dev.verso.bitext.AlignmentLink;
import dev.verso.decoding.Hypothesis;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import dev.verso.translation.Numbers.Numeral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reader should know of a segment's translation: what is known to be lost, made up or cut
 * off. Immutable and thread-safe.
 */
final class SegmentNotes {

  private final Optional<Names> names;

  SegmentNotes(Optional<Names> names) {
    this.names = names;
  }

  /** About how a search ended. */
  static List<String> ofSearch(Hypothesis hypothesis) {
    return switch (hypothesis.outcome()) {
      case LOOP -> List.of("the model began to repeat itself; the repetition was cut off");
      case TRUNCATED -> List.of("the translation reached its length limit and may be incomplete");
      case COMPLETE -> List.of();
    };
  }

  /** Numbers of the source that the translation lacks. */
  static List<Numeral> lostNumbers(String source, String translation) {
    return Numbers.missing(
        Numbers.in(source, Language.FRENCH), Numbers.in(translation, Language.ENGLISH));
  }

  /**
   * About a segment.
   *
   * @param links the translation's word links
   * @param invented words of the translation that do not exist
   */
  List<String> of(
      String source,
      String translation,
      List<AlignmentLink> links,
      Glossary glossary,
      List<String> invented,
      Cancellation cancellation) {
    List<String> notes = new ArrayList<>();
    List<Numeral> lost = lostNumbers(source, translation);
    if (!lost.isEmpty()) {
      notes.add(
          "not found in the translation: "
              + String.join(", ", lost.stream().map(n -> n.span().of(source)).toList()));
    }
    List<Glossary.Occurrence> occurrences = glossary.find(source, cancellation);
    List<TextSpan> terms = occurrences.stream().map(Glossary.Occurrence::span).toList();
    cancellation.check();
    List<String> lostNames =
        names.map(n -> n.lost(source, translation, cancellation)).orElse(List.of()).stream()
            .filter(name -> terms.stream().noneMatch(name::overlaps))
            .map(name -> name.of(source))
            .distinct()
            .toList();
    if (!lostNames.isEmpty()) {
      notes.add("name not found in the translation: " + String.join(", ", lostNames));
    }
    List<TextSpan> omitted = Omissions.of(source, links);
    if (!omitted.isEmpty()) {
      notes.add(
          "nothing in the translation stands for: "
              + String.join("; ", omitted.stream().map(span -> span.of(source)).toList()));
    }
    if (!invented.isEmpty()) {
      notes.add("not a known English word: " + String.join(", ", invented));
    }
    for (Glossary.Term term : Glossary.missing(occurrences, translation)) {
      notes.add(
          "the glossary's '" + term.target() + "' for '" + term.source() + "' found no place");
    }
    return notes;
  }
}
