package dev.verso.bitext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Beads as lines {@code [i,…]:[j,…]}: 0-based sentence numbers of the source, then of the target,
 * either list empty for a null bead. The format of the TransRead gold alignments and of other
 * aligners, whose trailing {@code :score} is ignored.
 */
public final class BeadFormat {
  private static final Pattern LINE =
      Pattern.compile("\\s*\\[([^\\]]*)\\]\\s*:\\s*\\[([^\\]]*)\\]\\s*(?::.*)?");

  private BeadFormat() {}

  /** Appends one line per bead, null beads included. */
  public static void write(Collection<Bead> beads, Appendable out) throws IOException {
    write(beads, IntUnaryOperator.identity(), IntUnaryOperator.identity(), out);
  }

  /**
   * Appends one line per bead, null beads included.
   *
   * @param sourceNumber the number to print for a source sentence, such as its line in a file
   * @param targetNumber the number to print for a target sentence
   */
  public static void write(
      Collection<Bead> beads,
      IntUnaryOperator sourceNumber,
      IntUnaryOperator targetNumber,
      Appendable out)
      throws IOException {
    for (Bead bead : beads) {
      out.append('[').append(list(bead.sourceStart(), bead.sourceEnd(), sourceNumber));
      out.append("]:[").append(list(bead.targetStart(), bead.targetEnd(), targetNumber));
      out.append("]\n");
    }
  }

  private static String list(int start, int end, IntUnaryOperator number) {
    return IntStream.range(start, end)
        .map(number)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }

  /**
   * Reads beads, posterior 1 each. The empty side of a null bead is placed after the sentences of
   * that side in the lines before it. Blank lines are skipped.
   *
   * @param name what to call the input in an error
   * @throws IllegalArgumentException if a line is not a bead or its numbers are not consecutive
   */
  public static List<Bead> read(String name, List<String> lines) {
    List<Bead> beads = new ArrayList<>();
    int sourceEnd = 0;
    int targetEnd = 0;
    for (int n = 0; n < lines.size(); n++) {
      if (lines.get(n).isBlank()) {
        continue;
      }
      Matcher line = LINE.matcher(lines.get(n));
      if (!line.matches()) {
        throw new IllegalArgumentException(
            name + ", line " + (n + 1) + ": not a bead such as [3,4]:[5]: " + lines.get(n));
      }
      int[] source = range(line.group(1), sourceEnd, name, n + 1);
      int[] target = range(line.group(2), targetEnd, name, n + 1);
      if (source[0] == source[1] && target[0] == target[1]) {
        throw new IllegalArgumentException(name + ", line " + (n + 1) + ": an empty bead");
      }
      sourceEnd = source[1];
      targetEnd = target[1];
      beads.add(new Bead(source[0], source[1], target[0], target[1], 1));
    }
    return beads;
  }

  private static int[] range(String list, int next, String name, int line) {
    if (list.isBlank()) {
      return new int[] {next, next};
    }
    int start = -1;
    int end = -1;
    for (String number : list.split(",")) {
      int index;
      try {
        index = Integer.parseInt(number.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            name + ", line " + line + ": not a sentence number: " + number.strip(), e);
      }
      if (index < 0 || (start >= 0 && index != end)) {
        throw new IllegalArgumentException(
            name + ", line " + line + ": sentence numbers must follow one another: [" + list + "]");
      }
      start = start < 0 ? index : start;
      end = index + 1;
    }
    return new int[] {start, end};
  }
}
