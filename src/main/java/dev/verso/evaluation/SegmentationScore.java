package dev.verso.evaluation;

import dev.verso.text.SentenceSegmenter;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How well a segmenter recovers sentences that were joined into paragraphs.
 *
 * <p>The sentences are joined {@code perParagraph} at a time with one space; the ends of all but a
 * paragraph's last sentence are the boundaries to find. A boundary is right if a segment ends
 * exactly there. Precision and recall are over all paragraphs together, F1 = 2PR / (P + R).
 *
 * <p>Worked example: {@code "Il pleut."} and {@code "M. Roy rit."} joined are {@code "Il pleut. M.
 * Roy rit."}; a segmenter that also cuts after {@code M.} has P = 1/2, R = 1.
 *
 * @param expected number of true boundaries
 * @param found number of boundaries the segmenter made
 * @param correct number of those that are true
 * @param errors the wrong and the missing ones, in order
 */
public record SegmentationScore(int expected, int found, int correct, List<BoundaryError> errors) {

  private static final int CONTEXT = 40;

  /** Copies the list. */
  public SegmentationScore {
    errors = List.copyOf(errors);
  }

  /**
   * A boundary that is missing or wrong.
   *
   * @param missed whether it is missing
   * @param kind what surrounds it, such as {@code before a digit}
   * @param context the text around it, with {@code |} at its position
   */
  public record BoundaryError(boolean missed, String kind, String context) {}

  /**
   * Joins and segments {@code sentences}.
   *
   * @throws IllegalArgumentException if {@code perParagraph < 2}
   */
  public static SegmentationScore of(
      List<String> sentences, int perParagraph, SentenceSegmenter segmenter) {
    if (perParagraph < 2) {
      throw new IllegalArgumentException(
          perParagraph + " sentences a paragraph have no boundaries");
    }
    int expected = 0;
    int found = 0;
    int correct = 0;
    List<BoundaryError> errors = new ArrayList<>();
    for (int i = 0; i < sentences.size(); i += perParagraph) {
      List<String> joined = sentences.subList(i, Math.min(sentences.size(), i + perParagraph));
      String paragraph = String.join(" ", joined);
      Set<Integer> ends = new HashSet<>();
      int at = -1;
      for (String sentence : joined.subList(0, joined.size() - 1)) {
        at += 1 + sentence.length();
        ends.add(at);
      }
      Set<Integer> made = new HashSet<>();
      for (TextSpan span : segmenter.segment(paragraph)) {
        made.add(span.end());
      }
      made.remove(paragraph.length());
      expected += ends.size();
      found += made.size();
      for (int end = 0; end < paragraph.length(); end++) {
        if (ends.contains(end) && made.contains(end)) {
          correct++;
        } else if (ends.contains(end) || made.contains(end)) {
          errors.add(error(paragraph, end, ends.contains(end)));
        }
      }
    }
    return new SegmentationScore(expected, found, correct, errors);
  }

  /** The share of found boundaries that are correct, 1 if none was found. */
  public double precision() {
    return found == 0 ? 1 : (double) correct / found;
  }

  /** The share of expected boundaries that were found, 1 if none was expected. */
  public double recall() {
    return expected == 0 ? 1 : (double) correct / expected;
  }

  /** Harmonic mean of precision and recall, 0 if both are. */
  public double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  /** How many errors there are of each kind, {@code missed} and {@code false} apart. */
  public Map<String, Integer> errorsByKind() {
    Map<String, Integer> counts = new TreeMap<>();
    for (BoundaryError error : errors) {
      counts.merge((error.missed() ? "missed " : "false ") + error.kind(), 1, Integer::sum);
    }
    return counts;
  }

  private static BoundaryError error(String text, int at, boolean missed) {
    String context =
        text.substring(Math.max(0, at - CONTEXT), at)
            + "|"
            + text.substring(at, Math.min(text.length(), at + CONTEXT));
    return new BoundaryError(missed, kind(text, at), context);
  }

  private static String kind(String text, int at) {
    int next = at;
    while (next < text.length() && isSpace(text.charAt(next))) {
      next++;
    }
    char opening = next < text.length() ? text.charAt(next) : ' ';
    char last = text.charAt(at - 1);
    if (Character.isLowerCase(opening)) {
      return "before a lower-case letter";
    }
    if (Character.isDigit(opening)) {
      return "before a digit";
    }
    if (!Character.isLetter(opening)) {
      return "before a mark";
    }
    if (last == '…' || text.startsWith("..", Math.max(0, at - 2))) {
      return "after an ellipsis";
    }
    if (last == '!' || last == '?') {
      return "after ! or ?";
    }
    if (last != '.') {
      return "after a closing mark";
    }
    int word = at - 1;
    while (word > 0 && Character.isLetter(text.charAt(word - 1))) {
      word--;
    }
    return at - 1 - word == 1 ? "after a single letter" : "after a word";
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
