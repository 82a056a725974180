package dev.verso.translation;

import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/**
 * All repairs, in the order in which they are made: what a person asked for first (a glossary's
 * terms), then what the source says for sure (its quotation marks, what a placeholder stands for),
 * then what English writes otherwise (guillemets), the mark that ends a question or exclamation,
 * times of day, then what is likely (a person's name or a number in the place of another, a label
 * left in French, a full stop where the segment goes on). An edit that overlaps one of an earlier
 * repair is not made.
 */
final class Repairs {

  static final List<Repair> IN_ORDER =
      List.of(
          new GlossaryRepair(),
          new QuotationMarkRepair(),
          new PlaceholderRepair(),
          new GuillemetRepair(),
          new EndMarkRepair(),
          new TimeOfDayRepair(),
          new PersonNameRepair(),
          new NumberRepair(),
          new LabelRepair(),
          new FullStopRepair());

  private Repairs() {}

  /** The translation with all repairs made. */
  static EditedText made(Repair.Translated translated) {
    List<Edit> all = new ArrayList<>();
    for (Repair repair : IN_ORDER) {
      List<Edit> earlier = List.copyOf(all);
      for (Edit edit : repair.edits(translated)) {
        if (earlier.stream().noneMatch(one -> one.span().overlaps(edit.span()))) {
          all.add(edit);
        }
      }
    }
    return new EditedText(translated.text(), all);
  }
}
