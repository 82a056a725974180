package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a glossary's term that the search found no place for there where its words are linked to.
 */
final class GlossaryRepair implements Repair {

  @Override
  public List<Edit> edits(Translated translated) {
    List<Edit> edits = new ArrayList<>();
    for (Glossary.Occurrence occurrence : translated.terms()) {
      List<String> forms = Glossary.forms(occurrence);
      if (forms.stream().anyMatch(form -> Glossary.holds(translated.text(), form))) {
        continue;
      }
      TextSpan span = occurrence.span();
      MarkedText marked =
          new MarkedText(
              translated.input(),
              List.of(
                  new MarkedText.Mark(MarkedText.Kind.OPEN, 0, span.start()),
                  new MarkedText.Mark(MarkedText.Kind.CLOSE, 0, span.end())));
      MarkedText placed = MarkupProjection.project(marked, translated.text(), translated.links());
      TextSpan place =
          new TextSpan(placed.marks().get(0).position(), placed.marks().get(1).position());
      if (!place.isEmpty()
          && placed.text().equals(translated.text())
          && edits.stream().noneMatch(edit -> edit.span().overlaps(place))) {
        edits.add(new Edit(place, forms.get(0)));
      }
    }
    return edits;
  }
}
