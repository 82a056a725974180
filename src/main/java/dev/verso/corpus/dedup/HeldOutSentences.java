package dev.verso.corpus.dedup;

import dev.verso.corpus.TextHash;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sentences of test sets, which must not be in what is trained on: those of a pair's side that are
 * the same, hold nearly all of one, or are nearly one.
 *
 * <p>A text holds a sentence if at least {@value #SHARE} of the sentence's pairs of neighbouring
 * words are in the text; sentences of fewer than {@value #FEW} words count only if they are the
 * whole text. Case and punctuation do not count. Immutable and thread-safe; time O(words · postings
 * of their pairs), pairs of words that are in more than {@value #COMMON} sentences left out.
 */
public final class HeldOutSentences implements Serializable {

  private static final long serialVersionUID = 1;

  private static final double SHARE = 0.8;
  private static final int FEW = 5;
  private static final int COMMON = 500;

  private final HashSet<Long> whole = new HashSet<>();
  private final HashMap<Long, int[]> postings = new HashMap<>();
  private final int[] sizes;

  /** An index of sentences in either language. */
  public HeldOutSentences(Collection<String> sentences) {
    Map<Long, List<Integer>> found = new HashMap<>();
    List<Set<Long>> telling = new ArrayList<>();
    for (String sentence : sentences) {
      if (sentence.isBlank()) {
        continue;
      }
      String[] words = PairFingerprint.words(sentence);
      whole.add(TextHash.of(String.join(" ", words)));
      if (words.length >= FEW) {
        Set<Long> pairs = pairs(words);
        for (long pair : pairs) {
          found.computeIfAbsent(pair, x -> new ArrayList<>()).add(telling.size());
        }
        telling.add(pairs);
      }
    }
    found.values().removeIf(list -> list.size() > COMMON);
    sizes = new int[telling.size()];
    for (int k = 0; k < sizes.length; k++) {
      for (long pair : telling.get(k)) {
        sizes[k] += found.containsKey(pair) ? 1 : 0;
      }
    }
    found.forEach(
        (pair, list) -> postings.put(pair, list.stream().mapToInt(Integer::intValue).toArray()));
  }

  /** Without any sentence: nothing is held out. */
  public static HeldOutSentences none() {
    return new HeldOutSentences(List.of());
  }

  private static Set<Long> pairs(String[] words) {
    Set<Long> pairs = new HashSet<>();
    for (int k = 1; k < words.length; k++) {
      pairs.add(TextHash.mixed(TextHash.of(words[k - 1]) * 31 + TextHash.of(words[k])));
    }
    return pairs;
  }

  /** Whether a text is, or holds, a held-out sentence. */
  public boolean isIn(String text) {
    if (whole.isEmpty()) {
      return false;
    }
    String[] words = PairFingerprint.words(text);
    if (whole.contains(TextHash.of(String.join(" ", words)))) {
      return true;
    }
    if (words.length < FEW - 1) {
      return false;
    }
    Map<Integer, Integer> shared = new HashMap<>();
    for (long pair : pairs(words)) {
      int[] list = postings.get(pair);
      if (list != null) {
        Arrays.stream(list).forEach(sentence -> shared.merge(sentence, 1, Integer::sum));
      }
    }
    for (Map.Entry<Integer, Integer> entry : shared.entrySet()) {
      int size = sizes[entry.getKey()];
      if (size >= FEW - 1 && entry.getValue() >= SHARE * size) {
        return true;
      }
    }
    return false;
  }
}
