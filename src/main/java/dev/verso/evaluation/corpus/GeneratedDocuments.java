package dev.verso.evaluation.corpus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A list of documents made of pairs of sentences: pairs of documents that translate each other,
 * some with sentences that only one has, some a few hundred times as long as others, copies, and
 * documents without partner; without names that would tell who belongs to whom.
 *
 * <p>The same seed and pairs give the same list.
 */
public final class GeneratedDocuments {

  private static final int FEW = 8;
  private static final int MORE = 12;
  private static final int ALONE = 10;
  private static final int COPY = 50;
  private static final int LONG = 1000;
  private static final int TIMES = 60;
  private static final int LEFT_OUT = 12;
  private static final int PARAGRAPH = 4;
  private static final int NUMBERS = 90_000;
  private static final int LEAST_NUMBER = 10_000;

  private GeneratedDocuments() {}

  /** French and English sentences. */
  public record Sentences(List<String> french, List<String> english) {

    /** Copies the lists. */
    public Sentences {
      french = List.copyOf(french);
      english = List.copyOf(english);
    }

    /** The first lines of a table, French TAB English. */
    public static Sentences ofTable(Path table, int most) throws IOException {
      List<String> french = new ArrayList<>();
      List<String> english = new ArrayList<>();
      try (BufferedReader reader = Files.newBufferedReader(table)) {
        for (String line = reader.readLine();
            line != null && french.size() < most;
            line = reader.readLine()) {
          String[] cells = line.split("\t", -1);
          if (cells.length < 2) {
            throw new InputException(table + ": wanted is French TAB English");
          }
          if (!cells[0].isBlank() && !cells[1].isBlank()) {
            french.add(cells[0]);
            english.add(cells[1]);
          }
        }
      }
      return new Sentences(french, english);
    }
  }

  /**
   * Writes a list of documents, {@code {"id","text"}} a line, in no particular order.
   *
   * @param count how many documents
   * @return characters written
   */
  public static long write(Sentences sentences, int count, long seed, Path list)
      throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(count);
    int number = 0;
    while (lines.size() < count) {
      int length = FEW + random.nextInt(MORE);
      if (random.nextInt(LONG) == 0) {
        length *= TIMES;
      }
      int own = LEAST_NUMBER + random.nextInt(NUMBERS);
      StringBuilder french = new StringBuilder();
      StringBuilder english = new StringBuilder();
      french.append("Le dossier porte le numéro ").append(own).append(".");
      english.append("The file bears the number ").append(own).append(".");
      int start = random.nextInt(sentences.french.size());
      for (int k = 0; k < length; k++) {
        int s = (start + k) % sentences.french.size();
        String gap = k % PARAGRAPH == PARAGRAPH - 1 ? "\n\n" : " ";
        if (random.nextInt(LEFT_OUT) != 0) {
          french.append(gap).append(sentences.french.get(s));
        }
        if (random.nextInt(LEFT_OUT) != 0) {
          english.append(gap).append(sentences.english.get(s));
        }
      }
      boolean alone = random.nextInt(ALONE) == 0;
      boolean first = random.nextBoolean();
      if (!alone || first) {
        lines.add(line(number++, random, french.toString()));
      }
      if (!alone || !first) {
        lines.add(line(number++, random, english.toString()));
      }
      if (random.nextInt(COPY) == 0) {
        lines.add(line(number++, random, english.toString()));
      }
    }
    List<String> some = new ArrayList<>(lines.subList(0, count));
    Collections.shuffle(some, random);
    long characters = 0;
    try (BufferedWriter out = Files.newBufferedWriter(list)) {
      for (String line : some) {
        out.write(line);
        out.write('\n');
        characters += line.length();
      }
    }
    return characters;
  }

  private static String line(int number, Random random, String text) {
    ObjectNode node = Json.PLAIN.createObjectNode();
    // Names say nothing of who belongs to whom.
    node.put("id", String.format(Locale.ROOT, "%08x-%d", random.nextInt(), number));
    node.put("text", text);
    return node.toString();
  }
}
