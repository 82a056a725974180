package dev.verso.translation;

import dev.verso.text.TextSpan;
import dev.verso.translation.EditedText.Edit;
import java.util.ArrayList;
import java.util.List;

/**
 * All repairs, in the order in which they are made: what a person asked for first (a glossary's
 * terms), then what the source says for sure (its quotation marks, what a placeholder stands for),
 * then what English writes otherwise (guillemets), the mark that ends a question or exclamation,
 * times of day, then what is likely (a person's name or a number in the place of another, a label
 * left in French, a full stop where the segment goes on). An edit that cuts into one made before
 * it, by the same repair or an earlier one, is not made.
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
      for (Edit edit : repair.edits(translated)) {
        if (all.stream().noneMatch(made -> collide(made.span(), edit.span()))) {
          all.add(edit);
        }
      }
    }
    return new EditedText(translated.text(), all);
  }

  /** Whether both change the same character, or one inserts where the other replaces. */
  private static boolean collide(TextSpan one, TextSpan other) {
    return one.overlaps(other) || isInside(one, other) || isInside(other, one);
  }

  private static boolean isInside(TextSpan inserted, TextSpan replaced) {
    return inserted.isEmpty()
        && replaced.start() < inserted.start()
        && inserted.end() < replaced.end();
  }
}
