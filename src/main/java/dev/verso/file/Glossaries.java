package dev.verso.file;

import dev.verso.text.InputException;
import dev.verso.translation.Glossary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads glossaries (TSV, CSV), and prints them. */
public final class Glossaries {

  private static final int LONGEST_TERM = 200;

  /**
   * Cells as people write them by hand: a space may precede a quoted cell, and a closing quotation
   * mark may be missing. A cell ends with its line.
   */
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setIgnoreSurroundingSpaces(true)
          .setTrailingData(true)
          .setLenientEof(true)
          .get();

  private Glossaries() {}

  /**
   * Terms in the translator's form.
   *
   * @throws InputException if a term is longer than the translator allows, or there are too many
   */
  public static Glossary of(Map<String, String> terms) {
    try {
      return new Glossary(
          terms.entrySet().stream()
              .map(term -> new Glossary.Term(term.getKey(), term.getValue()))
              .toList());
    } catch (IllegalArgumentException e) {
      throw new InputException("the glossary can't be used: " + e.getMessage(), e);
    }
  }

  /**
   * Terms of lines such as {@code OTAN<tab>NATO}; further cells are passed over. If a term occurs
   * twice, the last one counts.
   *
   * @throws InputException if a line is malformed; the message names it
   */
  public static Map<String, String> tsv(String name, String text) {
    Map<String, String> terms = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\\R")) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.split("\t", -1);
      if (cells.length < 2) {
        throw new InputException(
            name + ", line " + number + ": not a French and an English term separated by a tab");
      }
      if (number > 1 || !Glossary.isHeading(cells[0], cells[1])) {
        put(terms, name, number, cells[0], cells[1]);
      }
    }
    return some(name, terms);
  }

  /**
   * Terms of lines such as {@code OTAN,NATO} or {@code OTAN;NATO}; cells may be in double quotes,
   * and further ones are passed over.
   */
  public static Map<String, String> csv(String name, String text) {
    Map<String, String> terms = new LinkedHashMap<>();
    // Where a comma is the decimal mark, spreadsheets part cells by semicolons.
    String first = text.strip().lines().findFirst().orElse("");
    boolean semicolons = first.indexOf(',') < 0 && first.indexOf(';') >= 0;
    CSVFormat format = semicolons ? CSV.builder().setDelimiter(';').get() : CSV;
    int number = 0;
    for (String line : text.split("\\R")) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      CSVRecord cells = cells(line, format);
      if (cells.size() < 2) {
        throw new InputException(
            name + ", line " + number + ": not a French and an English term separated by a comma");
      }
      if (number > 1 || !Glossary.isHeading(cells.get(0), cells.get(1))) {
        put(terms, name, number, cells.get(0), cells.get(1));
      }
    }
    return some(name, terms);
  }

  private static CSVRecord cells(String line, CSVFormat format) {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      return parser.iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(
      Map<String, String> terms, String name, int number, String french, String english) {
    String source = french.strip();
    String target = english.strip();
    if (source.isEmpty() || target.isEmpty()) {
      throw new InputException(name + ", line " + number + ": a term is empty");
    }
    if (source.length() > LONGEST_TERM || target.length() > LONGEST_TERM) {
      throw new InputException(
          name + ", line " + number + ": a term is longer than " + LONGEST_TERM + " characters");
    }
    if (source.indexOf('\u0000') >= 0 || target.indexOf('\u0000') >= 0) {
      throw new InputException(name + ", line " + number + ": a term contains a null character");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(source + '\n' + target)) {
      throw new InputException(
          name
              + ", line "
              + number
              + ": a term contains half of a surrogate pair, which is not a character");
    }
    terms.put(source, target);
  }

  private static Map<String, String> some(String name, Map<String, String> terms) {
    if (terms.isEmpty()) {
      throw new InputException(name + " contains no terms");
    }
    return terms;
  }

  /** Prints terms in the form that {@link #tsv(String, String)} reads. */
  public static String tsv(Map<String, String> terms) {
    StringBuilder out = new StringBuilder();
    terms.forEach((source, target) -> out.append(source).append('\t').append(target).append('\n'));
    return out.toString();
  }
}
