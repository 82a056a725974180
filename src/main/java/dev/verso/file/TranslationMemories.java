package dev.verso.file;

import dev.verso.text.InputException;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads translation memories: TMX (LISA 2005), and XLIFF 1.2 and 2.x (OASIS 2008, 2018) as it comes
 * back from whoever corrected it.
 *
 * <p>Of a segment's inline elements the text is kept and a format's own codes are not. Entities and
 * external files are not resolved. O(size of the file); thread-safe.
 */
public final class TranslationMemories {

  private static final int MOST_UNITS = 1_000_000;

  /** Elements that contain a format's own codes, not text, in either format. */
  private static final Set<String> CODES = Set.of("bpt", "ept", "it", "ph", "ut");

  /** Parts of XLIFF with segments of their own that nobody settled on. */
  private static final Set<String> ASIDE = Set.of("alt-trans", "matches", "glossary", "ignorable");

  private static final String REPLACEMENT = "\uFFFD";

  private static final String XML = "http://www.w3.org/XML/1998/namespace";

  private TranslationMemories() {}

  /**
   * French and English segments of a TMX or XLIFF file, in its order. What has no English is left
   * out; of two with the same French the last one counts.
   *
   * @param name what the file is called, for messages
   * @throws InputException if it is neither, is not from French into English, or has no such
   *     segment
   */
  public static Map<String, String> read(String name, byte[] bytes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    Units units = new Units(name);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      try {
        while (xml.hasNext() && xml.next() != XMLStreamConstants.START_ELEMENT) {
          // comments and the document type come first
        }
        switch (xml.isStartElement() ? xml.getLocalName() : "") {
          case "tmx" -> tmx(xml, units);
          case "xliff" -> xliff(xml, units);
          default ->
              throw new InputException(
                  name + " is neither TMX nor XLIFF: it begins with <" + xml.getLocalName() + ">");
        }
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(name + " is neither TMX nor XLIFF: " + why, e);
    }
    if (units.kept.isEmpty()) {
      throw new InputException(name + " contains no unit with French and English");
    }
    return units.kept;
  }

  /** What was read so far. */
  private static final class Units {
    final String name;
    final Map<String, String> kept = new LinkedHashMap<>();

    Units(String name) {
      this.name = name;
    }

    void add(String french, String english) {
      if (!french.isEmpty() && !english.isEmpty()) {
        kept.put(french, english);
      }
      if (kept.size() > MOST_UNITS) {
        throw new InputException(name + " contains more than " + MOST_UNITS + " units");
      }
    }
  }

  private static String language(XMLStreamReader xml, String... names) {
    for (String name : names) {
      String tag = xml.getAttributeValue(name.equals("xml:lang") ? XML : null, local(name));
      if (tag != null) {
        return tag.toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private static String local(String name) {
    return name.equals("xml:lang") ? "lang" : name;
  }

  private static void tmx(XMLStreamReader xml, Units units) throws XMLStreamException {
    String language = "";
    String french = "";
    String english = "";
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "tu" -> {
            french = "";
            english = "";
          }
          case "tuv" -> language = language(xml, "xml:lang", "lang");
          case "seg" -> {
            String text = text(xml, new HashMap<>());
            french = language.startsWith("fr") ? text : french;
            english = language.startsWith("en") ? text : english;
          }
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("tu")) {
        units.add(french, english);
      }
    }
  }

  private static void xliff(XMLStreamReader xml, Units units) throws XMLStreamException {
    String ofAll = language(xml, "srcLang");
    String intoOfAll = language(xml, "trgLang");
    String source = "";
    String target = "";
    // In 1.2 a unit's segments are marked in the copy of its source and in its target.
    Map<String, String> sources = new HashMap<>();
    Map<String, String> targets = new HashMap<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        String element = xml.getLocalName();
        if (ASIDE.contains(element)) {
          skip(xml);
          continue;
        }
        switch (element) {
          case "file" -> {
            String from = ofAll.isEmpty() ? language(xml, "source-language") : ofAll;
            String into = ofAll.isEmpty() ? language(xml, "target-language") : intoOfAll;
            if (!from.startsWith("fr") || !(into.isEmpty() || into.startsWith("en"))) {
              throw new InputException(
                  "%s is from “%s” into “%s”, not from French into English"
                      .formatted(units.name, from, into));
            }
          }
          case "trans-unit", "segment" -> {
            source = "";
            target = "";
            sources.clear();
            targets.clear();
          }
          case "source" -> source = text(xml, new HashMap<>());
          case "seg-source" -> text(xml, sources);
          case "target" -> target = text(xml, targets);
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT
          && Set.of("trans-unit", "segment").contains(xml.getLocalName())) {
        units.add(source, target);
        sources.forEach((mark, text) -> units.add(text, targets.getOrDefault(mark, "")));
      }
    }
  }

  private static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
      depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
    }
  }

  /**
   * The text of the element that the reader stands at, to whose end it goes.
   *
   * @param marked gets the text of each segment marked in it ({@code mrk} of type {@code seg})
   */
  private static String text(XMLStreamReader xml, Map<String, String> marked)
      throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int codes = 0;
    int mark = -1;
    int markDepth = -1;
    String markName = "";
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          codes += CODES.contains(xml.getLocalName()) ? 1 : 0;
          String codePoint = xml.getAttributeValue(null, "hex");
          if (xml.getLocalName().equals("cp") && codePoint != null) {
            text.append(character(codePoint));
          }
          if (xml.getLocalName().equals("mrk")
              && "seg".equals(xml.getAttributeValue(null, "mtype"))) {
            mark = text.length();
            markDepth = depth;
            markName = String.valueOf(xml.getAttributeValue(null, "mid"));
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (codes == 0) {
            text.append(xml.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (depth == markDepth) {
            marked.put(markName, text.substring(mark).strip());
            markDepth = -1;
          }
          codes -= depth > 1 && CODES.contains(xml.getLocalName()) ? 1 : 0;
          depth--;
        }
        default -> {}
      }
    }
    return text.toString().strip();
  }

  /** A character that XML can't hold, by its number; one that no text can hold is replaced. */
  private static String character(String hex) {
    try {
      int point = Integer.parseInt(hex, 16);
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      return point == 0 || half ? REPLACEMENT : Character.toString(point);
    } catch (IllegalArgumentException e) {
      return REPLACEMENT; // no such number
    }
  }
}
