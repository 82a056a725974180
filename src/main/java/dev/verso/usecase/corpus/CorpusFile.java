package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.PairSide;
import dev.verso.text.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads corpora: our JSON lines, or lines of French TAB English, with a first column before them
 * skipped as elsewhere; a pair that names no place stands at its line.
 */
public final class CorpusFile {

  private CorpusFile() {}

  /**
   * Hands out the pairs of a file.
   *
   * @throws InputException if it is missing or a line is no pair; the message names file and line
   */
  public static void read(Path file, Consumer<CorpusPair> pairs) {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    String name = file.getFileName().toString();
    boolean table = name.toLowerCase(Locale.ROOT).endsWith(".tsv");
    long number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        pairs.accept(table ? ofTable(name, number, line) : CorpusLines.read(name, number, line));
      }
    } catch (CharacterCodingException e) {
      throw new InputException(
          file + " is not UTF-8 after line " + number + ": convert it first, as with iconv", e);
    } catch (IOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  private static CorpusPair ofTable(String name, long number, String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length < 2) {
      throw new InputException(name + ", line " + number + ": wanted is French TAB English");
    }
    int first = cells.length > 2 ? 1 : 0;
    int place = Math.toIntExact(number);
    return CorpusPair.of(
        new PairSide(name, place, place, cells[first]),
        new PairSide(name, place, place, cells[first + 1]),
        Map.of(),
        "");
  }
}
