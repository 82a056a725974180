package dev.verso.evaluation;

import dev.verso.text.Language;
import dev.verso.text.SentenceSegmenter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures sentence segmentation on a file of one sentence a line.
 *
 * <p>Only lines that end in {@code . ! ? …} (closing marks may follow) and have no stop before that
 * count: a line of several sentences, or of half of one, says nothing. They are joined five to a
 * paragraph.
 */
public final class SegmentationEvaluation {

  private static final int PER_PARAGRAPH = 5;
  private static final String STOPS = ".!?…";
  private static final String CLOSING = "»”’\"')]›";

  private SegmentationEvaluation() {}

  /** The score over the lines that count. */
  public static SegmentationScore score(Path file, Language language) throws IOException {
    List<String> sentences =
        Files.readAllLines(file).stream()
            .map(SegmentationEvaluation::strip)
            .filter(SegmentationEvaluation::isOneSentence)
            .toList();
    return SegmentationScore.of(sentences, PER_PARAGRAPH, SentenceSegmenter.of(language));
  }

  /** Prints the score, the errors by kind, and each error in its context. */
  public static void run(Path file, Language language, PrintStream out) throws IOException {
    SegmentationScore score = score(file, language);
    out.printf(
        Locale.ROOT,
        "boundaries %d  found %d  P %.4f  R %.4f  F1 %.4f%n",
        score.expected(),
        score.found(),
        score.precision(),
        score.recall(),
        score.f1());
    for (Map.Entry<String, Integer> kind : score.errorsByKind().entrySet()) {
      out.printf("%5d  %s%n", kind.getValue(), kind.getKey());
    }
    for (SegmentationScore.BoundaryError error : score.errors()) {
      out.printf("%s %s: %s%n", error.missed() ? "missed" : "false", error.kind(), error.context());
    }
  }

  /** Whether a line ends in a stop and has none followed by a space. */
  static boolean isOneSentence(String line) {
    int end = line.length();
    while (end > 0
        && (CLOSING.indexOf(line.charAt(end - 1)) >= 0 || isSpace(line.charAt(end - 1)))) {
      end--;
    }
    if (end == 0 || STOPS.indexOf(line.charAt(end - 1)) < 0) {
      return false;
    }
    while (end > 0 && (STOPS.indexOf(line.charAt(end - 1)) >= 0 || isSpace(line.charAt(end - 1)))) {
      end--;
    }
    boolean stopped = false;
    for (int i = 0; i < end; i++) {
      char c = line.charAt(i);
      if (stopped && isSpace(c)) {
        return false;
      }
      stopped = STOPS.indexOf(c) >= 0 || (stopped && CLOSING.indexOf(c) >= 0);
    }
    return true;
  }

  private static String strip(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && isSpace(line.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
