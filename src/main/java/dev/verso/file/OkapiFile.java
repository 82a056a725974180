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
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.sf.okapi.common.Event;
import net.sf.okapi.common.IResource;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.FilterConfigurationMapper;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.common.filterwriter.IFilterWriter;
import net.sf.okapi.common.resource.ITextUnit;
import net.sf.okapi.common.resource.Property;
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

  /** Rules for Okapi's XML filter, in its own language. */
  private static final String ANDROID_RULES =
      """
      assumeWellformed: true
      preserve_whitespace: true
      attributes:
        xml:lang:
          ruleTypes: [ATTRIBUTE_WRITABLE]
      elements:
        string:
          ruleTypes: [TEXTUNIT]
        item:
          ruleTypes: [TEXTUNIT]
        '(?:attr|bool|color|declare-styleable|dimen|drawable|id|integer|integer-array|style)':
          ruleTypes: [EXCLUDE]
        '.*':
          ruleTypes: [EXCLUDE]
          conditions: [translatable, EQUALS, 'false']
        'xliff:g':
          ruleTypes: [INLINE_EXCLUDED]
      """;

  /** Entries of gettext's header. */
  private static final Pattern PO_LANGUAGE =
      Pattern.compile("(?m)^(\"Language:\\s*)fr\\w*(?=\\\\n\"$)");

  private static final Pattern PO_PLURALS =
      Pattern.compile("(?m)^(\"Plural-Forms:\\s*)nplurals=2;[^\"\\\\]*(?=\\\\n\"$)");

  private static final String STATE = "state";
  private static final String TRANSLATED = "translated";

  /** States of XLIFF 1.2 and 2 in which a target is not a translation yet. */
  private static final Set<String> OPEN_STATES =
      Set.of("new", "needs-translation", "needs-l10n", "needs-adaptation", "initial");

  private OkapiFile() {}

  /**
   * The texts of a file.
   *
   * @param name what the user calls it
   * @throws InputException if it is unsafe, can't be read, or contains more than the limits allow
   */
  static List<MarkedText> texts(Form form, String name, byte[] content, FileLimits limits) {
    return texts(form, TagRules.NONE, name, content, limits);
  }

  /**
   * The texts of a piece of markup; see {@link #texts(Form, String, byte[], FileLimits)}.
   *
   * @param tags what is said about its tags, if it is a piece of HTML or XML
   */
  static List<MarkedText> texts(
      Form form, TagRules tags, String name, byte[] content, FileLimits limits) {
    if (form.isArchive()) {
      Archive.of(name, content).check();
    }
    if (form.isXml()) {
      DocumentType.refuse(name, () -> new ByteArrayInputStream(content));
    }
    Allowance allowance = new Allowance(name, limits);
    List<MarkedText> texts = new ArrayList<>();
    try (Opened opened = Opened.of(form, tags, name, content)) {
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
    return merged(form, TagRules.NONE, name, content, translations);
  }

  /**
   * A piece of markup with translations in place of its texts; see {@link #merged(Form, String,
   * byte[], List)}.
   *
   * @param tags as when its texts were found
   */
  static byte[] merged(
      Form form, TagRules tags, String name, byte[] content, List<MarkedText> translations) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Iterator<MarkedText> next = translations.iterator();
    try (Opened opened = Opened.of(form, tags, name, content)) {
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

    static Opened of(Form form, TagRules tags, String name, byte[] content) {
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
      String text = new String(content, StandardCharsets.UTF_8);
      IFilter filter =
          switch (form) {
            case OFFICE -> office();
            case OPEN_DOCUMENT -> new OpenOfficeFilter();
            case MARKDOWN -> markdown();
            case ANDROID -> android();
            case PO -> new POFilter();
            case JSON -> json();
            case PROPERTIES -> properties();
            case YAML -> new YamlFilter();
            case XML_PIECE -> MarkupFilters.xml(XmlOutline.of(name, text, tags), tags);
            case HTML, HTML_PIECE -> MarkupFilters.html(tags);
            case PDF, XLIFF -> throw new IllegalArgumentException("read in another way: " + form);
          };
      if (!form.isArchive()) {
        // As characters, or a filter would look for another encoding in them.
        String piece = form == Form.XML_PIECE ? XmlOutline.withoutSections(text) : text;
        return new Opened(
            form, filter, english, new RawDocument(piece, french, english), null, null);
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
      filter.getParameters().setEscapeExtendedChars(false);
      return filter;
    }

    /** Strings and items are text, unless they are exempted or values of another kind. */
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
          parts(event.getTextUnit()).forEach(each);
        }
        events.accept(event);
      }
    }

    /** The writer's output in its final form. */
    byte[] finished(byte[] written) {
      if (xliff == null && form != Form.PO) {
        return written;
      }
      String text = new String(written, StandardCharsets.UTF_8);
      String finished =
          form == Form.PO
              ? PO_PLURALS
                  .matcher(PO_LANGUAGE.matcher(text).replaceFirst("$1en"))
                  .replaceFirst("$1nplurals=2; plural=(n != 1);")
              : xliff.restored(text);
      return finished.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      filter.close();
      document.close();
      if (file != null) {
        TemporaryFolder.delete(file);
      }
    }

    /** The segments of a unit that need a translation. */
    private List<OkapiText> parts(ITextUnit unit) {
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
          if (source == null || isTranslated(form, container, segment, source)) {
            continue;
          }
          segment.text = source.text.clone();
        }
        if (segment.text.hasText()
            && (!form.holdsMessages() || OkapiText.isMessage(segment.text))) {
          parts.add(new OkapiText(segment, form));
          if (form == Form.XLIFF) {
            // XLIFF 2 has the state at each segment, 1.2 at the target as a whole.
            if (xliff.isSecond()) {
              segment.setProperty(new Property(STATE, TRANSLATED));
              // Okapi's writer takes it from the source.
              unit.getSource()
                  .getSegments()
                  .get(segment.id)
                  .setProperty(new Property(STATE, TRANSLATED));
            } else {
              container.setProperty(new Property(STATE, TRANSLATED));
            }
          }
        }
      }
      return parts;
    }

    /** Whether somebody has translated a segment; XLIFF may hold the source until somebody does. */
    private static boolean isTranslated(
        Form form, TextContainer container, Segment segment, Segment source) {
      if (!segment.text.hasText()) {
        return false;
      }
      boolean copied = segment.text.getCodedText().equals(source.text.getCodedText());
      return form != Form.XLIFF
          || !copied
          || !(isOpen(container.getProperty(STATE)) || isOpen(segment.getProperty(STATE)));
    }

    private static boolean isOpen(Property state) {
      return state != null && OPEN_STATES.contains(state.getValue());
    }
  }
}
