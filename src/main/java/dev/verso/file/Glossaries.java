package dev.verso.file;

import dev.verso.text.InputException;
import dev.verso.translation.Glossary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads glossaries (TSV, CSV) and translation memories (TMX), and prints glossaries. */
public final class Glossaries {

  private static final int LONGEST_TERM = 200;
  private static final int MOST_UNITS = 1_000_000;

  /** Elements of a TMX segment that contain a format's own codes, not text. */
  private static final Set<String> CODES = Set.of("bpt", "ept", "it", "ph", "ut");

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

  /**
   * French and English segments of a TMX file, without inline codes. Entities and external files
   * are not resolved.
   *
   * @throws InputException if it is not TMX
   */
  public static Map<String, String> tmx(String name, byte[] bytes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    Map<String, String> units = new LinkedHashMap<>();
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      try {
        read(name, xml, units);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new InputException(
          name + " is not TMX: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
    if (units.isEmpty()) {
      throw new InputException(name + " contains no unit with French and English");
    }
    return units;
  }

  private static void read(String name, XMLStreamReader xml, Map<String, String> units)
      throws XMLStreamException {
    String language = "";
    String french = null;
    String english = null;
    StringBuilder segment = null;
    int codes = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "tu" -> {
              french = null;
              english = null;
            }
            case "tuv" -> {
              String tag = xml.getAttributeValue("http://www.w3.org/XML/1998/namespace", "lang");
              language =
                  (tag == null ? String.valueOf(xml.getAttributeValue(null, "lang")) : tag)
                      .toLowerCase(Locale.ROOT);
            }
            case "seg" -> segment = new StringBuilder();
            default -> codes += CODES.contains(xml.getLocalName()) ? 1 : 0;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (segment != null && codes == 0) {
            segment.append(xml.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (xml.getLocalName().equals("seg") && segment != null) {
            String text = segment.toString().strip();
            french = language.startsWith("fr") ? text : french;
            english = language.startsWith("en") ? text : english;
            segment = null;
          } else if (CODES.contains(xml.getLocalName())) {
            codes--;
          } else if (xml.getLocalName().equals("tu")
              && french != null
              && english != null
              && !french.isEmpty()) {
            units.put(french, english);
            if (units.size() > MOST_UNITS) {
              throw new InputException(name + " contains more than " + MOST_UNITS + " units");
            }
          }
        }
        default -> {}
      }
    }
  }
}
