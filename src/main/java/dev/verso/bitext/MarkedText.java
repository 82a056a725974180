package dev.verso.bitext;

import dev.verso.text.Segment;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A sentence cut wherever a word link, or a quote, begins or ends. Stateless. */
public final class MarkedText {

  private MarkedText() {}

  /**
   * A piece of a sentence.
   *
   * @param text its words
   * @param links the links it belongs to, by number, each with {@code S} or {@code P}; empty if
   *     none
   * @param quoted whether it is quoted
   */
  public record Piece(String text, String links, boolean quoted) {

    /** Whether nothing is to be said of it. */
    public boolean plain() {
      return links.isEmpty() && !quoted;
    }
  }

  /**
   * The pieces of a text, in order.
   *
   * @param text the text
   * @param links the words of each link
   * @param strengths whether each of them is sure
   * @param quotes what is quoted
   */
  static List<Piece> pieces(
      String text,
      List<TextSpan> links,
      List<AlignmentLink.Strength> strengths,
      List<TextSpan> quotes) {
    TreeSet<Integer> cuts = new TreeSet<>(List.of(text.length()));
    for (List<TextSpan> places : List.of(links, quotes)) {
      for (TextSpan place : places) {
        cuts.add(place.start());
        cuts.add(place.end());
      }
    }
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      if (cut > from && cut <= text.length()) {
        TextSpan here = new TextSpan(from, cut);
        StringBuilder numbers = new StringBuilder();
        for (int link = 0; link < links.size(); link++) {
          if (links.get(link).contains(here)) {
            numbers.append(numbers.isEmpty() ? "" : " ").append(link);
            numbers.append(strengths.get(link) == AlignmentLink.Strength.SURE ? "S" : "P");
          }
        }
        boolean quoted = quotes.stream().anyMatch(quote -> quote.contains(here));
        pieces.add(new Piece(here.of(text), numbers.toString(), quoted));
        from = cut;
      }
    }
    return pieces;
  }

  /** The pieces of a sentence of which parts are quoted, without links. */
  public static List<Piece> pieces(Segment segment, List<TextSpan> quotes) {
    return pieces(segment.text(), List.of(), List.of(), overlapping(segment, quotes));
  }

  /** Those places, in the sentence's text, of what overlaps it. */
  static List<TextSpan> overlapping(Segment segment, List<TextSpan> raw) {
    return places(segment, raw.stream().filter(segment.span()::overlaps).toList());
  }

  /**
   * Where ranges of the input stand in a sentence's text, widened where they would cut a character
   * in two; an empty range for what is not in it.
   */
  static List<TextSpan> places(Segment segment, List<TextSpan> raw) {
    String text = segment.text();
    if (raw.isEmpty()) {
      return List.of();
    }
    if (segment.map().isIdentity()) {
      int start = segment.span().start();
      return raw.stream()
          .map(
              span ->
                  whole(
                      new TextSpan(
                          Math.min(text.length(), Math.max(0, span.start() - start)),
                          Math.min(text.length(), Math.max(0, span.end() - start))),
                      text))
          .toList();
    }
    TextSpan[] from = new TextSpan[text.length()];
    for (int i = 0; i < from.length; i++) {
      from[i] = segment.toRaw(new TextSpan(i, i + 1));
    }
    List<TextSpan> places = new ArrayList<>();
    for (TextSpan span : raw) {
      int start = 0;
      while (start < from.length && from[start].end() <= span.start()) {
        start++;
      }
      int end = start;
      while (end < from.length && from[end].start() < span.end()) {
        end++;
      }
      places.add(whole(new TextSpan(start, end), text));
    }
    return places;
  }

  /** The span, widened where it would cut a character in two. */
  static TextSpan whole(TextSpan span, String text) {
    int start = Surrogates.splitsPair(text, span.start()) ? span.start() - 1 : span.start();
    int end = Surrogates.splitsPair(text, span.end()) ? span.end() + 1 : span.end();
    return new TextSpan(start, end);
  }
}
