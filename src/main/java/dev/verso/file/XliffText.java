package dev.verso.file;

import dev.verso.text.InputException;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import net.sf.okapi.common.LocaleId;

/**
 * An XLIFF file as characters, in which nothing refers to another resource.
 *
 * <p>Okapi's filter for XLIFF 1.2 opens what precedes the {@code #} in the value of an attribute of
 * another namespace, such as {@code its:locQualityIssuesRef}; it treats a value that begins with
 * {@code #}, or has none, as a place in the file. So every {@code #} further inside such a value,
 * whatever the attribute, is given to the filter as a character that occurs nowhere in the file,
 * and the attribute under another name, since the filter drops what it knows but can't resolve.
 * Both are restored in the filter's output.
 */
final class XliffText {

  private static final Pattern LANGUAGE =
      Pattern.compile(
          "\\b(source-language|target-language|srcLang|trgLang)\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Pattern DECLARATION = Pattern.compile("^<\\?xml\\s[^?]*\\?>");
  private static final Pattern DECLARED =
      Pattern.compile("(\\sencoding\\s*=\\s*)(\"[^\"]*\"|'[^']*')");

  /** Text without tags, or one start tag. */
  private static final Pattern PIECE =
      Pattern.compile(
          "<!--.*?-->|<!\\[CDATA\\[.*?]]>|<\\?.*?\\?>|"
              + "<[^!?/][^\"'>]*+(?:(?:\"[^\"]*+\"|'[^']*+')[^\"'>]*+)*+>",
          Pattern.DOTALL);

  /** An attribute: its prefix with the colon or nothing, the rest up to its value, its value. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([^\\s=:\"'<>/]+:|)([^\\s=:\"'<>/]+\\s*=\\s*)(\"[^\"]*\"|'[^']*')");

  private static final Pattern HASH = Pattern.compile("(?<!&)#|&#(?:0*35|x0*23);");
  private static final String SECOND = "urn:oasis:names:tc:xliff:document:2";

  private final String text;
  private final char mask;
  private final String alias;
  private final LocaleId source;
  private final LocaleId target;

  private XliffText(String given, char mask, String alias, LocaleId source, LocaleId target) {
    this.mask = mask;
    this.alias = alias;
    this.text = masked(given);
    this.source = source;
    this.target = target;
  }

  /**
   * Reads a file in the encoding that it declares.
   *
   * @param name what the user calls it
   * @throws InputException if it is not XML, declares a document type, or is between languages
   *     other than French and English
   */
  static XliffText of(String name, byte[] content) {
    DocumentType.refuse(name, () -> new ByteArrayInputStream(content));
    String text = decoded(name, content);
    DocumentType.refuse(name, new StringReader(text));
    LocaleId source = LocaleId.FRENCH;
    LocaleId target = LocaleId.ENGLISH;
    Matcher language = LANGUAGE.matcher(text);
    while (language.find()) {
      boolean isSource = language.group(1).startsWith("s");
      String expected = isSource ? "fr" : "en";
      if (!language.group(2).toLowerCase(Locale.ROOT).startsWith(expected)) {
        throw new InputException(
            name
                + " says "
                + language.group()
                + ": only French (fr) into English (en) is translated");
      }
      LocaleId locale = LocaleId.fromString(language.group(2));
      source = isSource ? locale : source;
      target = isSource ? target : locale;
    }
    XliffText xliff = new XliffText(text, unused(name, text), alias(text), source, target);
    requireLocal(name, xliff.text);
    return xliff;
  }

  private static String decoded(String name, byte[] content) {
    try {
      XMLStreamReader xml = DocumentType.parser(new ByteArrayInputStream(content));
      String declared = xml.getCharacterEncodingScheme();
      String detected = xml.getEncoding();
      xml.close();
      // UTF-16 alone does not say the order of its bytes; the parser has seen that.
      boolean vague = declared == null || declared.toUpperCase(Locale.ROOT).matches("UTF-(16|32)");
      Charset charset = Charset.forName(markOr(content, vague ? detected : declared));
      String text = new String(content, charset);
      return utf8Declared(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (XMLStreamException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(name + " can't be read as XML (" + reason + "); save it again", e);
    }
  }

  /** The encoding given by the byte order mark, or the other. */
  private static String markOr(byte[] content, String other) {
    String head = new String(content, 0, Math.min(4, content.length), StandardCharsets.ISO_8859_1);
    if (head.equals("\u00ff\u00fe\0\0") || head.equals("\0\0\u00fe\u00ff")) {
      return "UTF-32";
    }
    if (head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff")) {
      return "UTF-16";
    }
    return head.startsWith("\u00ef\u00bb\u00bf") || other == null ? "UTF-8" : other;
  }

  private static String utf8Declared(String text) {
    Matcher declaration = DECLARATION.matcher(text);
    if (!declaration.find()) {
      return text;
    }
    String utf8 = DECLARED.matcher(declaration.group()).replaceFirst("$1\"UTF-8\"");
    return utf8 + text.substring(declaration.end());
  }

  private static char unused(String name, String text) {
    for (char c = '\uF000'; c < '\uF8FF'; c++) {
      if (text.indexOf(c) < 0) {
        return c;
      }
    }
    throw new InputException(name + " uses all characters of the private use area");
  }

  /** The beginning of names that occur nowhere in the file. */
  private static String alias(String text) {
    int number = 0;
    while (text.contains("kept" + number + "-")) {
      number++;
    }
    return "kept" + number + "-";
  }

  private String masked(String given) {
    StringBuilder masked = new StringBuilder(given.length());
    Matcher piece = PIECE.matcher(given);
    int at = 0;
    while (piece.find()) {
      masked.append(given, at, piece.start());
      char kind = given.charAt(piece.start() + 1);
      if (kind == '!' || kind == '?') {
        masked.append(piece.group());
      } else {
        masked.append(maskedTag(piece.group()));
      }
      at = piece.end();
    }
    return masked.append(given, at, given.length()).toString();
  }

  private String maskedTag(String tag) {
    return ATTRIBUTE
        .matcher(tag)
        .replaceAll(
            found -> {
              String prefix = found.group(1);
              String value = found.group(3);
              boolean own = prefix.isEmpty() || prefix.equals("xml:") || prefix.equals("xmlns:");
              String hidden = own ? value : hidden(value);
              String label = hidden.equals(value) ? "" : alias;
              return Matcher.quoteReplacement(prefix + label + found.group(2) + hidden);
            });
  }

  /** A value in quotation marks, its {@code #} hidden except at the beginning. */
  private String hidden(String value) {
    int begin = value.startsWith("#", 1) ? 2 : 1;
    String rest = HASH.matcher(value.substring(begin)).replaceAll(String.valueOf(mask));
    return value.substring(0, begin) + rest;
  }

  /**
   * Asks the parser whether the filter could still see a reference; the masking above sees only
   * characters.
   */
  private static void requireLocal(String name, String text) {
    try {
      XMLStreamReader xml = DocumentType.parser(new StringReader(text));
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          for (int i = 0; i < xml.getAttributeCount(); i++) {
            String prefix = String.valueOf(xml.getAttributePrefix(i));
            boolean foreign = !prefix.isEmpty() && !prefix.equals("null") && !prefix.equals("xml");
            if (foreign && xml.getAttributeValue(i).lastIndexOf('#') > 0) {
              throw new InputException(
                  name
                      + ": its attribute "
                      + xml.getAttributeLocalName(i)
                      + " refers to another file, which is never opened; remove it");
            }
          }
        }
      }
      xml.close();
    } catch (XMLStreamException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(name + " can't be read as XML (" + reason + "); save it again", e);
    }
  }

  /** The characters for the filter; an encoding declared in them is UTF-8. */
  String text() {
    return text;
  }

  /** The language of its sources, some kind of French. */
  LocaleId source() {
    return source;
  }

  /** The language of its targets, some kind of English. */
  LocaleId target() {
    return target;
  }

  /** Whether it is version 2. */
  boolean isSecond() {
    return text.contains(SECOND);
  }

  /** The filter's output, with the original references. */
  String restored(String written) {
    return written.replace(alias, "").replace(mask, '#');
  }
}
