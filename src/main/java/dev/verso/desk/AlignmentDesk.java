package dev.verso.desk;

import dev.verso.alignment.TextPair;
import dev.verso.alignment.TranslationMargin;
import dev.verso.decoding.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.Rendering;
import dev.verso.translation.TranslationOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligns two existing texts, with or without the translation model.
 *
 * <p>With the model, each source sentence is translated greedily and the aligner compares that with
 * the target; beads it is still unsure of are read by forced decoding. Deterministic.
 */
public final class AlignmentDesk {

  private static final int OTHERS = 2;

  private AlignmentDesk() {}

  /** The pair with the model's own translations of its source. */
  public static TextPair translated(TextPair pair, TranslationDesk desk, Progress progress) {
    List<String> translations =
        desk
            .translateLines(
                pair.source(), TranslationOptions.DEFAULT.withBeam(1), progress, Cancellation.NONE)
            .stream()
            .map(Rendering::text)
            .toList();
    return pair.withTranslations(translations);
  }

  /** The margin by forced decoding, against {@value #OTHERS} other sentences of the document. */
  public static TranslationMargin margin(TranslationDesk desk) {
    return (candidates, source) -> {
      List<String> sources = new ArrayList<>();
      List<String> targets = new ArrayList<>();
      for (int i = 0; i < candidates.size(); i++) {
        String target = String.join(" ", candidates.get(i).target());
        sources.add(String.join(" ", candidates.get(i).source()));
        targets.add(target);
        for (int other = 0; other < OTHERS; other++) {
          // Far apart and the same in every run.
          sources.add(source.get((int) ((i * 7919L + other * 104_729L) % source.size())));
          targets.add(target);
        }
      }
      List<Rendering> read = desk.readTranslations(sources, targets);
      double[] margins = new double[candidates.size()];
      for (int i = 0; i < margins.length; i++) {
        double own = read.get(i * (OTHERS + 1)).score();
        double others = 0;
        for (int other = 1; other <= OTHERS; other++) {
          others += read.get(i * (OTHERS + 1) + other).score();
        }
        margins[i] = own - others / OTHERS;
      }
      return margins;
    };
  }
}
