package dev.verso.file;

import dev.verso.text.InputException;
import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import net.sf.okapi.common.Event;
import net.sf.okapi.common.IResource;
import net.sf.okapi.common.LocaleId;
import net.sf.okapi.common.filters.FilterConfigurationMapper;
import net.sf.okapi.common.filters.IFilter;
import net.sf.okapi.common.filterwriter.IFilterWriter;
import net.sf.okapi.common.resource.Code;
import net.sf.okapi.common.resource.ITextUnit;
import net.sf.okapi.common.resource.RawDocument;
import net.sf.okapi.common.resource.Segment;
import net.sf.okapi.common.resource.TextContainer;
import net.sf.okapi.common.resource.TextFragment;
import net.sf.okapi.filters.html.HtmlFilter;
import net.sf.okapi.filters.markdown.MarkdownFilter;
import net.sf.okapi.filters.markdown.Parameters;
import net.sf.okapi.filters.openoffice.OpenOfficeFilter;
import net.sf.okapi.filters.openxml.OpenXMLFilter;
import net.sf.okapi.filters.xliff.XLIFFFilter;
import net.sf.okapi.filters.xliff2.XLIFF2Filter;

/**
 * Files that Okapi's filters split into texts with inline codes and a skeleton, and put together
 * again. Only ever runs in a {@link ReaderProcess}.
 */
final class OkapiFile {

  /** In the private use area, beyond what Okapi and the translator use of it. */
  private static final char FIRST_STAND_IN = '\uF400';

  private static final int MOST_KEPT = 400;
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");

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
    if (form == Form.XML_PIECE) {
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

    private Opened(
        IFilter filter, LocaleId target, RawDocument document, Path file, XliffText xliff) {
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
            case OFFICE -> new OpenXMLFilter();
            case OPEN_DOCUMENT -> new OpenOfficeFilter();
            case MARKDOWN -> markdown();
            case XML_PIECE -> MarkupFilters.xml(XmlOutline.of(name, text, tags), tags);
            case HTML, HTML_PIECE -> MarkupFilters.html(tags);
            case PDF, XLIFF -> throw new IllegalArgumentException("read in another way: " + form);
          };
      if (form == Form.HTML_PIECE || form == Form.XML_PIECE) {
        String piece = form == Form.XML_PIECE ? XmlOutline.withoutSections(text) : text;
        return new Opened(filter, english, new RawDocument(piece, french, english), null, null);
      }
      Path file = file(content);
      RawDocument document = new RawDocument(file.toUri(), "UTF-8", french, english);
      return new Opened(filter, english, document, file, null);
    }

    private static Path file(byte[] content) {
      try {
        // The process has its own folder, so the file goes with it even if the process is killed.
        return Files.write(Files.createTempFile("file", ".bin"), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
    void read(Consumer<Event> events, Consumer<Part> each) {
      FilterConfigurationMapper mapper = new FilterConfigurationMapper();
      mapper.addConfigurations(HtmlFilter.class.getName());
      filter.setFilterConfigurationMapper(mapper);
      filter.open(document);
      while (filter.hasNext()) {
        Event event = filter.next();
        if (event.isTextUnit()) {
          parts(event.getTextUnit(), target).forEach(each);
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
  private static List<Part> parts(ITextUnit unit, LocaleId target) {
    List<Part> parts = new ArrayList<>();
    if (!unit.isTranslatable() || !unit.getSource().hasText()) {
      return parts;
    }
    TextContainer given = unit.getTarget(target);
    if (given != null && given.hasText()) {
      return parts; // somebody has translated it
    }
    TextContainer container = unit.createTarget(target, true, IResource.COPY_ALL);
    for (Segment segment : container.getSegments()) {
      if (segment.text.hasText()) {
        parts.add(new Part(segment));
      }
    }
    return parts;
  }

  /** A segment's text with its codes as marks. */
  private static final class Part {
    private final Segment segment;
    private final List<Code> codes;
    private final List<Code> closing = new ArrayList<>();

    /** Codes that hold text which is kept, by the character that stands for them. */
    private final Map<Character, Code> kept = new LinkedHashMap<>();

    private final MarkedText marked;

    Part(Segment segment) {
      this.segment = segment;
      TextFragment fragment = segment.text;
      this.codes = new ArrayList<>(fragment.getCodes());
      String coded = fragment.getCodedText();
      StringBuilder text = new StringBuilder();
      List<Mark> marks = new ArrayList<>();
      Deque<Integer> open = new ArrayDeque<>(); // positions in marks
      for (int i = 0; i < coded.length(); i++) {
        if (!TextFragment.isMarker(coded.charAt(i))) {
          text.append(coded.charAt(i));
          continue;
        }
        int index = TextFragment.toIndex(coded.charAt(++i));
        Code code = codes.get(index);
        if (isKept(code) && kept.size() < MOST_KEPT) {
          char character = standIn(coded);
          kept.put(character, code);
          text.append(character);
          continue;
        }
        boolean lineBreak = Code.TYPE_LB.equals(code.getType());
        marks.add(new Mark(lineBreak ? Kind.BREAK : Kind.SINGLE, index, text.length()));
        switch (code.getTagType()) {
          case OPENING -> open.push(marks.size() - 1);
          case CLOSING -> pair(marks, open, code);
          default -> {}
        }
      }
      this.marked = new MarkedText(text.toString(), marks);
    }

    /** Whether there is a text in it, which has a place in the sentence like a name. */
    private static boolean isKept(Code code) {
      return MarkupFilters.KEPT.equals(code.getType())
          && !TAGS.matcher(code.getOuterData()).replaceAll("").isBlank();
    }

    /** A character that stands for nothing else; translation leaves those of its kind alone. */
    private char standIn(String coded) {
      char character = FIRST_STAND_IN;
      while (kept.containsKey(character) || coded.indexOf(character) >= 0) {
        character++;
      }
      return character;
    }

    /** Codes whose partner is elsewhere, or that cross others, stand alone. */
    private void pair(List<Mark> marks, Deque<Integer> open, Code code) {
      if (open.isEmpty() || codes.get(marks.get(open.peek()).id()).getId() != code.getId()) {
        return;
      }
      int from = open.pop();
      int to = marks.size() - 1;
      Mark begin = marks.get(from);
      while (closing.size() <= begin.id()) {
        closing.add(null);
      }
      closing.set(begin.id(), code);
      marks.set(from, new Mark(Kind.OPEN, begin.id(), begin.position()));
      marks.set(to, new Mark(Kind.CLOSE, begin.id(), marks.get(to).position()));
    }

    MarkedText marked() {
      return marked;
    }

    void put(MarkedText translated) {
      TextFragment fragment = new TextFragment();
      Map<Character, Code> left = new LinkedHashMap<>(kept);
      int at = 0;
      for (Mark mark : translated.marks()) {
        append(fragment, translated.text().substring(at, mark.position()), left);
        at = mark.position();
        Code code = mark.kind() == Kind.CLOSE ? closing.get(mark.id()) : codes.get(mark.id());
        fragment.append(code.clone());
      }
      append(fragment, translated.text().substring(at), left);
      left.values().forEach(code -> fragment.append(code.clone()));
      segment.text = fragment;
    }

    private void append(TextFragment fragment, String text, Map<Character, Code> left) {
      int at = 0;
      for (int i = 0; i < text.length(); i++) {
        char character = text.charAt(i);
        if (kept.containsKey(character)) {
          fragment.append(text.substring(at, i));
          at = i + 1;
          Code code = left.remove(character);
          if (code != null) {
            fragment.append(code.clone());
          }
        }
      }
      fragment.append(text.substring(at));
    }
  }
}
