package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.dedup.DuplicateSearch;
import dev.verso.corpus.dedup.PairFingerprint;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;

/**
 * {@link DuplicateSearch} over many tasks, with the same result: pairs meet at the hash of their
 * texts, and in the buckets of each band, never otherwise.
 *
 * <p>What moves: 24 bytes a pair for the hash, 24 for each of {@link DuplicateSearch#BANDS} bands,
 * and 176 for each two that meet. The driver holds 24 bytes for each pair that goes.
 */
final class DuplicateJoin {

  private static final int RECORD = 3;
  private static final int PER_LONG = 4;
  private static final int BITS = 16;
  private static final long LOW = 0xFFFF;
  private static final int SIGNATURE = PairFingerprint.SIZE / PER_LONG;

  /** What a keeper is called that is in another corpus. */
  static final long ELSEWHERE = -1;

  private final Layout layout;
  private final boolean near;

  DuplicateJoin(Layout layout, boolean near) {
    this.layout = layout;
    this.near = near;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Marked(Chunk chunk, long[] exact) implements Serializable {}

  /**
   * For each partition the pairs of it that go: number, number of the pair that stays for it or
   * {@link #ELSEWHERE}, and 1 if they are equal; by number.
   *
   * @param size number of all pairs, those of other corpora counted
   */
  List<long[]> run(JavaRDD<Chunk> chunks, long size) {
    Layout homes = layout;
    int receivers = homes.homes();
    JavaRDD<long[]> equal =
        Exchange.of(
            Exchange.of(
                chunks,
                receivers,
                (partition, elements, out) -> {
                  Chunk chunk = elements.next();
                  for (int k = 0; k < chunk.numbers().length; k++) {
                    out.put(
                        Exchange.receiver(chunk.exact()[k], receivers),
                        chunk.exact()[k],
                        chunk.ranks()[2 * k],
                        chunk.ranks()[2 * k + 1]);
                  }
                }),
            receivers,
            (partition, elements, out) -> equal(Exchange.numbers(elements), homes, out));
    JavaRDD<long[]> going = near ? near(chunks, equal, size) : equal;
    return resolved(going.collect());
  }

  /** Each pair that equals another goes to the first of them. */
  private static void equal(long[] all, Layout homes, Exchange.Outbox out) {
    Records.Groups groups = Records.byFirst(all, RECORD);
    while (groups.next()) {
      if (groups.size() > 1) {
        int first = groups.at(0);
        for (int k = 1; k < groups.size(); k++) {
          first = before(all, groups.at(k), first) ? groups.at(k) : first;
        }
        for (int k = 0; k < groups.size(); k++) {
          int at = groups.at(k);
          if (at != first) {
            long number = Chunk.number(all[at + 2]);
            out.put(homes.home(number), number, Chunk.number(all[first + 2]), 1);
          }
        }
      }
    }
  }

  /** Whether a record ranks before another. */
  private static boolean before(long[] all, int at, int other) {
    return all[at + 1] < all[other + 1]
        || (all[at + 1] == all[other + 1] && all[at + 2] < all[other + 2]);
  }

  private JavaRDD<long[]> near(JavaRDD<Chunk> chunks, JavaRDD<long[]> equal, long size) {
    Layout homes = layout;
    int receivers = homes.homes();
    JavaRDD<Marked> marked =
        chunks.zipPartitions(
            equal,
            (chunk, exact) ->
                List.of(new Marked(chunk.next(), Exchange.numbers(exact))).iterator());
    JavaRDD<long[]> buckets =
        Exchange.of(
            marked,
            receivers,
            (partition, elements, out) -> {
              Marked one = elements.next();
              Set<Long> gone = new HashSet<>();
              for (int k = 0; k < one.exact.length; k += RECORD) {
                gone.add(one.exact[k]);
              }
              Chunk chunk = one.chunk;
              for (int k = 0; k < chunk.numbers().length; k++) {
                if (!gone.contains(chunk.numbers()[k])) {
                  for (int band = 0; band < DuplicateSearch.BANDS; band++) {
                    long key =
                        DuplicateSearch.bandKey(chunk.signatures(), k * PairFingerprint.SIZE, band);
                    long bucket = DuplicateSearch.bucket(key, size);
                    // Bands do not meet: their keys differ, but for the bits that a bucket drops.
                    out.put(
                        Exchange.receiver(bucket + band, receivers),
                        bucket + band,
                        chunk.ranks()[2 * k],
                        chunk.ranks()[2 * k + 1]);
                  }
                }
              }
            });
    // First: number of the pair that ranks before; then number of the other.
    JavaRDD<long[]> meetings =
        Exchange.of(
            buckets,
            receivers,
            (partition, elements, out) -> meet(Exchange.numbers(elements), homes, out));
    JavaRDD<long[]> signed =
        Exchange.of(
            chunks.zipPartitions(
                meetings,
                (chunk, met) ->
                    List.of(new Marked(chunk.next(), Exchange.numbers(met))).iterator()),
            receivers,
            (partition, elements, out) -> sign(elements.next(), homes, out));
    return marked.zipPartitions(
        signed, (one, met) -> List.of(least(one.next(), Exchange.numbers(met))).iterator());
  }

  private static void meet(long[] all, Layout homes, Exchange.Outbox out) {
    Records.Groups groups = Records.byFirst(all, RECORD);
    while (groups.next()) {
      int size = groups.size();
      if (size > 1) {
        Integer[] ranked = new Integer[size];
        for (int k = 0; k < size; k++) {
          ranked[k] = groups.at(k);
        }
        Arrays.sort(ranked, (a, b) -> before(all, a, b) ? -1 : before(all, b, a) ? 1 : 0);
        for (int k = 1; k < size; k++) {
          long number = Chunk.number(all[ranked[k] + 2]);
          for (int j = 0; j < k && !homes.isEarlier(number); j = DuplicateSearch.next(j, k)) {
            long first = Chunk.number(all[ranked[j] + 2]);
            out.put(homes.home(first), first, number);
          }
        }
      }
    }
  }

  /** Sends the rank and the signature of the first to where the other is. */
  private static void sign(Marked one, Layout homes, Exchange.Outbox out) {
    Set<List<Long>> sent = new HashSet<>();
    for (int at = 0; at < one.exact.length; at += 2) {
      long number = one.exact[at + 1];
      if (!sent.add(List.of(one.exact[at], number))) {
        continue;
      }
      int home = homes.home(number);
      int k = one.chunk.position(one.exact[at]);
      out.put(home, number, one.chunk.ranks()[2 * k], one.chunk.ranks()[2 * k + 1]);
      for (int i = 0; i < SIGNATURE; i++) {
        long four = 0;
        for (int j = 0; j < PER_LONG; j++) {
          short part = one.chunk.signatures()[k * PairFingerprint.SIZE + i * PER_LONG + j];
          four = (four << BITS) | (part & LOW);
        }
        out.put(home, four);
      }
    }
  }

  /** The pairs of a chunk that go: to an equal one, else to the first that is nearly the same. */
  private static long[] least(Marked one, long[] met) {
    Map<Long, long[]> going = new TreeMap<>(); // number: rank of the first that is like it
    short[] signature = new short[PairFingerprint.SIZE];
    for (int at = 0; at < met.length; at += RECORD + SIGNATURE) {
      long[] rank = {met[at + 1], met[at + 2]};
      long[] known = going.get(met[at]);
      if (known != null && (known[0] < rank[0] || (known[0] == rank[0] && known[1] <= rank[1]))) {
        continue;
      }
      for (int k = 0; k < PairFingerprint.SIZE; k++) {
        long four = met[at + RECORD + k / PER_LONG];
        signature[k] = (short) (four >>> (BITS * (PER_LONG - 1 - k % PER_LONG)));
      }
      int own = one.chunk.position(met[at]) * PairFingerprint.SIZE;
      if (DuplicateSearch.alike(one.chunk.signatures(), own, signature, 0)) {
        going.put(met[at], rank);
      }
    }
    long[] all = Arrays.copyOf(one.exact, one.exact.length + RECORD * going.size());
    int at = one.exact.length;
    for (Map.Entry<Long, long[]> entry : going.entrySet()) {
      all[at++] = entry.getKey();
      all[at++] = Chunk.number(entry.getValue()[1]);
      all[at++] = 0;
    }
    return all;
  }

  /** Follows the pairs that go to those that stay. */
  private List<long[]> resolved(List<long[]> byHome) {
    Map<Long, Long> parents = new HashMap<>();
    for (long[] some : byHome) {
      for (int at = 0; at < some.length; at += RECORD) {
        parents.put(some[at], some[at + 1]);
      }
    }
    List<long[]> resolved = new ArrayList<>();
    for (long[] some : byHome) {
      TreeMap<Long, long[]> sorted = new TreeMap<>();
      for (int at = 0; at < some.length; at += RECORD) {
        if (!layout.isEarlier(some[at])) {
          long keeper = some[at + 1];
          for (Long next = keeper; next != null; next = parents.get(keeper)) {
            keeper = next;
          }
          sorted.put(
              some[at], new long[] {layout.isEarlier(keeper) ? ELSEWHERE : keeper, some[at + 2]});
        }
      }
      long[] own = new long[RECORD * sorted.size()];
      int at = 0;
      for (Map.Entry<Long, long[]> entry : sorted.entrySet()) {
        own[at++] = entry.getKey();
        own[at++] = entry.getValue()[0];
        own[at++] = entry.getValue()[1];
      }
      resolved.add(own);
    }
    while (resolved.size() < layout.homes()) {
      resolved.add(new long[0]);
    }
    return resolved;
  }
}
