package dev.verso.corpus.export;

import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.TextHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parts a corpus into train, dev and test so that no document, on either side, is in two parts.
 *
 * <p>Documents that pairs connect belong together; such groups, in the order of a hash of their
 * first document's name, fill test, then dev, as far as they fit, the rest is train. Pairs are
 * first {@link #add added}, then asked for. Memory: each document's name. Not thread-safe.
 */
public final class DocumentSplit {

  /** Parts of a corpus. */
  public enum Part {
    TRAIN,
    DEV,
    TEST;

    /** The name in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A group may be this much larger than what its part still lacks. */
  private static final double EXCESS = 1.5;

  private final double dev;
  private final double test;
  private final Map<String, String> parent = new HashMap<>();
  private final Map<String, Long> pairs = new HashMap<>(); // by source document
  private final Map<String, Part> parts = new HashMap<>();
  private long total;

  /**
   * @param dev share of the pairs for dev
   * @param test share of the pairs for test
   * @throws IllegalArgumentException if the shares leave nothing for train
   */
  public DocumentSplit(double dev, double test) {
    if (!(dev >= 0 && test >= 0 && dev + test < 1)) {
      throw new IllegalArgumentException("not shares: " + dev + " and " + test);
    }
    this.dev = dev;
    this.test = test;
  }

  /** Enters a pair's documents. */
  public void add(CorpusPair pair) {
    String source = root("s" + pair.source().document());
    String target = root("t" + pair.target().document());
    if (!source.equals(target)) {
      boolean first = source.compareTo(target) < 0;
      parent.put(first ? target : source, first ? source : target);
    }
    pairs.merge("s" + pair.source().document(), 1L, Long::sum);
    total++;
    parts.clear();
  }

  private String root(String document) {
    String at = document;
    List<String> path = new ArrayList<>();
    for (String up = parent.get(at); up != null && !up.equals(at); up = parent.get(at)) {
      path.add(at);
      at = up;
    }
    parent.putIfAbsent(at, at);
    for (String passed : path) {
      parent.put(passed, at);
    }
    return at;
  }

  /** The part of a pair that was added. */
  public Part part(CorpusPair pair) {
    if (parts.isEmpty()) {
      assign();
    }
    return parts.getOrDefault(root("s" + pair.source().document()), Part.TRAIN);
  }

  private void assign() {
    Map<String, Long> sizes = new TreeMap<>();
    pairs.forEach((document, count) -> sizes.merge(root(document), count, Long::sum));
    List<String> groups = new ArrayList<>(sizes.keySet());
    groups.sort(
        (a, b) -> {
          int order = Long.compareUnsigned(TextHash.of(a), TextHash.of(b));
          return order == 0 ? a.compareTo(b) : order;
        });
    double wantedTest = test * total;
    double wantedDev = dev * total;
    for (String group : groups) {
      long size = sizes.get(group);
      if (wantedTest > 0 && size <= EXCESS * wantedTest) {
        parts.put(group, Part.TEST);
        wantedTest -= size;
      } else if (wantedDev > 0 && size <= EXCESS * wantedDev) {
        parts.put(group, Part.DEV);
        wantedDev -= size;
      } else {
        parts.put(group, Part.TRAIN);
      }
    }
  }

  /** The pair with only those places whose documents are in its own part. */
  public CorpusPair within(CorpusPair pair) {
    Part own = part(pair);
    return pair.withOccurrences(
        pair.occurrences().stream()
            .filter(
                place -> partOf("s" + place.source()) == own && partOf("t" + place.target()) == own)
            .toList());
  }

  private Part partOf(String document) {
    return parts.getOrDefault(root(document), Part.TRAIN);
  }
}
