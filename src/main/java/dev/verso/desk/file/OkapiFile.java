package dev.verso.desk.file;

import dev.verso.desk.InputException;
import dev.verso.translation.MarkedText;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
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
import net.sf.okapi.filters.xmlstream.XmlStreamFilter;

/**
 * A file that an Okapi filter takes apart into texts with inline codes and a skeleton, and puts
 * together again.
 */
final class OkapiFile {

  private static final Pattern LANGUAGE =
      Pattern.compile(
          "\\b(source-language|target-language|srcLang|trgLang)\\s*=\\s*[\"']([^\"']*)[\"']");

  private OkapiFile() {}

  /**
   * @throws InputException if the filter can't read the file
   */
  static byte[] translate(FileKind kind, String name, byte[] content, UnitTranslation translation) {
    LocaleId source = LocaleId.FRENCH;
    LocaleId target = LocaleId.ENGLISH;
    if (kind == FileKind.XLIFF) {
      String head = new String(content, StandardCharsets.UTF_8);
      if (head.contains("<!DOCTYPE") || head.contains("<!ENTITY")) {
        throw new InputException(
            name + " declares a document type or entities; remove the declaration");
      }
      Matcher language = LANGUAGE.matcher(head);
      while (language.find()) {
        String attribute = language.group(1);
        boolean isSource = attribute.startsWith("s");
        String expected = isSource ? "fr" : "en";
        if (!language.group(2).toLowerCase(Locale.ROOT).startsWith(expected)) {
          throw new InputException(
              name + " says " + language.group() + ": French (fr) into English (en) is translated");
        }
        LocaleId locale = LocaleId.fromString(language.group(2));
        source = isSource ? locale : source;
        target = isSource ? target : locale;
      }
    }
    Path file = null;
    try {
      file = Files.createTempFile("verso", "." + kind.extension());
      Files.write(file, content);
      Path path = file;
      LocaleId from = source;
      LocaleId to = target;
      return run(
          () -> filter(kind, content),
          () -> new RawDocument(path.toUri(), "UTF-8", from, to),
          to,
          name,
          translation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  /** HTML, or XML if {@code kind} is null. */
  static String translateFragment(FileKind kind, String markup, UnitTranslation translation) {
    byte[] result =
        run(
            () -> kind == FileKind.HTML ? new HtmlFilter() : new XmlStreamFilter(),
            () -> new RawDocument(markup, LocaleId.FRENCH, LocaleId.ENGLISH),
            LocaleId.ENGLISH,
            "the text",
            translation);
    return new String(result, StandardCharsets.UTF_8);
  }

  private static IFilter filter(FileKind kind, byte[] content) {
    return switch (kind) {
      case DOCX, PPTX, XLSX -> new OpenXMLFilter();
      case ODT -> new OpenOfficeFilter();
      case MARKDOWN -> markdown();
      case XLIFF ->
          new String(content, StandardCharsets.UTF_8)
                  .contains("urn:oasis:names:tc:xliff:document:2")
              ? new XLIFF2Filter()
              : new XLIFFFilter();
      default -> new HtmlFilter();
    };
  }

  private static IFilter markdown() {
    MarkdownFilter filter = new MarkdownFilter();
    Parameters parameters = filter.getParameters();
    parameters.setTranslateFencedCodeBlocks(false);
    parameters.setTranslateIndentedCodeBlocks(false);
    parameters.setTranslateInlineCodeBlocks(false);
    return filter;
  }

  /**
   * Reads the file twice, first for its texts, then to write it with their translations: some
   * filters let go of their file at its end, before what they gave out could be written.
   */
  private static byte[] run(
      Supplier<IFilter> filters,
      Supplier<RawDocument> documents,
      LocaleId target,
      String name,
      UnitTranslation translation) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      List<MarkedText> texts = new ArrayList<>();
      read(filters.get(), documents.get(), target, event -> {}, part -> texts.add(part.marked()));
      Iterator<MarkedText> translated = translation.translate(texts).iterator();
      IFilter filter = filters.get();
      try (IFilterWriter writer = filter.createFilterWriter()) {
        writer.setOptions(target, "UTF-8");
        writer.setOutput(out);
        read(
            filter,
            documents.get(),
            target,
            writer::handleEvent,
            part -> part.put(translated.next()));
      }
    } catch (InputException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InputException(
          name + " can't be read as what it seems to be (" + e.getMessage() + "); save it anew", e);
    }
    return out.toByteArray();
  }

  @SuppressWarnings("deprecation") // Markdown finds its HTML filter through no other mapper
  private static void read(
      IFilter filter,
      RawDocument document,
      LocaleId target,
      Consumer<Event> events,
      Consumer<Part> parts) {
    FilterConfigurationMapper mapper = new FilterConfigurationMapper();
    mapper.addConfigurations(HtmlFilter.class.getName());
    filter.setFilterConfigurationMapper(mapper);
    try (document;
        filter) {
      filter.open(document);
      while (filter.hasNext()) {
        Event event = filter.next();
        if (event.isTextUnit()) {
          parts(event.getTextUnit(), target).forEach(parts);
        }
        events.accept(event);
      }
    }
  }

  /** The segments of a unit that want a translation. */
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
    private final MarkedText marked;

    Part(Segment segment) {
      this.segment = segment;
      TextFragment fragment = segment.text;
      this.codes = new ArrayList<>(fragment.getCodes());
      String coded = fragment.getCodedText();
      StringBuilder text = new StringBuilder();
      List<Mark> marks = new ArrayList<>();
      Deque<Integer> open = new ArrayDeque<>(); // places in marks
      for (int i = 0; i < coded.length(); i++) {
        if (!TextFragment.isMarker(coded.charAt(i))) {
          text.append(coded.charAt(i));
          continue;
        }
        int index = TextFragment.toIndex(coded.charAt(++i));
        Code code = codes.get(index);
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

    /** Codes whose partner is elsewhere, or that cross others, stand by themselves. */
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
      int at = 0;
      for (Mark mark : translated.marks()) {
        fragment.append(translated.text().substring(at, mark.position()));
        at = mark.position();
        Code code = mark.kind() == Kind.CLOSE ? closing.get(mark.id()) : codes.get(mark.id());
        fragment.append(code.clone());
      }
      fragment.append(translated.text().substring(at));
      segment.text = fragment;
    }
  }
}
