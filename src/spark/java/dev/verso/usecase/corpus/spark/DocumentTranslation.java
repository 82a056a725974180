package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.CorpusDocument;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.text.Language;
import dev.verso.usecase.corpus.CorpusCluster;
import dev.verso.usecase.corpus.TranslatedPiece;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Translates French documents: pieces of at most {@link TranslatedPiece#SENTENCES} sentences go to
 * whoever has a core, so that a long document is shared out; where each begins in the English
 * document is known when all of its pieces are there, and then they are written in the order of the
 * documents' names.
 */
final class DocumentTranslation {

  /** Where the lines are while the run lasts. */
  static final String LINES = "translated";

  /** Portions for each core. */
  private static final int PORTIONS = 8;

  private final Session session;
  private final CorpusCluster.Request request;
  private final String parts;
  private final int beam;

  DocumentTranslation(Session session, CorpusCluster.Request request, String parts, int beam) {
    this.session = session;
    this.request = request;
    this.parts = parts;
    this.beam = beam;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Piece(int order, int first, byte[] json) implements Serializable {}

  /** What the driver knows of a piece once it is translated. */
  private record Head(int order, int first, int sentences, int length, int pairs)
      implements Serializable {}

  /** Where a piece begins in its document, and its place among all. */
  private record Place(int start, int rank) implements Serializable {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Lines(int rank, byte[] text) implements Serializable {}

  /**
   * Translates.
   *
   * @param french the documents, in order
   * @return what was written
   */
  Translated translate(JavaRDD<ReadDocument> read, List<ReadDocument.Known> french) {
    session.step("translating");
    Map<Integer, Map<Integer, Integer>> orders = new HashMap<>();
    for (int order = 0; order < french.size(); order++) {
      ReadDocument.Known one = french.get(order);
      orders.computeIfAbsent(one.partition(), x -> new HashMap<>()).put(one.position(), order);
    }
    Broadcast<Map<Integer, Map<Integer, Integer>>> sent = session.spark().broadcast(orders);
    int portions = Math.max(1, session.cores() * PORTIONS);
    LongAccumulator counter = session.counter("sentences translated");
    String model = request.model().orElseThrow().toString();
    int kept = beam;
    JavaRDD<TranslatedPiece> translated =
        Exchange.objects(
                read.mapPartitionsWithIndex(
                        (partition, elements) ->
                            pieces(
                                elements, sent.value().getOrDefault(partition, Map.of()), portions),
                        true)
                    .mapToPair(piece -> piece),
                portions)
            .mapPartitions(pieces -> translated(pieces, model, kept, counter))
            .persist(StorageLevel.DISK_ONLY());
    List<Head> heads =
        new ArrayList<>(
            translated
                .map(
                    one ->
                        new Head(
                            one.order(),
                            one.first(),
                            one.targets().size(),
                            one.length(),
                            one.lines(0).size()))
                .collect());
    heads.sort(Comparator.comparingInt(Head::order).thenComparingInt(Head::first));
    session.step("writing");
    Layout layout = write(translated, heads);
    Integer[] sentences = new Integer[french.size()];
    Arrays.fill(sentences, 0);
    heads.forEach(head -> sentences[head.order] += head.sentences);
    return new Translated(layout, heads.stream().mapToLong(Head::pairs).sum(), List.of(sentences));
  }

  /**
   * What was written.
   *
   * @param layout its parts
   * @param pairs in all
   * @param sentences of each document
   */
  record Translated(Layout layout, long pairs, List<Integer> sentences) {}

  private Layout write(JavaRDD<TranslatedPiece> translated, List<Head> heads) {
    Map<Long, Place> places = new HashMap<>();
    int start = 0;
    for (int rank = 0; rank < heads.size(); rank++) {
      Head head = heads.get(rank);
      start = rank > 0 && heads.get(rank - 1).order == head.order ? start : 0;
      places.put(key(head.order, head.first), new Place(start, rank));
      start += head.length;
    }
    int per = Math.max(1, heads.size() / Math.max(1, session.cores() * PORTIONS));
    Layout layout = Layout.of(0, 1, heads.size(), per);
    Broadcast<Map<Long, Place>> known = session.spark().broadcast(places);
    Broadcast<SerializableConfiguration> store = session.configuration();
    String folder = parts + "/" + LINES;
    Exchange.objects(
            translated.mapToPair(
                piece -> {
                  Place place = known.value().get(key(piece.order(), piece.first()));
                  StringBuilder text = new StringBuilder();
                  piece.lines(place.start).forEach(line -> text.append(line).append('\n'));
                  byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                  return new Tuple2<>(layout.home(place.rank), new Lines(place.rank, bytes));
                }),
            layout.homes())
        .mapPartitionsWithIndex(
            (part, lines) ->
                List.of(written(folder, part, lines, store.value().value())).iterator(),
            true)
        .collect();
    return layout;
  }

  private static long key(int order, int first) {
    return (long) order << Integer.SIZE | first;
  }

  private static Iterator<Tuple2<Integer, Piece>> pieces(
      Iterator<ReadDocument> elements, Map<Integer, Integer> orders, int portions)
      throws IOException {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (int k = 0; elements.hasNext(); k++) {
      ReadDocument one = elements.next();
      Integer order = orders.get(k);
      if (order == null) {
        continue;
      }
      CorpusDocument document = Json.PLAIN.readValue(one.json(), CorpusDocument.class);
      int number = 0;
      for (int at = 0; at < document.sentences().size(); at += TranslatedPiece.SENTENCES) {
        byte[] json = Json.PLAIN.writeValueAsBytes(TranslatedPiece.cut(document, at));
        int portion = Math.floorMod(order + number, portions);
        pieces.add(new Tuple2<>(portion, new Piece(order, at, json)));
        number++;
      }
    }
    return pieces.iterator();
  }

  private static Iterator<TranslatedPiece> translated(
      Iterator<Piece> pieces, String model, int beam, LongAccumulator counter) throws IOException {
    List<TranslatedPiece> translated = new ArrayList<>();
    while (pieces.hasNext()) {
      Piece piece = pieces.next();
      Engine engine = ExecutorModel.engine(model);
      CorpusDocument part = Json.PLAIN.readValue(piece.json, CorpusDocument.class);
      TranslatedPiece one =
          TranslatedPiece.of(piece.order, piece.first, part, engine, beam, Cancellation.NONE);
      counter.add(one.targets().size());
      translated.add(one);
    }
    return translated.iterator();
  }

  private static int written(
      String folder, int part, Iterator<Lines> received, Configuration configuration)
      throws IOException {
    List<Lines> lines = new ArrayList<>();
    received.forEachRemaining(lines::add);
    lines.sort(Comparator.comparingInt(Lines::rank));
    int size = lines.stream().mapToInt(one -> one.text.length).sum();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    lines.forEach(one -> bytes.writeBytes(one.text));
    PartFiles.write(folder, part, bytes.toByteArray(), configuration);
    return size;
  }

  /** Documents that can be translated. */
  static boolean isFrench(ReadDocument.Known document) {
    return document.language().equals(Language.FRENCH.tag());
  }
}
