package dev.verso.translation;

import dev.verso.model.Encoding;
import dev.verso.model.Tokenizer;
import dev.verso.text.Cancellation;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a segment into what the model reads at once and what is copied.
 *
 * <p>A part is translated if it holds a letter, else copied. Protected ranges (URLs, emoji, …) ride
 * along as placeholders if the model knows any; otherwise, or when a first try lost one, the
 * segment is cut at them. A part over the model's length is cut at a clause mark near its middle,
 * or failing that at a space.
 *
 * <p>O(n log n) in the segment, O(n) memory.
 */
final class Partition {

  /**
   * A stretch of the segment.
   *
   * @param span range in the segment's text
   * @param translated whether it goes through the model
   * @param input what the model reads: the stretch with placeholders for protected ranges, and
   *     respelled where the model would fall apart over it
   * @param shielded the protected ranges in it, in order
   * @param edits what is replaced in {@code input}, placeholders included, in order
   */
  record Part(
      TextSpan span,
      boolean translated,
      String input,
      List<TextSpan> shielded,
      List<EditedText.Edit> edits) {

    /** The range of the segment's text that {@code range} of the input stands for. */
    TextSpan toSegment(TextSpan range) {
      if (range.isEmpty()) {
        int at = range.start() < input.length() ? unit(range.start()).start() : span.end();
        return new TextSpan(at, at);
      }
      return new TextSpan(unit(range.start()).start(), unit(range.end() - 1).end());
    }

    /** What one unit of the input stands for. */
    private TextSpan unit(int index) {
      int at = span.start();
      int read = 0;
      for (EditedText.Edit edit : edits) {
        int plain = edit.span().start() - at;
        if (index < read + plain) {
          break;
        }
        read += plain + edit.replacement().length();
        at = edit.span().end();
        if (index < read) {
          return edit.span();
        }
      }
      return new TextSpan(at + index - read, at + index - read + 1);
    }
  }

  /** A longer stretch is over the model's length for sure, and isn't encoded to see that. */
  private static final int LONGEST_READ = 10_000;

  private final Tokenizer tokenizer;
  private final int maxPieces;

  Partition(Tokenizer tokenizer, int maxPieces) {
    this.tokenizer = tokenizer;
    this.maxPieces = maxPieces;
  }

  /**
   * The parts of a text in order; only spaces lie between them.
   *
   * @param placeholders whether protected ranges may ride along
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  List<Part> parts(SourceText source, boolean placeholders, Cancellation cancellation) {
    List<TextSpan> shielded = source.shielded();
    Reading reading =
        new Reading(
            source.text(),
            Respelling.shipped()
                .edits(source.text(), shielded, word -> tokenizer.encode(word).size()));
    List<Part> parts = new ArrayList<>();
    int length = source.text().length();
    if (placeholders && tokenizer.placeholders() > 0) {
      translate(reading, new TextSpan(0, length), shielded, parts, cancellation);
      return parts;
    }
    int at = 0;
    for (TextSpan range : shielded) {
      translate(reading, new TextSpan(at, range.start()), List.of(), parts, cancellation);
      parts.add(copy(source.text(), range));
      at = range.end();
    }
    translate(reading, new TextSpan(at, length), List.of(), parts, cancellation);
    return parts;
  }

  /**
   * A text and how it is read.
   *
   * @param text the text
   * @param edits what the model reads otherwise, in order
   */
  private record Reading(String text, List<EditedText.Edit> edits) {}

  private void translate(
      Reading reading,
      TextSpan wanted,
      List<TextSpan> shielded,
      List<Part> parts,
      Cancellation cancellation) {
    cancellation.check();
    String text = reading.text;
    TextSpan span = trim(text, wanted);
    if (span.isEmpty()) {
      return;
    }
    if (!holdsLetter(text, span, shielded)) {
      parts.add(copy(text, span));
      return;
    }
    if (shielded.size() > tokenizer.placeholders()) {
      int middle = shielded.size() / 2;
      int cut = shielded.get(middle).start();
      translate(
          reading, new TextSpan(span.start(), cut), shielded.subList(0, middle), parts, cancellation);
      translate(
          reading,
          new TextSpan(cut, span.end()),
          shielded.subList(middle, shielded.size()),
          parts,
          cancellation);
      return;
    }
    int hidden = shielded.stream().mapToInt(TextSpan::length).sum();
    if (span.length() - hidden <= LONGEST_READ) {
      Part part = part(reading, span, shielded);
      Encoding encoding = tokenizer.encode(part.input);
      if (encoding.size() <= maxPieces) {
        parts.add(part);
        return;
      }
    }
    List<TextSpan> uncut = new ArrayList<>(shielded);
    reading.edits.forEach(edit -> uncut.add(edit.span()));
    int cut = clauseCut(text, span, uncut);
    int first = 0;
    while (first < shielded.size() && shielded.get(first).end() <= cut) {
      first++;
    }
    translate(
        reading, new TextSpan(span.start(), cut), shielded.subList(0, first), parts, cancellation);
    translate(
        reading,
        new TextSpan(cut, span.end()),
        shielded.subList(first, shielded.size()),
        parts,
        cancellation);
  }

  private static Part copy(String text, TextSpan span) {
    return new Part(span, false, span.of(text), List.of(), List.of());
  }

  private static Part part(Reading reading, TextSpan span, List<TextSpan> shielded) {
    List<EditedText.Edit> edits = new ArrayList<>();
    for (int i = 0; i < shielded.size(); i++) {
      String placeholder = String.valueOf((char) (Tokenizer.FIRST_PLACEHOLDER + i));
      edits.add(new EditedText.Edit(shielded.get(i), placeholder));
    }
    for (EditedText.Edit edit : reading.edits) {
      if (span.contains(edit.span())) {
        edits.add(edit);
      }
    }
    edits.sort(Comparator.comparing(EditedText.Edit::span));
    StringBuilder input = new StringBuilder();
    int at = span.start();
    for (EditedText.Edit edit : edits) {
      input.append(reading.text, at, edit.span().start()).append(edit.replacement());
      at = edit.span().end();
    }
    input.append(reading.text, at, span.end());
    return new Part(span, true, input.toString(), List.copyOf(shielded), List.copyOf(edits));
  }

  private static boolean holdsLetter(String text, TextSpan span, List<TextSpan> shielded) {
    int at = span.start();
    for (int i = 0; i <= shielded.size(); i++) {
      int end = i < shielded.size() ? shielded.get(i).start() : span.end();
      if (text.substring(at, Math.max(at, end)).codePoints().anyMatch(Character::isLetter)) {
        return true;
      }
      at = i < shielded.size() ? shielded.get(i).end() : end;
    }
    return false;
  }

  private static TextSpan trim(String text, TextSpan span) {
    int start = span.start();
    int end = span.end();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return new TextSpan(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  /**
   * Where to cut a long part: behind the strongest mark in its middle half (semicolon and stops,
   * then colon, dash and comma, then any space), the nearest to the middle among equals; in the
   * middle if there is none. Never inside a protected range or a surrogate pair.
   */
  private static int clauseCut(String text, TextSpan span, List<TextSpan> shielded) {
    int middle = (span.start() + span.end()) / 2;
    int best = -1;
    double bestRank = Double.NEGATIVE_INFINITY;
    int from = span.start() + span.length() / 4;
    int to = span.end() - span.length() / 4;
    for (int i = Math.max(from, span.start() + 1); i < to; i++) {
      int at = i;
      if (!isSpace(text.charAt(i)) || shielded.stream().anyMatch(s -> inside(s, at))) {
        continue;
      }
      char before = text.charAt(i - 1);
      int strength = ";.!?…".indexOf(before) >= 0 ? 3 : ":,–—)»".indexOf(before) >= 0 ? 2 : 1;
      double rank = strength - Math.abs(i - middle) / (double) span.length();
      if (rank > bestRank) {
        bestRank = rank;
        best = i;
      }
    }
    if (best > 0) {
      return best;
    }
    int cut = middle;
    for (TextSpan range : shielded) {
      if (inside(range, cut)) {
        cut = range.end() < span.end() ? range.end() : range.start();
      }
    }
    if (Character.isLowSurrogate(text.charAt(cut))) {
      cut++;
    }
    return cut > span.start() && cut < span.end() ? cut : span.start() + 1;
  }

  private static boolean inside(TextSpan range, int position) {
    return range.start() < position && position < range.end();
  }
}
