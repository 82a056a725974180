package dev.verso.text;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An input as read: its decoded text, unaltered, and the blocks found in it.
 *
 * <p>Invariant: each block and segment lies inside {@code text}, in order. Every non-space
 * character that a reader of the rendered page would see belongs to a segment.
 *
 * @param name what the user calls it: a file name, a URL, {@code -} for standard input
 * @param sha256 hash of the input's bytes, 64 lower-case hexadecimal digits
 * @param encoding the charset the bytes were decoded with
 * @param text the decoded input, including markup
 * @param metadata what the input says about itself: {@code title}, {@code url}, {@code author},
 *     {@code date}, {@code language}, {@code site}; keys in alphabetical order
 * @param blocks the blocks in order
 * @param notices what a reader should know about how it was read, as whole sentences, such as how
 *     much running text was set aside; mostly empty
 * @param places where in its file each stretch of the text stands, if the text had to be taken out
 *     of a file of another kind; in order, without overlap
 */
public record Document(
    String name,
    String sha256,
    Charset encoding,
    String text,
    Map<String, String> metadata,
    List<Block> blocks,
    List<String> notices,
    List<Place> places) {

  private static final int WIDER = 4;

  /** A document that is its file's own text. */
  public Document(
      String name,
      String sha256,
      Charset encoding,
      String text,
      Map<String, String> metadata,
      List<Block> blocks,
      List<String> notices) {
    this(name, sha256, encoding, text, metadata, blocks, notices, List.of());
  }

  /** A document without notices. */
  public Document(
      String name,
      String sha256,
      Charset encoding,
      String text,
      Map<String, String> metadata,
      List<Block> blocks) {
    this(name, sha256, encoding, text, metadata, blocks, List.of());
  }

  /**
   * @throws IllegalArgumentException if the hash is malformed or blocks overlap or leave the text
   */
  public Document {
    Objects.requireNonNull(name);
    Objects.requireNonNull(encoding);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 hash: " + sha256);
    }
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    blocks = List.copyOf(blocks);
    notices = List.copyOf(notices);
    places = List.copyOf(places);
    int end = 0;
    for (Block block : blocks) {
      if (block.span().start() < end || block.span().end() > text.length()) {
        throw new IllegalArgumentException(
            "block " + block.span() + " overlaps another or exceeds a text of " + text.length());
      }
      end = block.span().end();
    }
  }

  /**
   * What a reader sees of a range: the range itself where it holds no markup, else without tags and
   * with references decoded, so that it can be found on the page that a browser shows. O(b + s log
   * n) for b blocks and s sentences in the range.
   */
  public String visible(TextSpan span) {
    String raw = span.of(text);
    boolean plain = raw.indexOf('<') < 0 && raw.indexOf('>') < 0;
    StringBuilder seen = new StringBuilder();
    for (Block block : blocks) {
      if (!block.span().overlaps(span)) {
        continue;
      }
      for (int i = 0; i < block.segments().size(); i++) {
        Segment segment = block.segments().get(i);
        if (segment.span().overlaps(span)) {
          plain &= segment.map().isIdentity();
          String words = visible(segment, span);
          seen.append(seen.isEmpty() ? "" : i == 0 ? "\n" : " ").append(words);
        }
      }
    }
    return plain && (!seen.isEmpty() || raw.isBlank()) ? raw : seen.toString();
  }

  private static String visible(Segment segment, TextSpan span) {
    int from = firstEndingAfter(segment, span.start());
    int to = from;
    int high = segment.text().length();
    while (to < high) {
      int middle = (to + high) / 2;
      if (segment.toRaw(new TextSpan(middle, middle + 1)).start() < span.end()) {
        to = middle + 1;
      } else {
        high = middle;
      }
    }
    return segment.text().substring(from, to);
  }

  private static int firstEndingAfter(Segment segment, int offset) {
    int low = 0;
    int high = segment.text().length();
    while (low < high) {
      int middle = (low + high) / 2;
      if (segment.toRaw(new TextSpan(middle, middle + 1)).end() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** What a reader sees right before {@code offset}, {@code units} of it at most. */
  public String visibleBefore(int offset, int units) {
    for (int window = units; ; window *= WIDER) {
      int from = Math.max(0, offset - window);
      String seen = visible(new TextSpan(from, offset));
      if (seen.length() >= units || from == 0) {
        int start = Math.max(0, seen.length() - units);
        boolean halved = start > 0 && Character.isLowSurrogate(seen.charAt(start));
        return seen.substring(halved ? start + 1 : start);
      }
    }
  }

  /** What a reader sees right after {@code offset}, {@code units} of it at most. */
  public String visibleAfter(int offset, int units) {
    for (int window = units; ; window *= WIDER) {
      int to = Math.min(text.length(), offset + window);
      String seen = visible(new TextSpan(offset, to));
      if (seen.length() >= units || to == text.length()) {
        int end = Math.min(seen.length(), units);
        boolean halved = end < seen.length() && Character.isLowSurrogate(seen.charAt(end));
        return seen.substring(0, halved ? end - 1 : end);
      }
    }
  }

  /** This with a further notice. */
  Document with(String notice) {
    List<String> all = new ArrayList<>(notices);
    all.add(notice);
    return new Document(name, sha256, encoding, text, metadata, blocks, all, places);
  }

  /**
   * This, read from the text that was taken out of a file.
   *
   * @param file the file's bytes, of which the hash is from now on
   * @param where in order, without overlap
   */
  public Document takenFrom(byte[] file, List<Place> where) {
    String hash = InputDecoder.sha256(file);
    return new Document(name, hash, encoding, text, metadata, blocks, notices, where);
  }

  /** Whether the text was taken out of a file of another kind, so that offsets count into it. */
  public boolean isExtracted() {
    return !places.isEmpty();
  }

  /** The place of an offset: the last one that begins at or before it. O(log n). */
  public Optional<Place> placeOf(int offset) {
    int low = 0;
    int high = places.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (places.get(middle).span().start() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? Optional.empty() : Optional.of(places.get(low - 1));
  }
}
