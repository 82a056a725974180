package dev.verso.corpus.export;

import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.filter.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts of a corpus while it is written: what a datasheet says.
 *
 * <p>Samples are the pairs of the smallest hashes, so they are the same whatever the order. Memory:
 * the names of the documents, a few hundred bytes else. Counts of parts can be added up. Not
 * thread-safe.
 */
public final class CorpusStatistics implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int SAMPLES = 20;
  private static final int SAMPLES_OF_REASON = 3;

  private long pairs;
  private long occurrences;
  private long sourceWords;
  private long targetWords;
  private final Set<String> sourceDocuments = new HashSet<>();
  private final Set<String> targetDocuments = new HashSet<>();
  private final Map<String, Long> domains = new TreeMap<>();
  private final Map<String, Long> licences = new TreeMap<>();
  private final Map<String, Long> notes = new TreeMap<>();
  private final Map<Reason, Long> rejected = new EnumMap<>(Reason.class);
  private final Map<Reason, NavigableSet<CorpusPair>> rejectedSamples = new EnumMap<>(Reason.class);
  private final NavigableSet<CorpusPair> samples = samples();
  private final Map<String, Histogram> histograms = new TreeMap<>();

  public CorpusStatistics() {
    histogram("source characters", 0, 400, 40);
    histogram("target characters", 0, 400, 40);
    histogram("target characters per source character", 0, 3, 30);
    histogram("quality", 0, 1.0001, 20);
    histogram("posterior", 0, 1.0001, 20);
    histogram("document", 0, 1.0001, 20);
    histogram("margin", -1, 6, 28);
  }

  private static NavigableSet<CorpusPair> samples() {
    return new TreeSet<>(
        (Comparator<CorpusPair> & Serializable)
            (a, b) -> {
              int order = a.hash().compareTo(b.hash());
              return order == 0 ? a.place().compareTo(b.place()) : order;
            });
  }

  private void histogram(String title, double from, double to, int bins) {
    histograms.put(title, new Histogram(title, from, to, bins));
  }

  /** Counts a pair that is in the corpus. */
  public void keep(CorpusPair pair) {
    pairs++;
    occurrences += Math.max(1, pair.occurrences().size());
    sourceWords += words(pair.source().text());
    targetWords += words(pair.target().text());
    sourceDocuments.add(pair.source().document());
    targetDocuments.add(pair.target().document());
    domains.merge(domain(pair.source().document()), 1L, Long::sum);
    licences.merge(pair.licence().isEmpty() ? "not stated" : pair.licence(), 1L, Long::sum);
    pair.notes().forEach(note -> notes.merge(note, 1L, Long::sum));
    histograms.get("source characters").add(pair.source().text().length());
    histograms.get("target characters").add(pair.target().text().length());
    histograms
        .get("target characters per source character")
        .add((double) pair.target().text().length() / Math.max(1, pair.source().text().length()));
    for (String score : List.of("quality", "posterior", "document", "margin")) {
      if (pair.scores().containsKey(score)) {
        histograms.get(score).add(pair.score(score, 0));
      }
    }
    sample(samples, pair, SAMPLES);
  }

  /** Counts a pair that is not. */
  public void reject(CorpusPair pair, Reason reason) {
    rejected.merge(reason, 1L, Long::sum);
    sample(rejectedSamples.computeIfAbsent(reason, x -> samples()), pair, SAMPLES_OF_REASON);
  }

  /** The samples are the least by hash and place, whatever the order in which they come. */
  private static void sample(NavigableSet<CorpusPair> samples, CorpusPair pair, int most) {
    if (samples.size() < most || pair.hash().compareTo(samples.last().hash()) <= 0) {
      samples.add(pair);
      if (samples.size() > most) {
        samples.pollLast();
      }
    }
  }

  /** Counts what another has counted of other pairs. */
  public void add(CorpusStatistics other) {
    pairs += other.pairs;
    occurrences += other.occurrences;
    sourceWords += other.sourceWords;
    targetWords += other.targetWords;
    sourceDocuments.addAll(other.sourceDocuments);
    targetDocuments.addAll(other.targetDocuments);
    other.domains.forEach((domain, count) -> domains.merge(domain, count, Long::sum));
    other.licences.forEach((licence, count) -> licences.merge(licence, count, Long::sum));
    other.notes.forEach((note, count) -> notes.merge(note, count, Long::sum));
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    other.histograms.forEach((title, histogram) -> histograms.get(title).add(histogram));
    other.samples.forEach(pair -> sample(samples, pair, SAMPLES));
    other.rejectedSamples.forEach(
        (reason, some) ->
            some.forEach(
                pair ->
                    sample(
                        rejectedSamples.computeIfAbsent(reason, x -> samples()),
                        pair,
                        SAMPLES_OF_REASON)));
  }

  private static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int k = 0; k < text.length(); k++) {
      boolean part = Character.isLetterOrDigit(text.charAt(k));
      words += part && !inWord ? 1 : 0;
      inWord = part;
    }
    return words;
  }

  /** The host of an address, else the first folder of a path. */
  static String domain(String document) {
    int scheme = document.indexOf("://");
    if (scheme > 0) {
      int end = document.indexOf('/', scheme + 3);
      return document.substring(scheme + 3, end < 0 ? document.length() : end);
    }
    int folder = document.indexOf('/');
    return folder < 0 ? "files" : document.substring(0, folder);
  }

  /** Pairs in the corpus. */
  public long pairs() {
    return pairs;
  }

  /** Places where they stand. */
  public long occurrences() {
    return occurrences;
  }

  /** Words of the sources. */
  public long sourceWords() {
    return sourceWords;
  }

  /** Words of the targets. */
  public long targetWords() {
    return targetWords;
  }

  /** Source documents of which there are pairs. */
  public int sourceDocuments() {
    return sourceDocuments.size();
  }

  /** Target documents of which there are pairs. */
  public int targetDocuments() {
    return targetDocuments.size();
  }

  /** Pairs by host or folder. */
  public Map<String, Long> domains() {
    return Collections.unmodifiableMap(domains);
  }

  /** Pairs by licence. */
  public Map<String, Long> licences() {
    return Collections.unmodifiableMap(licences);
  }

  /** Pairs by what was done to them. */
  public Map<String, Long> notes() {
    return Collections.unmodifiableMap(notes);
  }

  /** Pairs that are not in the corpus, by reason. */
  public Map<Reason, Long> rejected() {
    return Collections.unmodifiableMap(rejected);
  }

  /** A few pairs of the corpus. */
  public List<CorpusPair> samplePairs() {
    return List.copyOf(samples);
  }

  /** A few pairs that are not in it, of a reason. */
  public List<CorpusPair> samplesOf(Reason reason) {
    return rejectedSamples.containsKey(reason)
        ? List.copyOf(rejectedSamples.get(reason))
        : List.of();
  }

  /** Histograms that have values. */
  public List<Histogram> histograms() {
    List<Histogram> filled = new ArrayList<>(histograms.values());
    filled.removeIf(histogram -> histogram.values() == 0);
    return filled;
  }
}
