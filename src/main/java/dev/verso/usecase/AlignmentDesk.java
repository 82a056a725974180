package dev.verso.usecase;

import dev.verso.alignment.TextPair;
import dev.verso.alignment.TranslationMargin;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Aligns two existing texts, with or without the translation model.
 *
 * <p>With the model, beads that the aligner is unsure of are read by forced decoding.
 * Deterministic.
 */
public final class AlignmentDesk {

  /** Most sentences of a text that a service aligns; a novel has ten thousand. */
  public static final int MOST_SENTENCES = 30_000;

  private static final int OTHERS = 2;

  /** Pairs read in one call, between two reports of progress. */
  private static final int CHUNK = 256;

  private AlignmentDesk() {}

  /** The pair with translations that nobody calls off. */
  public static TextPair translated(TextPair pair, TranslationDesk desk, Progress progress) {
    return translated(pair, desk, progress, Cancellation.NONE);
  }

  /**
   * The pair with the model's own translations of its source, made greedily.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static TextPair translated(
      TextPair pair, TranslationDesk desk, Progress progress, Cancellation cancellation) {
    List<String> translations =
        desk
            .translateLines(
                pair.source(), TranslationOptions.DEFAULT.withBeam(1), progress, cancellation)
            .stream()
            .map(SegmentTranslation::text)
            .toList();
    return pair.withTranslations(translations);
  }

  /** A margin that nobody calls off. */
  public static TranslationMargin margin(TranslationDesk desk, Progress progress) {
    return margin(desk, progress, Cancellation.NONE);
  }

  /**
   * Makes sure that two texts are few enough sentences to be aligned beside others' work.
   *
   * @throws InputException if one has more than {@value #MOST_SENTENCES} sentences
   */
  public static void requireAlignable(Document... texts) {
    for (Document text : texts) {
      long sentences =
          text.blocks().stream()
              .filter(Block::isContent)
              .mapToLong(block -> block.segments().size())
              .sum();
      if (sentences > MOST_SENTENCES) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s has %,d sentences; up to %,d are aligned at once: split both texts at the same"
                    + " place and align the parts",
                text.name(),
                sentences,
                MOST_SENTENCES));
      }
    }
  }

  /**
   * The margin by forced decoding, against {@value #OTHERS} other sentences of the document, the
   * same for every bead so that rival beads are measured against one yardstick. Each pair of texts
   * is read once; what was read is kept as long as the margin is.
   *
   * @param progress hears how many pairs are read
   * @param cancellation ends the reading, then with a {@link
   *     java.util.concurrent.CancellationException}
   */
  public static TranslationMargin margin(
      TranslationDesk desk, Progress progress, Cancellation cancellation) {
    Map<List<String>, Double> known = new HashMap<>();
    return (candidates, source) -> {
      synchronized (known) {
        List<String> others = others(source);
        Set<List<String>> wanted = new LinkedHashSet<>();
        for (TranslationMargin.Candidate candidate : candidates) {
          String target = String.join(" ", candidate.target());
          wanted.add(List.of(String.join(" ", candidate.source()), target));
          others.forEach(other -> wanted.add(List.of(other, target)));
        }
        wanted.removeAll(known.keySet());
        List<List<String>> pairs = new ArrayList<>(wanted);
        for (int start = 0; start < pairs.size(); start += CHUNK) {
          List<List<String>> chunk = pairs.subList(start, Math.min(pairs.size(), start + CHUNK));
          List<SegmentTranslation> read =
              desk.readTranslations(
                  chunk.stream().map(pair -> pair.get(0)).toList(),
                  chunk.stream().map(pair -> pair.get(1)).toList(),
                  cancellation);
          for (int k = 0; k < chunk.size(); k++) {
            known.put(chunk.get(k), read.get(k).score());
          }
          progress.advanced(start + chunk.size(), pairs.size());
        }
        return candidates.stream().mapToDouble(c -> margin(c, others, known)).toArray();
      }
    };
  }

  /** The own source's mean log-probability over the other sentences'; NaN if there is no other. */
  private static double margin(
      TranslationMargin.Candidate candidate, List<String> others, Map<List<String>, Double> known) {
    String target = String.join(" ", candidate.target());
    double own = known.get(List.of(String.join(" ", candidate.source()), target));
    return own
        - others.stream()
            .filter(other -> !candidate.source().contains(other))
            .mapToDouble(other -> known.get(List.of(other, target)))
            .average()
            .orElse(Double.NaN);
  }

  /** Sentences of at least mean length, evenly spread. */
  private static List<String> others(List<String> source) {
    double mean = source.stream().mapToInt(String::length).average().orElse(0);
    String[] others = new String[OTHERS];
    for (int k = 0; k < OTHERS; k++) {
      int start = (int) ((k + 1L) * source.size() / (OTHERS + 1));
      for (int step = 0; others[k] == null; step++) {
        String sentence = source.get((start + step) % source.size());
        if (sentence.length() >= mean) {
          others[k] = sentence;
        }
      }
    }
    return Arrays.stream(others).distinct().toList();
  }
}
