package dev.verso.usecase.corpus.spark;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.dedup.HeldOutSentences;
import dev.verso.corpus.filter.FilterOptions;
import dev.verso.corpus.filter.Verdict;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.usecase.corpus.CorpusCluster;
import dev.verso.usecase.corpus.CorpusFile;
import dev.verso.usecase.corpus.Deduplication;
import dev.verso.usecase.corpus.DocumentReport;
import dev.verso.usecase.corpus.PairJudge;
import dev.verso.usecase.corpus.RefinementOptions;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/** Shares pairs of sentences out in even portions, in the corpus's order, and judges them. */
final class PairJudging {

  /** Pairs that a portion holds at most. */
  private static final long MOST = 50_000;

  /** Fewer are not worth a task. */
  private static final long LEAST = 1000;

  /** Portions for each core. */
  private static final int PORTIONS = 6;

  private static final TypeReference<List<CorpusPair>> PAIRS = new TypeReference<>() {};

  private final Session session;
  private final CorpusCluster.Request request;
  private Layout layout = Layout.of(0, 1, 0, PairJudge.BATCH);

  PairJudging(Session session, CorpusCluster.Request request) {
    this.session = session;
    this.request = request;
  }

  /** Where the pairs are; known once they are judged. */
  Layout layout() {
    return layout;
  }

  /** Some pairs that follow each other: the number of the first, and their JSON. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Piece(long first, byte[] json) implements Serializable {}

  /** What tasks need to judge. */
  private record Setting(
      FilterOptions filters, boolean filtered, boolean marked, boolean near, String model)
      implements Serializable {}

  /**
   * Judges the pairs of the chosen documents.
   *
   * @return a chunk for each partition of the layout
   */
  JavaRDD<Chunk> judge(
      List<JavaRDD<AlignedPair>> rounds,
      List<DocumentCandidate> chosen,
      Map<String, DocumentReport.Aligned> aligned,
      DocumentAlignment alignment) {
    session.step("judging");
    JavaSparkContext spark = session.spark();
    List<Chunk> others = others();
    long earlier = others.stream().mapToLong(chunk -> chunk.numbers().length).sum();
    long[] firsts = new long[alignment.count()];
    Arrays.fill(firsts, -1);
    long pairs = 0;
    for (DocumentCandidate one : chosen) {
      firsts[alignment.number(one)] = pairs;
      pairs += aligned.get(one.source()).pairs();
    }
    long wanted = Math.max(LEAST, pairs / ((long) session.cores() * PORTIONS) + 1);
    long batches = (Math.min(MOST, wanted) + PairJudge.BATCH - 1) / PairJudge.BATCH;
    layout = Layout.of(earlier, MOST, pairs, batches * PairJudge.BATCH);
    int homes = layout.homes();
    Broadcast<long[]> first = spark.broadcast(firsts);
    Layout where = layout;
    JavaRDD<AlignedPair> all = rounds.stream().reduce(spark.emptyRDD(), JavaRDD::union);
    JavaRDD<Piece> pieces =
        Exchange.objects(
            all.flatMapToPair(pair -> pieces(pair, first.value()[pair.number()], where)), homes);
    Broadcast<HeldOutSentences> heldOut =
        spark.broadcast(PairJudge.heldOut(request.refinement().exclude()));
    RefinementOptions options = request.refinement();
    boolean marked = options.deduplication() != Deduplication.NONE;
    Setting setting =
        new Setting(
            options.filters(),
            options.filtered(),
            marked,
            options.deduplication() == Deduplication.NEAR,
            request.model().map(Path::toString).orElse(""));
    Broadcast<List<Chunk>> earlierChunks = spark.broadcast(others);
    LongAccumulator counter = session.counter("pairs judged");
    return pieces
        .mapPartitionsWithIndex(
            (partition, some) ->
                partition < where.earlierHomes()
                    ? List.of(earlierChunks.value().get(partition)).iterator()
                    : List.of(judged(some, setting, heldOut.value(), where, counter)).iterator(),
            true)
        .persist(StorageLevel.DISK_ONLY());
  }

  /** Pairs of other corpora in portions. */
  private List<Chunk> others() {
    RefinementOptions options = request.refinement();
    List<CorpusPair> all = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    long[] number = new long[1];
    boolean near = options.deduplication() == Deduplication.NEAR;
    for (Path file : options.against()) {
      CorpusFile.read(
          file,
          pair -> {
            all.add(pair);
            if (all.size() == MOST) {
              chunks.add(other(all, number, near));
            }
          });
    }
    if (!all.isEmpty()) {
      chunks.add(other(all, number, near));
    }
    return chunks;
  }

  private static Chunk other(List<CorpusPair> pairs, long[] number, boolean near) {
    Chunk.Builder builder = new Chunk.Builder(true, near);
    pairs.forEach(pair -> builder.add(number[0]++, 0, 1, pair, ""));
    pairs.clear();
    return builder.build();
  }

  /** The pairs of two documents, parted where portions end. */
  private static Iterator<Tuple2<Integer, Piece>> pieces(
      AlignedPair pair, long first, Layout layout) throws IOException {
    if (first < 0 || pair.pairs() == 0) {
      return List.<Tuple2<Integer, Piece>>of().iterator();
    }
    long start = layout.earlier() + first;
    long end = start + pair.pairs();
    if (layout.home(start) == layout.home(end - 1)) {
      return List.of(new Tuple2<>(layout.home(start), new Piece(start, pair.json()))).iterator();
    }
    List<CorpusPair> all = Json.PLAIN.readValue(pair.json(), PAIRS);
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (long at = start; at < end; ) {
      long to = at;
      while (to < end && layout.home(to) == layout.home(at)) {
        to++;
      }
      List<CorpusPair> some = all.subList((int) (at - start), (int) (to - start));
      pieces.add(new Tuple2<>(layout.home(at), new Piece(at, Json.PLAIN.writeValueAsBytes(some))));
      at = to;
    }
    return pieces.iterator();
  }

  private static Chunk judged(
      Iterator<Piece> received,
      Setting setting,
      HeldOutSentences heldOut,
      Layout layout,
      LongAccumulator counter)
      throws IOException {
    List<Piece> pieces = new ArrayList<>();
    received.forEachRemaining(pieces::add);
    pieces.sort(Comparator.comparingLong(Piece::first));
    PairJudge judge =
        new PairJudge(
            setting.filters,
            setting.filtered,
            heldOut,
            setting.model.isEmpty()
                ? Optional.empty()
                : Optional.of(ExecutorModel.margin(setting.model)));
    Chunk.Builder builder = new Chunk.Builder(setting.marked, setting.near);
    List<CorpusPair> batch = new ArrayList<>();
    long number = pieces.isEmpty() ? 0 : pieces.get(0).first;
    for (Piece piece : pieces) {
      for (CorpusPair pair : Json.PLAIN.readValue(piece.json, PAIRS)) {
        batch.add(pair);
        if (batch.size() == PairJudge.BATCH) {
          number = judged(batch, number, judge, builder, counter);
        }
      }
    }
    judged(batch, number, judge, builder, counter);
    return builder.build();
  }

  private static long judged(
      List<CorpusPair> batch,
      long first,
      PairJudge judge,
      Chunk.Builder builder,
      LongAccumulator counter) {
    long number = first;
    for (Verdict verdict : judge.judged(batch, Cancellation.NONE)) {
      CorpusPair pair = verdict.pair();
      if (verdict.isKept()) {
        builder.add(number, 1, pair.score("quality", 0), pair, CorpusLines.write(pair));
      } else {
        builder.statistics().reject(pair, verdict.reason().get());
        builder.reject(
            CorpusLines.rejected(pair, verdict.reason().get().label(), verdict.detail()));
      }
      number++;
    }
    counter.add(batch.size());
    batch.clear();
    return number;
  }
}
