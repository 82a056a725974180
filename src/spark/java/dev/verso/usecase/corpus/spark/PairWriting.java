package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.Occurrence;
import dev.verso.corpus.export.CorpusStatistics;
import dev.verso.corpus.filter.Reason;
import dev.verso.usecase.corpus.CorpusCluster;
import dev.verso.usecase.corpus.Deduplication;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Deduplicates and writes the parts of a corpus. */
final class PairWriting {

  /** Folders of parts. */
  static final String CORPUS = "corpus";

  static final String REJECTED = "rejected";
  static final String REPEATED = "repeated";

  private static final int RECORD = 3;

  private final Session session;
  private final CorpusCluster.Request request;
  private final String parts;

  PairWriting(Session session, CorpusCluster.Request request, String parts) {
    this.session = session;
    this.request = request;
    this.parts = parts;
  }

  /** A chunk, and which of its pairs go. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sifted(Chunk chunk, long[] going) implements Serializable {}

  /** Where pairs stand that go, for the one that stays. */
  private record Places(long keeper, long number, List<Occurrence> places)
      implements Serializable {}

  /** The hash of the pair that stays, for one that goes. */
  private record Kept(long number, String hash) implements Serializable {}

  /** Writes parts of the corpus, of what was rejected, and of what is there already. */
  CorpusStatistics write(JavaRDD<Chunk> chunks, Layout layout) {
    Deduplication deduplication = request.refinement().deduplication();
    List<long[]> going = new ArrayList<>(Collections.nCopies(layout.homes(), new long[0]));
    if (deduplication != Deduplication.NONE) {
      session.step("deduplicating");
      long size = chunks.map(chunk -> (long) chunk.numbers().length).reduce(Long::sum);
      going = new DuplicateJoin(layout, deduplication == Deduplication.NEAR).run(chunks, size);
    }
    session.step("writing");
    int homes = layout.homes();
    JavaRDD<Sifted> sifted =
        chunks.zipPartitions(
            session.spark().parallelize(going, homes),
            (chunk, gone) -> List.of(new Sifted(chunk.next(), gone.next())).iterator());
    JavaRDD<Places> places =
        Exchange.objects(sifted.flatMapToPair(one -> places(one, layout)), homes);
    Broadcast<SerializableConfiguration> store = session.configuration();
    String folder = parts;
    CorpusStatistics statistics = new CorpusStatistics();
    sifted
        .zipPartitions(places, PairWriting::staying)
        .mapPartitionsWithIndex(
            (part, staying) -> {
              Configuration configuration = store.value().value();
              Staying one = staying.next();
              if (part >= layout.earlierHomes()) {
                PartFiles.write(folder + "/" + CORPUS, part, one.lines, configuration);
                PartFiles.write(folder + "/" + REJECTED, part, one.rejected, configuration);
              }
              return List.of(one.statistics).iterator();
            },
            true)
        .collect()
        .forEach(statistics::add);
    JavaRDD<Kept> kept =
        Exchange.objects(
            sifted
                .zipPartitions(places, PairWriting::hashes)
                .mapToPair(one -> new Tuple2<>(layout.home(one.number), one)),
            homes);
    sifted
        .zipPartitions(kept, PairWriting::repeated)
        .mapPartitionsWithIndex(
            (part, repeated) -> {
              Staying one = repeated.next();
              if (part >= layout.earlierHomes()) {
                PartFiles.write(folder + "/" + REPEATED, part, one.rejected, store.value().value());
              }
              return List.of(one.statistics).iterator();
            },
            true)
        .collect()
        .forEach(statistics::add);
    return statistics;
  }

  private static Iterator<Tuple2<Integer, Places>> places(Sifted one, Layout layout) {
    List<Tuple2<Integer, Places>> places = new ArrayList<>();
    for (int at = 0; at < one.going.length; at += RECORD) {
      long keeper = one.going[at + 1];
      if (keeper != DuplicateJoin.ELSEWHERE) {
        CorpusPair pair = one.chunk.pair(one.chunk.position(one.going[at]));
        places.add(
            new Tuple2<>(layout.home(keeper), new Places(keeper, one.going[at], pair.places())));
      }
    }
    return places.iterator();
  }

  /** What a task writes. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Staying(byte[] lines, byte[] rejected, CorpusStatistics statistics)
      implements Serializable {}

  private static boolean[] gone(Sifted one) {
    boolean[] gone = new boolean[one.chunk.numbers().length];
    for (int at = 0; at < one.going.length; at += RECORD) {
      gone[one.chunk.position(one.going[at])] = true;
    }
    return gone;
  }

  private static Iterator<Staying> staying(Iterator<Sifted> sifted, Iterator<Places> received) {
    Sifted one = sifted.next();
    Map<Long, List<Occurrence>> others = new HashMap<>();
    received.forEachRemaining(
        places ->
            others.computeIfAbsent(places.keeper, x -> new ArrayList<>()).addAll(places.places));
    boolean marked = one.chunk.exact().length > 0 && one.chunk.ranks()[0] != 0;
    boolean[] gone = gone(one);
    CorpusStatistics statistics = new CorpusStatistics();
    statistics.add(one.chunk.statistics());
    StringBuilder lines = new StringBuilder();
    for (int k = 0; k < gone.length; k++) {
      if (!gone[k] && !one.chunk.lines()[k].isEmpty()) {
        CorpusPair pair = one.chunk.pair(k);
        String line = one.chunk.lines()[k];
        if (marked) {
          List<Occurrence> places = new ArrayList<>(pair.places());
          places.addAll(others.getOrDefault(one.chunk.numbers()[k], List.of()));
          pair = pair.withOccurrences(places);
          line = CorpusLines.write(pair);
        }
        statistics.keep(pair);
        lines.append(line).append('\n');
      }
    }
    return List.of(
            new Staying(
                lines.toString().getBytes(StandardCharsets.UTF_8),
                one.chunk.rejected(),
                statistics))
        .iterator();
  }

  private static Iterator<Kept> hashes(Iterator<Sifted> sifted, Iterator<Places> received) {
    Sifted one = sifted.next();
    List<Kept> kept = new ArrayList<>();
    received.forEachRemaining(
        places ->
            kept.add(
                new Kept(places.number, one.chunk.pair(one.chunk.position(places.keeper)).hash())));
    return kept.iterator();
  }

  private static Iterator<Staying> repeated(Iterator<Sifted> sifted, Iterator<Kept> received)
      throws IOException {
    Sifted one = sifted.next();
    Map<Long, String> hashes = new HashMap<>();
    received.forEachRemaining(kept -> hashes.put(kept.number, kept.hash));
    CorpusStatistics statistics = new CorpusStatistics();
    StringBuilder lines = new StringBuilder();
    for (int at = 0; at < one.going.length; at += RECORD) {
      CorpusPair pair = one.chunk.pair(one.chunk.position(one.going[at]));
      Reason reason = one.going[at + 2] == 1 ? Reason.DUPLICATE : Reason.NEAR_DUPLICATE;
      statistics.reject(pair, reason);
      String detail = CorpusLines.repeats(hashes.getOrDefault(one.going[at], ""));
      lines.append(CorpusLines.rejected(pair, reason.label(), detail)).append('\n');
    }
    return List.of(
            new Staying(new byte[0], lines.toString().getBytes(StandardCharsets.UTF_8), statistics))
        .iterator();
  }
}
