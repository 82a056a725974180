package dev.verso.wordalign;

import java.util.Arrays;

/**
 * Sentence pairs as token ids in two flat arrays: eight bytes a token pair, no objects.
 *
 * <p>Sentence {@code k} of a side holds {@code tokens[offsets[k] .. offsets[k + 1])}.
 */
final class TokenCorpus {
  private int size;
  private int[] sourceOffsets = new int[1025];
  private int[] targetOffsets = new int[1025];
  private int[] source = new int[16384];
  private int[] target = new int[16384];

  void add(int[] sourceTokens, int[] targetTokens) {
    if (size + 2 > sourceOffsets.length) {
      sourceOffsets = Arrays.copyOf(sourceOffsets, 2 * sourceOffsets.length);
      targetOffsets = Arrays.copyOf(targetOffsets, 2 * targetOffsets.length);
    }
    source = append(source, sourceOffsets[size], sourceTokens);
    target = append(target, targetOffsets[size], targetTokens);
    sourceOffsets[size + 1] = sourceOffsets[size] + sourceTokens.length;
    targetOffsets[size + 1] = targetOffsets[size] + targetTokens.length;
    size++;
  }

  private static int[] append(int[] array, int at, int[] tokens) {
    int[] grown = array;
    if (at + tokens.length > array.length) {
      grown = Arrays.copyOf(array, Math.max(2 * array.length, at + tokens.length));
    }
    System.arraycopy(tokens, 0, grown, at, tokens.length);
    return grown;
  }

  int size() {
    return size;
  }

  int[] source(int k) {
    return Arrays.copyOfRange(source, sourceOffsets[k], sourceOffsets[k + 1]);
  }

  int[] target(int k) {
    return Arrays.copyOfRange(target, targetOffsets[k], targetOffsets[k + 1]);
  }

  /** The same pairs with the sides exchanged; shares the arrays. */
  TokenCorpus swapped() {
    TokenCorpus corpus = new TokenCorpus();
    corpus.size = size;
    corpus.source = target;
    corpus.target = source;
    corpus.sourceOffsets = targetOffsets;
    corpus.targetOffsets = sourceOffsets;
    return corpus;
  }
}
