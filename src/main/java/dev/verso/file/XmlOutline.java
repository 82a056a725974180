package dev.verso.file;

import dev.verso.text.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Which elements of a piece of XML stand inside sentences; all others part its texts.
 *
 * <p>Nothing is known of the dialect, so the content tells: an element that stands beside text
 * somewhere in the piece is inside a sentence there, unless its name is one that parts texts in
 * every dialect, or something that parts texts is inside it. {@link TagRules} overrule that. O(n)
 * for n characters, for a bounded number of names.
 *
 * @param inline names, in lower case
 */
record XmlOutline(Set<String> inline) {

  private static final Set<String> PARTING = parting();
  private static final XMLInputFactory FACTORY = factory();
  private static final Pattern DECLARATION = Pattern.compile("^\uFEFF?\\s*<\\?xml\\s[^>]*\\?>");
  private static final String ROOT = "piece";

  /** A comment, which is left alone, or a CDATA section. */
  private static final Pattern SECTION =
      Pattern.compile("<!--.*?-->|<!\\[CDATA\\[(.*?)]]>", Pattern.DOTALL);

  /** What is known of the elements of one name. */
  private static final class Kind {
    boolean besideText;
    final Set<String> children = new HashSet<>();
  }

  /** An element that is open. */
  private static final class Open {
    final String name;
    final Set<String> children = new HashSet<>();
    boolean text;

    Open(String name) {
      this.name = name;
    }
  }

  private static Set<String> parting() {
    try (InputStream in = XmlOutline.class.getResourceAsStream("parting-tags.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parsers that resolve nothing, and take names with and without a namespace as they are. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory =
        XMLInputFactory.newFactory(
            "javax.xml.stream.XMLInputFactory", XmlOutline.class.getClassLoader());
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    return factory;
  }

  /**
   * Reads a piece, which may have several elements and text at its top.
   *
   * @param name what the user calls it
   * @throws InputException if it is not well-formed; the message says where
   */
  static XmlOutline of(String name, String xml, TagRules tags) {
    Matcher declaration = DECLARATION.matcher(xml);
    String body = declaration.find() ? xml.substring(declaration.end()) : xml;
    Map<String, Kind> kinds = new TreeMap<>();
    try {
      XMLStreamReader reader =
          FACTORY.createXMLStreamReader(
              new StringReader("<" + ROOT + ">" + body + "</" + ROOT + ">"));
      try {
        read(reader, tags, kinds);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      throw new InputException(
          name
              + " is not well-formed XML ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("it breaks off")
              + "); close every tag and write & and < as &amp; and &lt;",
          e);
    }
    return new XmlOutline(inline(kinds, tags));
  }

  /**
   * The same XML without CDATA sections, whose text is escaped instead: Okapi's filter takes a
   * section for a text of its own and drops what stands beside it.
   */
  static String withoutSections(String xml) {
    return SECTION
        .matcher(xml)
        .replaceAll(
            section ->
                Matcher.quoteReplacement(
                    section.group(1) == null ? section.group() : escaped(section.group(1))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void read(XMLStreamReader reader, TagRules tags, Map<String, Kind> kinds)
      throws XMLStreamException {
    Deque<Open> open = new ArrayDeque<>();
    int ignored = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      boolean starts = event == XMLStreamConstants.START_ELEMENT;
      boolean ends = event == XMLStreamConstants.END_ELEMENT;
      if (ignored > 0) {
        ignored += starts ? 1 : ends ? -1 : 0;
        continue;
      }
      if (starts) {
        String name = reader.getLocalName().toLowerCase(Locale.ROOT);
        if (!open.isEmpty()) {
          open.peek().children.add(name);
        }
        if (tags.ignored().contains(name)) {
          kinds.computeIfAbsent(name, ignoredName -> new Kind());
          ignored = 1;
        } else {
          open.push(new Open(name));
        }
      } else if (ends) {
        close(open.pop(), kinds);
      } else if (event == XMLStreamConstants.ENTITY_REFERENCE
          || ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)
              && !reader.getText().isBlank())) {
        open.peek().text = true;
      }
    }
  }

  private static void close(Open element, Map<String, Kind> kinds) {
    kinds.computeIfAbsent(element.name, name -> new Kind()).children.addAll(element.children);
    if (element.text) {
      element.children.forEach(
          child -> kinds.computeIfAbsent(child, name -> new Kind()).besideText = true);
    }
  }

  private static Set<String> inline(Map<String, Kind> kinds, TagRules tags) {
    Set<String> inline = new TreeSet<>();
    kinds.forEach(
        (name, kind) -> {
          boolean stands =
              tags.outline() ? kind.besideText && !PARTING.contains(name) : !name.equals(ROOT);
          if (tags.nonSplitting().contains(name) || (stands && !tags.splitting().contains(name))) {
            inline.add(name);
          }
        });
    boolean changed = true;
    while (changed) {
      changed =
          inline.removeIf(
              name ->
                  !tags.nonSplitting().contains(name)
                      && !inline.containsAll(kinds.get(name).children));
    }
    return Set.copyOf(inline);
  }
}
