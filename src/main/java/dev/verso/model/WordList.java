package dev.verso.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Words of a language, as a trie. A model has two lists: the words it has seen in the target
 * language (any other word that it writes is a name from the source, or invented), and those of the
 * source language that have another form in the target language (any other word with a capital is a
 * name).
 *
 * <p>A word is a run of letters. Case is ignored. Nodes are numbered from {@link #ROOT}; an edge is
 * looked up by hashing, so that a step is O(1).
 *
 * <p>Immutable and thread-safe.
 */
public final class WordList {

  /** The node of the empty prefix. */
  public static final int ROOT = 0;

  /** No word begins like this. */
  public static final int NONE = -1;

  private static final int LAST = 1; // flag of an entry of `ends`

  private long[] edges; // (node + 1) << 16 | letter, 0: free
  private int[] targets;
  private byte[] ends; // by node
  private int nodes = 1;
  private int words;

  private WordList(int letters) {
    int size = Integer.highestOneBit(Math.max(8, letters)) * 2;
    edges = new long[size];
    targets = new int[size];
    ends = new byte[Math.max(8, letters) + 1];
  }

  /** The given words. */
  public static WordList of(Collection<String> words) {
    WordList made = new WordList(words.stream().mapToInt(String::length).sum());
    words.forEach(word -> made.add(word, 0, word.length()));
    return made;
  }

  /**
   * Reads a gzipped UTF-8 list of one word a line.
   *
   * @throws ModelException if the file can't be read
   */
  static WordList read(Path file) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      WordList made = new WordList((int) all.chars().filter(c -> c != '\n').count());
      for (int start = 0, end; start < all.length(); start = end + 1) {
        int feed = all.indexOf('\n', start);
        end = feed < 0 ? all.length() : feed;
        made.add(all, start, end > start && all.charAt(end - 1) == '\r' ? end - 1 : end);
      }
      return made;
    } catch (IOException | RuntimeException e) {
      throw new ModelException("can't read the words in " + file + ": " + e.getMessage(), e);
    }
  }

  private void add(String words, int start, int end) {
    if (start == end) {
      return;
    }
    String word = null;
    for (int i = start; i < end; i++) {
      char c = words.charAt(i);
      if (c < 'a' || (c > 'z' && c < 'ß') || c > 'ÿ') {
        word = words.substring(start, end).toLowerCase(Locale.ROOT);
        break;
      }
    }
    int from = word == null ? start : 0;
    int to = word == null ? end : word.length();
    String read = word == null ? words : word;
    int node = ROOT;
    for (int i = from; i < to; i++) {
      char c = read.charAt(i);
      int place = place(node, c);
      if (edges[place] == 0) {
        edges[place] = edge(node, c);
        targets[place] = nodes++;
      }
      node = targets[place];
    }
    this.words += ends[node] == LAST ? 0 : 1;
    ends[node] = LAST;
  }

  private static long edge(int node, char c) {
    return (node + 1L) << 16 | c;
  }

  private int place(int node, char c) {
    long edge = edge(node, c);
    long hash = edge * 0x9E3779B97F4A7C15L;
    int mask = edges.length - 1;
    int place = (int) (hash >>> 40) & mask;
    while (edges[place] != 0 && edges[place] != edge) {
      place = place + 1 & mask;
    }
    return place;
  }

  /** The node after {@code letter}, or {@link #NONE}; after NONE it is NONE. */
  public int next(int node, char letter) {
    if (node == NONE) {
      return NONE;
    }
    int place = place(node, Character.toLowerCase(letter));
    return edges[place] == 0 ? NONE : targets[place];
  }

  /** Whether a word ends at the node. */
  public boolean isWord(int node) {
    return node != NONE && ends[node] == LAST;
  }

  /** Whether a run of letters is one of the words. */
  public boolean contains(String run) {
    int node = ROOT;
    for (int i = 0; i < run.length() && node != NONE; i++) {
      node = next(node, run.charAt(i));
    }
    return isWord(node);
  }

  /** The number of words. */
  public int size() {
    return words;
  }
}
