package dev.verso.file;

import dev.verso.text.InputException;
import dev.verso.translation.MarkedText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import net.sf.okapi.common.Event;
import net.sf.okapi.common.IParameters;
import net.sf.okapi.common.IResource;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.FilterConfigurationMapper;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.common.filterwriter.IFilterWriter;
import net.sf.okapi.common.resource.ITextUnit;
import net.sf.okapi.common.resource.RawDocument;
import net.sf.okapi.common.resource.Segment;
import net.sf.okapi.common.resource.TextContainer;
import net.sf.okapi.filters.html.HtmlFilter;
import net.sf.okapi.filters.json.JSONFilter;
import net.sf.okapi.filters.markdown.MarkdownFilter;
import net.sf.okapi.filters.markdown.Parameters;
import net.sf.okapi.filters.openoffice.OpenOfficeFilter;
import net.sf.okapi.filters.openxml.ConditionalParameters;
import net.sf.okapi.filters.openxml.OpenXMLFilter;
import net.sf.okapi.filters.po.POFilter;
import net.sf.okapi.filters.properties.PropertiesFilter;
import net.sf.okapi.filters.xliff.XLIFFFilter;
import net.sf.okapi.filters.xliff2.XLIFF2Filter;
import net.sf.okapi.filters.xmlstream.XmlStreamFilter;
import net.sf.okapi.filters.yaml.YamlFilter;

/**
 * Files that Okapi's filters split into texts with inline codes and a skeleton, and put together
 * again. Only ever runs in a {@link ReaderProcess}.
 */
final class OkapiFile {

  /** A rule for blocks in Okapi's HTML filter, in its own language. */
  private static final String NOT_TRANSLATED =
      "  '.*?':\n    ruleTypes: [EXCLUDE]\n"
          + "    conditions: [class, MATCHES, '(?:.*\\s)?notranslate(?:\\s.*)?']\n";

  /** Rules for Okapi's XML filter, in its own language. */
  private static final String ANDROID_RULES =
      """
      assumeWellformed: true
      preserve_whitespace: true
      attributes:
        xml:lang:
          ruleTypes: [ATTRIBUTE_WRITABLE]
      elements:
        resources:
          ruleTypes: [EXCLUDE]
        string:
          ruleTypes: [INCLUDE, TEXTUNIT]
        item:
          ruleTypes: [INCLUDE, TEXTUNIT]
        'string.*':
          ruleTypes: [EXCLUDE]
          conditions: [translatable, EQUALS, 'false']
        'xliff:g':
          ruleTypes: [INLINE_EXCLUDED]
      """;

  private OkapiFile() {}

  /**
   * The texts of a file.
   *
   * @param name what the user calls it
   * @throws InputException if it is unsafe, can't be read, or contains more than the limits allow
   */
  static List<MarkedText> texts(Form form, String name, byte[] content, FileLimits limits) {
    if (form.isArchive()) {
      Archive.of(name, content).check();
    }
    if (form.isXml()) {
      DocumentType.refuse(name, () -> new ByteArrayInputStream(content));
    }
    Allowance allowance = new Allowance(name, limits);
    List<MarkedText> texts = new ArrayList<>();
    try (Opened opened = Opened.of(form, name, content)) {
      opened.read(
          event -> {},
          part -> {
            if (allowance.has(part.marked().text().length())) {
              texts.add(part.marked());
            }
          });
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable(name, e);
    }
    allowance.check();
    return texts;
  }

  /**
   * The file with translations in place of its texts. It is read again for that: some filters
   * release their file at its end, before their output could be written.
   *
   * @param translations one for each of its texts, in the same order
   * @throws InputException if it can't be read
   */
  static byte[] merged(Form form, String name, byte[] content, List<MarkedText> translations) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Iterator<MarkedText> next = translations.iterator();
    try (Opened opened = Opened.of(form, name, content)) {
      try (IFilterWriter writer = opened.filter.createFilterWriter()) {
        writer.setOptions(opened.target, "UTF-8");
        writer.setOutput(out);
        opened.read(writer::handleEvent, part -> part.put(next.next()));
      }
      return opened.finished(out.toByteArray());
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable(name, e);
    }
  }

  private static InputException unreadable(String name, RuntimeException e) {
    return new InputException(
        name + " can't be read as what it seems to be (" + e.getMessage() + "); save it again", e);
  }

  /** A file with its filter. */
  private static final class Opened implements AutoCloseable {
    final IFilter filter;
    final LocaleId target;
    private final RawDocument document;
    private final Path file;
    private final XliffText xliff;
    private final Form form;

    private Opened(
        Form form,
        IFilter filter,
        LocaleId target,
        RawDocument document,
        Path file,
        XliffText xliff) {
      this.form = form;
      this.filter = filter;
      this.target = target;
      this.document = document;
      this.file = file;
      this.xliff = xliff;
    }

    static Opened of(Form form, String name, byte[] content) {
      LocaleId french = LocaleId.FRENCH;
      LocaleId english = LocaleId.ENGLISH;
      if (form == Form.XLIFF) {
        XliffText xliff = XliffText.of(name, content);
        return new Opened(
            form,
            xliff.isSecond() ? new XLIFF2Filter() : new XLIFFFilter(),
            xliff.target(),
            new RawDocument(
                new ByteArrayInputStream(xliff.text().getBytes(StandardCharsets.UTF_8)),
                "UTF-8",
                xliff.source(),
                xliff.target()),
            null,
            xliff);
      }
      IFilter filter =
          switch (form) {
            case OFFICE -> office();
            case OPEN_DOCUMENT -> new OpenOfficeFilter();
            case MARKDOWN -> markdown();
            case XML_PIECE -> new XmlStreamFilter();
            case ANDROID -> android();
            case PO -> new POFilter();
            case JSON -> json();
            case PROPERTIES -> properties();
            case YAML -> new YamlFilter();
            case HTML, HTML_PIECE -> html();
            case PDF, XLIFF -> throw new IllegalArgumentException("read in another way: " + form);
          };
      if (form == Form.HTML_PIECE || form == Form.XML_PIECE) {
        String piece = new String(content, StandardCharsets.UTF_8);
        return new Opened(form, filter, english, new RawDocument(piece, french, english), null, null);
      }
      Path file = file(content);
      RawDocument document = new RawDocument(file.toUri(), "UTF-8", french, english);
      return new Opened(form, filter, english, document, file, null);
    }

    private static Path file(byte[] content) {
      try {
        // The process has its own folder, so the file goes with it even if the process is killed.
        return Files.write(Files.createTempFile("file", ".bin"), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Okapi's rules with three changes: some elements lack a type, at which its filter breaks off;
     * code stays as it is, and so does what its author exempts by a class.
     */
    private static IFilter html() {
      HtmlFilter filter = new HtmlFilter();
      IParameters rules = filter.getParameters();
      String all = rules.toString();
      for (String element : List.of("audio", "track")) {
        all = all.replaceFirst("(?m)^  " + element + ":", "$0\n    ruleTypes: [INLINE]");
      }
      for (String element : List.of("code", "kbd", "samp", "tt", "var")) {
        all =
            all.replaceFirst(
                "(?m)^(  " + element + ":\\R    ruleTypes: )\\[INLINE]", "$1[INLINE, EXCLUDE]");
      }
      all = all.replaceFirst("(?m)^(  pre:\\R    ruleTypes: )\\[[^]]*]", "$1[EXCLUDE]");
      all = all.replaceFirst("(?m)^  \\.\\*:", Matcher.quoteReplacement(NOT_TRANSLATED) + "$0");
      rules.fromString(all);
      return filter;
    }

    /** Line breaks and tabs are characters, so that they part words. */
    private static IFilter office() {
      OpenXMLFilter filter = new OpenXMLFilter();
      ConditionalParameters parameters = filter.getParameters();
      parameters.setAddTabAsCharacter(true);
      parameters.setAddLineSeparatorCharacter(true);
      parameters.setLineSeparatorReplacement('\n');
      return filter;
    }

    private static IFilter json() {
      JSONFilter filter = new JSONFilter();
      filter.getParameters().setEscapeForwardSlashes(false);
      filter.getParameters().setExtractStandalone(true);
      return filter;
    }

    private static IFilter properties() {
      PropertiesFilter filter = new PropertiesFilter();
      ((net.sf.okapi.filters.properties.Parameters) filter.getParameters())
          .setEscapeExtendedChars(false);
      return filter;
    }

    /** Only what stands in a string or an item is text, unless it is exempted. */
    private static IFilter android() {
      XmlStreamFilter filter = new XmlStreamFilter();
      filter.getParameters().fromString(ANDROID_RULES);
      return filter;
    }

    private static IFilter markdown() {
      MarkdownFilter filter = new MarkdownFilter();
      Parameters parameters = filter.getParameters();
      parameters.setTranslateFencedCodeBlocks(false);
      parameters.setTranslateIndentedCodeBlocks(false);
      parameters.setTranslateInlineCodeBlocks(false);
      return filter;
    }

    @SuppressWarnings("deprecation") // Markdown finds its HTML filter only through this mapper
    void read(Consumer<Event> events, Consumer<OkapiText> each) {
      FilterConfigurationMapper mapper = new FilterConfigurationMapper();
      mapper.addConfigurations(HtmlFilter.class.getName());
      filter.setFilterConfigurationMapper(mapper);
      filter.open(document);
      while (filter.hasNext()) {
        Event event = filter.next();
        if (event.isTextUnit()) {
          parts(form, event.getTextUnit(), target).forEach(each);
        }
        events.accept(event);
      }
    }

    /** The writer's output in its final form. */
    byte[] finished(byte[] written) {
      return xliff == null
          ? written
          : xliff
              .restored(new String(written, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      filter.close();
      document.close();
      if (file != null) {
        TemporaryFolder.delete(file);
      }
    }
  }

  /** The segments of a unit that need a translation. */
  private static List<OkapiText> parts(Form form, ITextUnit unit, LocaleId target) {
    List<OkapiText> parts = new ArrayList<>();
    if (!unit.isTranslatable() || !unit.getSource().hasText()) {
      return parts;
    }
    // A new target lacks the properties of the one that is there, such as that it is fuzzy.
    boolean begun = unit.getTarget(target) != null && unit.getTarget(target).hasText();
    TextContainer container = unit.createTarget(target, !begun, IResource.COPY_ALL);
    for (Segment segment : container.getSegments()) {
      if (begun) {
        Segment source = unit.getSource().getSegments().get(segment.id);
        if (segment.text.hasText() || source == null) {
          continue; // somebody has translated it
        }
        segment.text = source.text.clone();
      }
      if (segment.text.hasText()
          && (!form.holdsMessages() || OkapiText.isMessage(segment.text))) {
        parts.add(new OkapiText(segment, form));
      }
    }
    return parts;
  }
}
