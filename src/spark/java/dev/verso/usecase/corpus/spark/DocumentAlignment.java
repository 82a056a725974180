package dev.verso.usecase.corpus.spark;

import dev.verso.alignment.LogLinearAligner;
import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentPair;
import dev.verso.corpus.pairing.PairAligner;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.usecase.corpus.DocumentReport;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/** Brings the two documents of a pair together and aligns them, each pair once. */
final class DocumentAlignment {

  /** Portions for each core. */
  private static final int PORTIONS = 8;

  /** Characters that are worth a portion. */
  private static final long LEAST = 200_000;

  /** Characters after which a portion is large enough. */
  private static final long ENOUGH = 1 << 20;

  private final Session session;
  private final JavaRDD<ReadDocument> read;
  private final Map<String, ReadDocument.Known> documents;
  private final Map<DocumentCandidate, DocumentReport.Aligned> done = new HashMap<>();
  private final Map<DocumentCandidate, Integer> numbers = new HashMap<>();

  DocumentAlignment(
      Session session, JavaRDD<ReadDocument> read, Map<String, ReadDocument.Known> documents) {
    this.session = session;
    this.read = read;
    this.documents = documents;
  }

  /** Where a document goes: its position, the pair, the side, and who aligns it. */
  private record Errand(int position, int number, boolean source, int portion)
      implements Serializable {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Side(int number, boolean source, byte[] json) implements Serializable {}

  /** What came of a pair. */
  DocumentReport.Aligned of(DocumentCandidate candidate) {
    return done.get(candidate);
  }

  /**
   * Aligns the pairs that were not aligned before.
   *
   * @param rounds gets the pairs; their numbers go by the order in which they were first assigned
   */
  void align(List<DocumentCandidate> assigned, List<JavaRDD<AlignedPair>> rounds) {
    List<DocumentCandidate> missing =
        assigned.stream().filter(one -> !done.containsKey(one)).toList();
    if (missing.isEmpty()) {
      return;
    }
    Map<Integer, DocumentCandidate> byNumber = new HashMap<>();
    for (DocumentCandidate one : missing) {
      int number = numbers.size();
      numbers.put(one, number);
      byNumber.put(number, one);
    }
    Map<DocumentCandidate, Integer> portions = portions(missing);
    int count = 1 + portions.values().stream().mapToInt(portion -> portion).max().orElse(0);
    Map<Integer, List<Errand>> errands = new HashMap<>();
    for (DocumentCandidate one : missing) {
      for (String id : List.of(one.source(), one.target())) {
        ReadDocument.Known document = documents.get(id);
        errands
            .computeIfAbsent(document.partition(), x -> new ArrayList<>())
            .add(
                new Errand(
                    document.position(),
                    numbers.get(one),
                    id.equals(one.source()),
                    portions.get(one)));
      }
    }
    Broadcast<Map<Integer, List<Errand>>> sent = session.spark().broadcast(errands);
    LongAccumulator aligned = session.counter("document pairs aligned");
    JavaRDD<AlignedPair> pairs =
        Exchange.objects(
                read.mapPartitionsWithIndex(
                        (partition, elements) ->
                            sides(elements, sent.value().getOrDefault(partition, List.of())),
                        true)
                    .mapToPair(side -> side),
                count)
            .mapPartitions(sides -> aligned(sides, aligned))
            .persist(StorageLevel.DISK_ONLY());
    for (AlignedPair pair : pairs.map(AlignedPair::head).collect()) {
      DocumentCandidate candidate = byNumber.get(pair.number());
      done.put(
          candidate,
          new DocumentReport.Aligned(
              candidate,
              pair.kind(),
              pair.related(),
              pair.sourceShare(),
              pair.targetShare(),
              pair.pairs()));
    }
    rounds.add(pairs);
  }

  /** The number of a pair that was aligned. */
  int number(DocumentCandidate candidate) {
    return numbers.get(candidate);
  }

  /** How many pairs were aligned, chosen or not. */
  int count() {
    return numbers.size();
  }

  /** The longest pairs first, each to the portion that is least so far. */
  private Map<DocumentCandidate, Integer> portions(List<DocumentCandidate> missing) {
    Map<DocumentCandidate, Long> costs = new HashMap<>();
    long all = 0;
    for (DocumentCandidate one : missing) {
      long cost =
          (long) documents.get(one.source()).characters()
              + documents.get(one.target()).characters();
      costs.put(one, cost);
      all += cost;
    }
    long some = Math.min((long) session.cores() * PORTIONS, Math.max(session.cores(), all / LEAST));
    long wanted = Math.max(some, all / ENOUGH);
    int count = (int) Math.min(missing.size(), wanted);
    PriorityQueue<long[]> least =
        new PriorityQueue<>(
            Comparator.<long[]>comparingLong(one -> one[0]).thenComparingLong(one -> one[1]));
    for (int portion = 0; portion < count; portion++) {
      least.add(new long[] {0, portion});
    }
    List<DocumentCandidate> inOrder = new ArrayList<>(missing);
    inOrder.sort(
        Comparator.<DocumentCandidate>comparingLong(one -> -costs.get(one))
            .thenComparing(DocumentCandidate::source));
    Map<DocumentCandidate, Integer> portions = new HashMap<>();
    for (DocumentCandidate one : inOrder) {
      long[] portion = least.remove();
      portions.put(one, (int) portion[1]);
      portion[0] += costs.get(one);
      least.add(portion);
    }
    return portions;
  }

  private static Iterator<Tuple2<Integer, Side>> sides(
      Iterator<ReadDocument> elements, List<Errand> errands) {
    Map<Integer, List<Errand>> byPosition = new HashMap<>();
    errands.forEach(
        errand -> byPosition.computeIfAbsent(errand.position, x -> new ArrayList<>()).add(errand));
    List<Tuple2<Integer, Side>> sides = new ArrayList<>();
    for (int k = 0; elements.hasNext(); k++) {
      ReadDocument document = elements.next();
      for (Errand errand : byPosition.getOrDefault(k, List.of())) {
        sides.add(
            new Tuple2<>(errand.portion, new Side(errand.number, errand.source, document.json())));
      }
    }
    return sides.iterator();
  }

  private static Iterator<AlignedPair> aligned(Iterator<Side> sides, LongAccumulator counter)
      throws IOException {
    Map<Integer, Side[]> pairs = new TreeMap<>();
    sides.forEachRemaining(
        side -> pairs.computeIfAbsent(side.number, x -> new Side[2])[side.source ? 0 : 1] = side);
    PairAligner aligner = new PairAligner(LogLinearAligner.shipped());
    List<AlignedPair> aligned = new ArrayList<>();
    for (Map.Entry<Integer, Side[]> pair : pairs.entrySet()) {
      Side[] both = pair.getValue();
      DocumentPair result =
          aligner.align(
              Json.PLAIN.readValue(both[0].json, CorpusDocument.class),
              Json.PLAIN.readValue(both[1].json, CorpusDocument.class),
              Cancellation.NONE);
      aligned.add(
          new AlignedPair(
              pair.getKey(),
              result.kind(),
              result.related(),
              result.sourceShare(),
              result.targetShare(),
              result.pairs().size(),
              Json.PLAIN.writeValueAsBytes(result.pairs())));
      counter.add(1);
    }
    return aligned.iterator();
  }
}
