package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.Occurrence;
import dev.verso.corpus.dedup.DuplicateSearch;
import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.filter.Reason;
import dev.verso.corpus.filter.Verdict;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Filters and deduplicates pairs and writes the corpus, and beside it what was rejected, each with
 * its reason.
 *
 * <p>Two passes: the first judges the pairs and writes those that pass to a file, keeping a
 * fingerprint of each; the second copies those that stay. Memory grows by about 200 bytes a pair.
 */
final class Refinement {

  private static final int BATCH = PairJudge.BATCH;

  private final RefinementOptions options;
  private final Optional<FixedMargin> margin;
  private final int threads;
  private final CorpusProgress progress;
  private final Cancellation cancellation;
  private final CorpusStatistics statistics = new CorpusStatistics();

  private long[] offsets = new long[1024];
  private int kept;

  Refinement(
      RefinementOptions options,
      Optional<FixedMargin> margin,
      int threads,
      CorpusProgress progress,
      Cancellation cancellation) {
    this.options = options;
    this.margin = margin;
    this.threads = threads;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /** A pair that was judged, with its fingerprint if repeated pairs matter. */
  private record Judged(Verdict verdict, Optional<PairFingerprint> fingerprint) {
    static Judged of(Verdict verdict, boolean wanted) {
      return new Judged(
          verdict,
          wanted && verdict.isKept()
              ? Optional.of(PairFingerprint.of(verdict.pair()))
              : Optional.empty());
    }
  }

  /**
   * Runs both passes.
   *
   * @param total number of pairs, 0 if unknown
   * @param corpus where the corpus is written, line by line
   * @param rejected where the others are written
   * @param scratch a file for what lies between the passes; it is removed
   */
  CorpusStatistics run(PairSource pairs, long total, Path corpus, Path rejected, Path scratch)
      throws IOException {
    DuplicateSearch search = new DuplicateSearch(options.deduplication() == Deduplication.NEAR);
    int earlier = earlier(search);
    try (BufferedWriter rejections = Files.newBufferedWriter(rejected)) {
      try (BufferedWriter passed = Files.newBufferedWriter(scratch)) {
        judge(pairs, total, search, passed, rejections);
      }
      try (BufferedWriter out = Files.newBufferedWriter(corpus)) {
        if (options.deduplication() == Deduplication.NONE) {
          copy(scratch, out);
        } else {
          deduplicate(search.run(), earlier, scratch, out, rejections);
        }
      }
    } finally {
      Files.deleteIfExists(scratch);
    }
    return statistics;
  }

  /** Enters the pairs of other corpora. */
  private int earlier(DuplicateSearch search) {
    if (options.deduplication() == Deduplication.NONE && !options.against().isEmpty()) {
      throw new InputException("--against needs --dedup exact or near");
    }
    for (Path file : options.against()) {
      CorpusFile.read(
          file,
          pair -> {
            cancellation.check();
            search.add(PairFingerprint.of(pair), 0, 1, pair.hash());
          });
    }
    return search.size();
  }

  private void judge(
      PairSource pairs,
      long total,
      DuplicateSearch search,
      BufferedWriter passed,
      BufferedWriter rejections) {
    PairJudge judge =
        new PairJudge(
            options.filters(), options.filtered(), PairJudge.heldOut(options.exclude()), margin);
    boolean fingerprints = options.deduplication() != Deduplication.NONE;
    AtomicLong done = new AtomicLong();
    long[] end = new long[1];
    try (OrderedTasks<List<CorpusPair>, List<Judged>> tasks =
        new OrderedTasks<>(
            threads,
            batch -> {
              cancellation.check();
              return judge.judged(batch, cancellation).stream()
                  .map(verdict -> Judged.of(verdict, fingerprints))
                  .toList();
            },
            batch -> {
              for (Judged one : batch) {
                CorpusPair pair = one.verdict.pair();
                if (one.verdict.isKept()) {
                  end[0] = pass(pair, end[0], passed);
                  one.fingerprint.ifPresent(
                      print -> search.add(print, 1, pair.score("quality", 0), pair.hash()));
                } else {
                  reject(pair, one.verdict.reason().get(), one.verdict.detail(), rejections);
                }
              }
              progress.advanced("filtering", done.addAndGet(batch.size()), total);
            })) {
      List<CorpusPair> batch = new ArrayList<>();
      pairs.forEach(
          pair -> {
            batch.add(pair);
            if (batch.size() == BATCH) {
              tasks.add(List.copyOf(batch));
              batch.clear();
            }
          });
      if (!batch.isEmpty()) {
        tasks.add(List.copyOf(batch));
      }
      tasks.finish();
    }
  }

  private long pass(CorpusPair pair, long at, BufferedWriter passed) {
    try {
      String line = CorpusLines.write(pair);
      passed.write(line);
      passed.write('\n');
      if (kept == offsets.length) {
        offsets = Arrays.copyOf(offsets, kept + kept / 2);
      }
      offsets[kept++] = at;
      return at + utf8(line) + 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long utf8(String line) {
    long bytes = 0;
    for (int k = 0; k < line.length(); k++) {
      char c = line.charAt(k);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private void reject(CorpusPair pair, Reason reason, String detail, BufferedWriter rejections) {
    statistics.reject(pair, reason);
    try {
      rejections.write(CorpusLines.rejected(pair, reason.label(), detail));
      rejections.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Path scratch, BufferedWriter out) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(scratch)) {
      long number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        statistics.keep(CorpusLines.read("corpus", ++number, line));
        out.write(line);
        out.write('\n');
        progress.advanced("writing", number, kept);
      }
    }
  }

  /** Copies what stays, with the places of what goes. */
  private void deduplicate(
      DuplicateSearch.Result found,
      int earlier,
      Path scratch,
      BufferedWriter out,
      BufferedWriter rejections)
      throws IOException {
    int[] last = new int[kept]; // for each pair the last that belongs to it, and so on back
    int[] before = new int[kept];
    Arrays.fill(last, -1);
    for (int k = 0; k < kept; k++) {
      int keeper = found.keeper()[earlier + k] - earlier;
      if (keeper >= 0 && keeper != k) {
        before[k] = last[keeper];
        last[keeper] = k;
      }
    }
    try (BufferedReader reader = Files.newBufferedReader(scratch);
        RandomAccessFile random = new RandomAccessFile(scratch.toFile(), "r")) {
      for (int k = 0; k < kept; k++) {
        if (k % BATCH == 0) {
          cancellation.check();
          progress.advanced("deduplicating", k, kept);
        }
        CorpusPair pair = CorpusLines.read("corpus", k + 1L, reader.readLine());
        int keeper = found.keeper()[earlier + k] - earlier;
        if (keeper == k) {
          List<Occurrence> places = new ArrayList<>(pair.places());
          for (int other = last[k]; other >= 0; other = before[other]) {
            places.addAll(at(random, other).places());
          }
          CorpusPair whole = pair.withOccurrences(places);
          statistics.keep(whole);
          out.write(CorpusLines.write(whole));
          out.write('\n');
        } else {
          Reason reason = found.exact()[earlier + k] ? Reason.DUPLICATE : Reason.NEAR_DUPLICATE;
          reject(
              pair,
              reason,
              CorpusLines.repeats(keeper < 0 ? "" : at(random, keeper).hash()),
              rejections);
        }
      }
    }
  }

  private CorpusPair at(RandomAccessFile random, int index) throws IOException {
    random.seek(offsets[index]);
    long end = index + 1 < kept ? offsets[index + 1] : random.length();
    byte[] line = new byte[Math.toIntExact(end - offsets[index] - 1)];
    random.readFully(line);
    return CorpusLines.read("corpus", index + 1L, new String(line, StandardCharsets.UTF_8));
  }
}
