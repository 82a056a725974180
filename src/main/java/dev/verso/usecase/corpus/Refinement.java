package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusProgress;
import dev.verso.corpus.Occurrence;
import dev.verso.corpus.dedup.DuplicateSearch;
import dev.verso.corpus.dedup.HeldOutSentences;
import dev.verso.corpus.dedup.PairFingerprint;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.filter.FixedMargin;
import dev.verso.corpus.filter.PairFilter;
import dev.verso.corpus.filter.Reason;
import dev.verso.corpus.filter.Verdict;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.Json;
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
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Filters and deduplicates pairs and writes the corpus, and beside it what was rejected, each with
 * its reason.
 *
 * <p>Two passes: the first judges the pairs and writes those that pass to a file, keeping a
 * fingerprint of each; the second copies those that stay. Memory grows by about 200 bytes a pair.
 */
final class Refinement {

  private static final int BATCH = 200;

  /** Pairs of a quality between these are shown to the model, where there is one. */
  private static final double SURELY_NOT = 0.01;

  private static final double SURELY = 0.97;

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
  private record Judged(Verdict verdict, Optional<PairFingerprint> fingerprint) {}

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
            search.add(fingerprint(pair), 0, 1, pair.hash());
          });
    }
    return search.size();
  }

  private static PairFingerprint fingerprint(CorpusPair pair) {
    return PairFingerprint.of(pair.source().text(), pair.target().text());
  }

  private void judge(
      PairSource pairs,
      long total,
      DuplicateSearch search,
      BufferedWriter passed,
      BufferedWriter rejections) {
    PairFilter filter = new PairFilter(options.filters());
    HeldOutSentences heldOut = heldOut();
    boolean fingerprints = options.deduplication() != Deduplication.NONE;
    AtomicLong done = new AtomicLong();
    long[] end = new long[1];
    try (OrderedTasks<List<CorpusPair>, List<Judged>> tasks =
        new OrderedTasks<>(
            threads,
            batch -> {
              cancellation.check();
              return judged(batch, filter, heldOut, fingerprints);
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

  private HeldOutSentences heldOut() {
    List<String> sentences = new ArrayList<>();
    for (Path file : options.exclude()) {
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
          sentences.addAll(dev.verso.text.LineFile.read(file));
        } catch (IOException e) {
          throw new InputException(e.getMessage(), e);
        }
      }
    }
    return new HeldOutSentences(sentences);
  }

  private List<Judged> judged(
      List<CorpusPair> batch, PairFilter filter, HeldOutSentences heldOut, boolean fingerprints) {
    List<Judged> judged = new ArrayList<>(batch.size());
    for (CorpusPair pair : batch) {
      Verdict verdict =
          options.filtered()
              ? filter.judge(pair, OptionalDouble.empty())
              : new Verdict(pair, Optional.empty(), "");
      if (verdict.isKept()
          && (heldOut.isIn(verdict.pair().source().text())
              || heldOut.isIn(verdict.pair().target().text()))) {
        verdict = new Verdict(verdict.pair(), Optional.of(Reason.EXCLUDED), "");
      }
      judged.add(new Judged(verdict, Optional.empty()));
    }
    if (margin.isPresent()) {
      ask(batch, judged, filter, margin.get());
    }
    if (fingerprints) {
      judged.replaceAll(
          one ->
              one.verdict.isKept()
                  ? new Judged(one.verdict, Optional.of(fingerprint(one.verdict.pair())))
                  : one);
    }
    return judged;
  }

  /** Shows the pairs in doubt to the model and judges them anew. */
  private void ask(
      List<CorpusPair> batch, List<Judged> judged, PairFilter filter, FixedMargin model) {
    List<Integer> doubtful = new ArrayList<>();
    for (int k = 0; k < batch.size(); k++) {
      Verdict verdict = judged.get(k).verdict;
      double quality = verdict.pair().score("quality", 1);
      boolean open = verdict.isKept() || verdict.reason().equals(Optional.of(Reason.QUALITY));
      if (open && quality > SURELY_NOT && quality < SURELY) {
        doubtful.add(k);
      }
    }
    double[] margins =
        model.of(
            doubtful.stream().map(k -> judged.get(k).verdict.pair().source().text()).toList(),
            doubtful.stream().map(k -> judged.get(k).verdict.pair().target().text()).toList(),
            cancellation);
    for (int d = 0; d < margins.length; d++) {
      int k = doubtful.get(d);
      Verdict verdict = filter.judge(batch.get(k), OptionalDouble.of(margins[d]));
      judged.set(k, new Judged(verdict, Optional.empty()));
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
      ObjectNode why = Json.PLAIN.createObjectNode();
      why.put("reason", reason.label());
      why.put("detail", detail);
      String head = Json.PLAIN.writeValueAsString(why);
      rejections.write(head, 0, head.length() - 1);
      rejections.write(',');
      rejections.write(CorpusLines.write(pair), 1, CorpusLines.write(pair).length() - 1);
      rejections.write('\n');
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
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
          List<Occurrence> places = new ArrayList<>(places(pair));
          for (int other = last[k]; other >= 0; other = before[other]) {
            places.addAll(places(at(random, other)));
          }
          CorpusPair whole = pair.withOccurrences(places);
          statistics.keep(whole);
          out.write(CorpusLines.write(whole));
          out.write('\n');
        } else {
          Reason reason = found.exact()[earlier + k] ? Reason.DUPLICATE : Reason.NEAR_DUPLICATE;
          String detail = keeper < 0 ? "in another corpus" : "of " + at(random, keeper).hash();
          reject(pair, reason, detail, rejections);
        }
      }
    }
  }

  private static List<Occurrence> places(CorpusPair pair) {
    return pair.occurrences().isEmpty() ? List.of(pair.place()) : pair.occurrences();
  }

  private CorpusPair at(RandomAccessFile random, int index) throws IOException {
    random.seek(offsets[index]);
    long end = index + 1 < kept ? offsets[index + 1] : random.length();
    byte[] line = new byte[Math.toIntExact(end - offsets[index] - 1)];
    random.readFully(line);
    return CorpusLines.read("corpus", index + 1L, new String(line, StandardCharsets.UTF_8));
  }
}
