package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.pairing.AddressLinks;
import dev.verso.corpus.pairing.DocumentCandidate;
import dev.verso.corpus.pairing.DocumentPairing;
import dev.verso.corpus.pairing.DocumentProfile;
import dev.verso.corpus.pairing.DocumentVector;
import dev.verso.text.Language;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * {@link DocumentPairing#candidates} over many tasks, with the same result to the last bit.
 *
 * <p>Each feature has a task that knows which documents hold it: it tells them in how many
 * documents it is, and then each French document which English ones share it and by how much, if it
 * is in few enough English ones. Documents meet only through such features; what moves is 16 bytes
 * for each feature of each document three times, and 8 for each pair of documents at each feature
 * they share.
 */
final class CandidateSearch {

  private static final int FRENCH = 1;
  private static final int MOST_DOCUMENTS = 1 << 30;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int HALF = 32;
  private static final long CONNECTS = 1L << 62;

  private final JavaSparkContext spark;
  private final JavaRDD<ReadDocument> documents;
  private final int homes;
  private final List<DocumentProfile> french = new ArrayList<>();
  private final List<DocumentProfile> english = new ArrayList<>();
  private final int[] frenchHomes;
  private final int[] englishHomes;
  private final Broadcast<int[][]> codes;

  /**
   * @param documents where they are read
   * @param known all that may be paired, by name
   */
  CandidateSearch(
      JavaSparkContext spark,
      JavaRDD<ReadDocument> documents,
      Map<String, ReadDocument.Known> known) {
    this.spark = spark;
    this.documents = documents;
    this.homes = documents.getNumPartitions();
    List<DocumentProfile> sought =
        DocumentPairing.sought(known.values().stream().map(ReadDocument.Known::profile).toList());
    if (sought.size() > MOST_DOCUMENTS) {
      throw new IllegalStateException(sought.size() + " documents are too many for one run");
    }
    int[] sizes = new int[homes];
    known
        .values()
        .forEach(
            one -> sizes[one.partition()] = Math.max(sizes[one.partition()], one.position() + 1));
    int[][] code = new int[homes][];
    for (int home = 0; home < homes; home++) {
      code[home] = new int[sizes[home]];
      Arrays.fill(code[home], -1);
    }
    int[] where = new int[sought.size()];
    for (int k = 0; k < sought.size(); k++) {
      DocumentProfile profile = sought.get(k);
      boolean isFrench = profile.language() == Language.FRENCH;
      List<DocumentProfile> own = isFrench ? french : english;
      ReadDocument.Known one = known.get(profile.id());
      code[one.partition()][one.position()] = 2 * own.size() + (isFrench ? FRENCH : 0);
      where[k] = one.partition();
      own.add(profile);
    }
    frenchHomes = new int[french.size()];
    englishHomes = new int[english.size()];
    int f = 0;
    int e = 0;
    for (int k = 0; k < sought.size(); k++) {
      if (sought.get(k).language() == Language.FRENCH) {
        frenchHomes[f++] = where[k];
      } else {
        englishHomes[e++] = where[k];
      }
    }
    codes = spark.broadcast(code);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Coded(int code, DocumentVector vector, boolean[] connecting)
      implements Serializable {}

  /** All candidates, best first. */
  List<DocumentCandidate> run() {
    if (french.isEmpty() || english.isEmpty()) {
      return List.of();
    }
    JavaRDD<Coded> vectors = vectors().persist(StorageLevel.MEMORY_AND_DISK());
    TreeSet<Long> pairs = new TreeSet<>(); // French index and English index
    for (long[] some : nearest(vectors).collect()) {
      for (long pair : some) {
        pairs.add(pair);
      }
    }
    AddressLinks links = new AddressLinks();
    for (int e = 0; e < english.size(); e++) {
      links.add(e, english.get(e));
    }
    Map<Integer, Set<Integer>> linked = new HashMap<>();
    Map<Integer, Set<Integer>> addressed = new HashMap<>();
    for (int f = 0; f < french.size(); f++) {
      Set<Integer> named = links.linked(french.get(f));
      Set<Integer> alike = links.addressed(french.get(f));
      if (!named.isEmpty()) {
        linked.put(f, named);
      }
      if (!alike.isEmpty()) {
        addressed.put(f, alike);
      }
      for (int e : named) {
        pairs.add(((long) f << HALF) | e);
      }
      for (int e : alike) {
        pairs.add(((long) f << HALF) | e);
      }
    }
    List<DocumentCandidate> candidates = new ArrayList<>();
    for (long[] some : cosines(vectors, pairs).collect()) {
      for (int k = 0; k < some.length; k += 2) {
        int f = (int) (some[k] >>> HALF);
        int e = (int) (some[k] & LOW);
        DocumentPairing.candidate(
                french.get(f).id(),
                english.get(e).id(),
                Double.longBitsToDouble(some[k + 1]),
                linked.getOrDefault(f, Set.of()).contains(e),
                addressed.getOrDefault(f, Set.of()).contains(e))
            .ifPresent(candidates::add);
      }
    }
    vectors.unpersist();
    candidates.sort(null);
    return candidates;
  }

  /** In how many documents each feature of a partition's documents is, asked and answered. */
  private JavaRDD<Coded> vectors() {
    Broadcast<int[][]> place = codes;
    int receivers = homes;
    JavaRDD<long[]> asked =
        Exchange.of(
            documents,
            receivers,
            (partition, elements, out) -> {
              int[] code = place.value()[partition];
              long number = 0;
              for (int k = 0; elements.hasNext(); k++) {
                ReadDocument document = elements.next();
                if (k < code.length && code[k] >= 0) {
                  long language = code[k] & FRENCH;
                  for (long key : document.keys()) {
                    out.put(
                        Exchange.receiver(key, receivers),
                        key,
                        ((long) partition << HALF << 1) | (number++ << 1) | language);
                  }
                }
              }
            });
    JavaRDD<long[]> answered =
        Exchange.of(
            asked,
            receivers,
            (partition, elements, out) -> {
              long[] all = Exchange.numbers(elements);
              Records.Groups groups = Records.byFirst(all, 2);
              while (groups.next()) {
                int ofFrench = 0;
                for (int k = 0; k < groups.size(); k++) {
                  ofFrench += (int) (all[groups.at(k) + 1] & FRENCH);
                }
                int ofEnglish = groups.size() - ofFrench;
                boolean connects =
                    ofFrench > 0 && ofEnglish > 0 && DocumentPairing.connects(ofEnglish);
                for (int k = 0; k < groups.size(); k++) {
                  long asker = all[groups.at(k) + 1];
                  out.put(
                      (int) (asker >>> HALF >>> 1),
                      (asker >>> 1) & LOW,
                      groups.size() | (connects ? CONNECTS : 0));
                }
              }
            });
    long total = (long) french.size() + english.size();
    return documents.zipPartitions(
        answered.mapPartitionsWithIndex(Numbered::of, true),
        (elements, answers) -> coded(elements, answers, place, total));
  }

  /** Numbers with the partition where they are. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Numbered(int partition, long[] numbers) implements Serializable {
    static Iterator<Numbered> of(int partition, Iterator<long[]> numbers) {
      return List.of(new Numbered(partition, Exchange.numbers(numbers))).iterator();
    }
  }

  private static Iterator<Coded> coded(
      Iterator<ReadDocument> elements,
      Iterator<Numbered> answers,
      Broadcast<int[][]> place,
      long total) {
    Numbered received = answers.next();
    long[] frequencies = new long[received.numbers.length / 2];
    for (int k = 0; k < frequencies.length; k++) {
      frequencies[(int) received.numbers[2 * k]] = received.numbers[2 * k + 1];
    }
    int[] code = place.value()[received.partition];
    List<Coded> coded = new ArrayList<>();
    int number = 0;
    for (int k = 0; elements.hasNext(); k++) {
      ReadDocument document = elements.next();
      if (k < code.length && code[k] >= 0) {
        int[] own = new int[document.keys().length];
        boolean[] connecting = new boolean[own.length];
        for (int i = 0; i < own.length; i++) {
          long answer = frequencies[number++];
          own[i] = (int) (answer & ~CONNECTS);
          connecting[i] = (answer & CONNECTS) != 0;
        }
        coded.add(
            new Coded(
                code[k],
                DocumentVector.of(document.keys(), document.counts(), own, total),
                connecting));
      }
    }
    return coded.iterator();
  }

  /** For each French document the English ones that share most with it. */
  private JavaRDD<long[]> nearest(JavaRDD<Coded> vectors) {
    int receivers = homes;
    JavaRDD<long[]> postings =
        Exchange.of(
            vectors,
            receivers,
            (partition, elements, out) -> {
              while (elements.hasNext()) {
                Coded one = elements.next();
                for (int k = 0; k < one.vector.size(); k++) {
                  if (one.connecting[k]) {
                    out.put(
                        Exchange.receiver(one.vector.key(k), receivers),
                        one.vector.key(k),
                        ((long) one.code << HALF)
                            | (Float.floatToIntBits(one.vector.weight(k)) & LOW));
                  }
                }
              }
            });
    Broadcast<int[]> frenchHome = spark.broadcast(frenchHomes);
    JavaRDD<long[]> shared =
        Exchange.of(
            postings,
            receivers,
            (partition, elements, out) -> {
              long[] all = Exchange.numbers(elements);
              Records.Groups groups = Records.byFirst(all, 2);
              while (groups.next()) {
                share(all, groups, frenchHome.value(), out);
              }
            });
    return shared.mapPartitions(CandidateSearch::best);
  }

  /**
   * Tells each French document of a feature: [document, feature, n, then n × (English, product)].
   */
  private static void share(long[] all, Records.Groups groups, int[] homeOf, Exchange.Outbox out) {
    List<Long> ofEnglish = new ArrayList<>();
    for (int k = 0; k < groups.size(); k++) {
      long posting = all[groups.at(k) + 1];
      if (((posting >>> HALF) & FRENCH) == 0) {
        ofEnglish.add(posting);
      }
    }
    for (int k = 0; k < groups.size(); k++) {
      long posting = all[groups.at(k) + 1];
      int code = (int) (posting >>> HALF);
      if ((code & FRENCH) != 0) {
        int home = homeOf[code >>> 1];
        out.put(home, code >>> 1, all[groups.at(k)], ofEnglish.size());
        float weight = Float.intBitsToFloat((int) posting);
        for (long other : ofEnglish) {
          float product = weight * Float.intBitsToFloat((int) other);
          out.put(home, ((other >>> HALF >>> 1) << HALF) | (Float.floatToIntBits(product) & LOW));
        }
      }
    }
  }

  private static Iterator<long[]> best(Iterator<long[]> elements) {
    long[] all = Exchange.numbers(elements);
    Map<Integer, TreeMap<Long, Integer>> features = new TreeMap<>(); // document: feature: place
    for (int at = 0; at < all.length; at += 3 + (int) all[at + 2]) {
      features.computeIfAbsent((int) all[at], x -> new TreeMap<>()).put(all[at + 1], at);
    }
    List<long[]> some = new ArrayList<>();
    Map<Integer, Double> sums = new HashMap<>();
    for (Map.Entry<Integer, TreeMap<Long, Integer>> document : features.entrySet()) {
      sums.clear();
      for (int at : document.getValue().values()) {
        for (int k = 0; k < all[at + 2]; k++) {
          long pair = all[at + 3 + k];
          // In the order of the features, so that the sums are those of one machine.
          sums.merge((int) (pair >>> HALF), (double) Float.intBitsToFloat((int) pair), Double::sum);
        }
      }
      List<Integer> nearest = DocumentPairing.nearest(new ArrayList<>(sums.keySet()), sums::get);
      long[] pairs = new long[nearest.size()];
      for (int k = 0; k < pairs.length; k++) {
        pairs[k] = ((long) document.getKey() << HALF) | nearest.get(k);
      }
      some.add(pairs);
    }
    return some.iterator();
  }

  private record Sent(int french, int english, DocumentVector vector) implements Serializable {}

  /** The cosines of pairs: the English vectors go where the French ones are. */
  private JavaRDD<long[]> cosines(JavaRDD<Coded> vectors, Set<Long> pairs) {
    Map<Integer, List<Integer>> wanted = new HashMap<>(); // English: French
    pairs.forEach(
        pair ->
            wanted
                .computeIfAbsent((int) (pair & LOW), x -> new ArrayList<>())
                .add((int) (pair >>> HALF)));
    Map<Integer, int[]> compact = new HashMap<>();
    wanted.forEach((e, some) -> compact.put(e, some.stream().mapToInt(f -> f).toArray()));
    Broadcast<Map<Integer, int[]>> wantedBy = spark.broadcast(compact);
    Broadcast<int[]> frenchHome = spark.broadcast(frenchHomes);
    JavaRDD<Sent> sent =
        Exchange.objects(
            vectors
                .filter(one -> (one.code & FRENCH) == 0)
                .flatMapToPair(
                    one -> {
                      List<Tuple2<Integer, Sent>> all = new ArrayList<>();
                      int e = one.code >>> 1;
                      for (int f : wantedBy.value().getOrDefault(e, new int[0])) {
                        all.add(new Tuple2<>(frenchHome.value()[f], new Sent(f, e, one.vector)));
                      }
                      return all.iterator();
                    }),
            homes);
    return vectors.zipPartitions(
        sent,
        (own, received) -> {
          Map<Integer, DocumentVector> ownVectors = new HashMap<>();
          own.forEachRemaining(
              one -> {
                if ((one.code & FRENCH) != 0) {
                  ownVectors.put(one.code >>> 1, one.vector);
                }
              });
          List<long[]> found = new ArrayList<>();
          received.forEachRemaining(
              one ->
                  found.add(
                      new long[] {
                        ((long) one.french << HALF) | one.english,
                        Double.doubleToLongBits(ownVectors.get(one.french).cosine(one.vector))
                      }));
          return found.iterator();
        });
  }
}
