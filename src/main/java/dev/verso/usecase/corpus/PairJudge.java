package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.dedup.HeldOutSentences;
import dev.verso.corpus.filter.FilterOptions;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.filter.PairFilter;
import dev.verso.corpus.filter.Reason;
import dev.verso.corpus.filter.Verdict;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges pairs: filters, held-out sentences and, where there is a model, its margin for those in
 * doubt.
 *
 * <p>Pairs come in batches of {@value #BATCH}, cut in the order of the corpus wherever they are
 * judged: what a network says of a sentence can differ in its last digits with what else is in the
 * batch. Thread-safe.
 */
public final class PairJudge {

  /** Pairs that are judged together. */
  public static final int BATCH = 200;

  /** Pairs of a quality between these are shown to the model, where there is one. */
  private static final double SURELY_NOT = 0.01;

  private static final double SURELY = 0.97;

  private final PairFilter filter;
  private final boolean filtered;
  private final HeldOutSentences heldOut;
  private final Optional<FixedMargin> margin;

  /**
   * @param filters how strict the filters are
   * @param filtered whether they are asked at all
   * @param heldOut sentences that no pair may hold
   * @param margin what asks the model, if there is one
   */
  public PairJudge(
      FilterOptions filters,
      boolean filtered,
      HeldOutSentences heldOut,
      Optional<FixedMargin> margin) {
    this.filter = new PairFilter(filters);
    this.filtered = filtered;
    this.heldOut = heldOut;
    this.margin = margin;
  }

  /**
   * The sentences of files: a sentence a line, or corpora.
   *
   * @throws InputException if one can't be read
   */
  public static HeldOutSentences heldOut(List<Path> files) {
    List<String> sentences = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".jsonl") || name.endsWith(".tsv")) {
        CorpusFile.read(
            file,
            pair -> {
              sentences.add(pair.source().text());
              sentences.add(pair.target().text());
            });
      } else {
        try {
          sentences.addAll(LineFile.read(file));
        } catch (IOException e) {
          throw new InputException(e.getMessage(), e);
        }
      }
    }
    return new HeldOutSentences(sentences);
  }

  /** A verdict on each pair of a batch. */
  public List<Verdict> judged(List<CorpusPair> batch, Cancellation cancellation) {
    List<Verdict> verdicts = new ArrayList<>(batch.size());
    for (CorpusPair pair : batch) {
      Verdict verdict =
          filtered
              ? filter.judge(pair, OptionalDouble.empty())
              : new Verdict(pair, Optional.empty(), "");
      if (verdict.isKept()
          && (heldOut.isIn(verdict.pair().source().text())
              || heldOut.isIn(verdict.pair().target().text()))) {
        verdict = new Verdict(verdict.pair(), Optional.of(Reason.EXCLUDED), "");
      }
      verdicts.add(verdict);
    }
    margin.ifPresent(model -> ask(batch, verdicts, model, cancellation));
    return verdicts;
  }

  /** Shows the pairs in doubt to the model and judges them anew. */
  private void ask(
      List<CorpusPair> batch,
      List<Verdict> verdicts,
      FixedMargin model,
      Cancellation cancellation) {
    List<Integer> doubtful = new ArrayList<>();
    for (int k = 0; k < batch.size(); k++) {
      Verdict verdict = verdicts.get(k);
      double quality = verdict.pair().score("quality", 1);
      boolean open = verdict.isKept() || verdict.reason().equals(Optional.of(Reason.QUALITY));
      if (open && quality > SURELY_NOT && quality < SURELY) {
        doubtful.add(k);
      }
    }
    double[] margins =
        model.of(
            doubtful.stream().map(k -> verdicts.get(k).pair().source().text()).toList(),
            doubtful.stream().map(k -> verdicts.get(k).pair().target().text()).toList(),
            cancellation);
    for (int d = 0; d < margins.length; d++) {
      int k = doubtful.get(d);
      verdicts.set(k, filter.judge(batch.get(k), OptionalDouble.of(margins[d])));
    }
  }
}
