package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusSentence;
import dev.verso.file.FileKind;
import dev.verso.file.Form;
import dev.verso.file.ReaderProcesses;
import dev.verso.file.Subtitles;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.InputFormat;
import dev.verso.text.Language;
import dev.verso.text.LanguageIdentification;
import dev.verso.text.PageLinks;
import dev.verso.text.ReadOptions;
import dev.verso.text.Segment;
import dev.verso.text.UnreadableInputException;
import dev.verso.translation.MarkedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads inputs as documents of a corpus: text and pages as everywhere in Verso, other files as the
 * text of their units, a blank line between two.
 *
 * <p>Offsets count from the beginning of the decoded text of text and pages, else of that of the
 * units. Thread-safe.
 */
public final class DocumentIntake {

  /**
   * How much likelier another language must be before a text is not taken for French or English.
   */
  private static final double FOREIGN = 5;

  private final Cancellation cancellation;

  /** An intake that can be called off. */
  public DocumentIntake(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /**
   * What became of an input.
   *
   * @param document what was read, if it can be used
   * @param reason why not, else empty
   */
  public record Outcome(Optional<CorpusDocument> document, String reason) {
    /** Nothing that can be used, for a reason. */
    public static Outcome without(String reason) {
      return new Outcome(Optional.empty(), reason);
    }
  }

  /** Reads an input. */
  public Outcome read(RawDocument raw) {
    try {
      return readable(raw);
    } catch (InputException | UnreadableInputException e) {
      return Outcome.without(e.getMessage());
    }
  }

  private Outcome readable(RawDocument raw) {
    FileKind kind = raw.page() ? FileKind.HTML : FileKind.of(raw.id(), raw.content());
    ReadOptions options = ReadOptions.defaults();
    boolean page = kind == FileKind.HTML;
    options = options.withFormat(page ? InputFormat.HTML : InputFormat.TEXT);
    if (raw.charset().isPresent()) {
      options = options.withEncoding(raw.charset().get());
    }
    String text = page || kind == FileKind.TEXT ? "" : unitText(kind, raw);
    Document document = read(raw, text, options.withLanguage(declared(raw, "")));
    String content = content(document);
    if (content.isBlank()) {
      return Outcome.without("no text");
    }
    Optional<Language> language =
        languageOf(raw, content, document.metadata().getOrDefault("language", ""));
    if (language.isEmpty()) {
      return Outcome.without("neither French nor English, or too short to tell");
    }
    if (language.get() != declared(raw, "")) {
      document = read(raw, text, options.withLanguage(language.get()));
    }
    String url = raw.url().isEmpty() ? document.metadata().getOrDefault("url", "") : raw.url();
    PageLinks links = page ? PageLinks.of(document.text(), url) : PageLinks.NONE;
    return new Outcome(
        Optional.of(
            new CorpusDocument(
                raw.id(),
                url,
                language.get(),
                sha256(raw.content()),
                raw.licence().isEmpty() ? links.licence() : raw.licence(),
                links.alternates(),
                sentences(document))),
        "");
  }

  private Document read(RawDocument raw, String text, ReadOptions options) {
    return text.isEmpty()
        ? Documents.read(raw.id(), raw.content(), options, cancellation)
        : Documents.read(raw.id(), text, options, cancellation);
  }

  private String unitText(FileKind kind, RawDocument raw) {
    List<MarkedText> units = new ArrayList<>();
    if (kind == FileKind.SRT || kind == FileKind.VTT) {
      byte[] decoded =
          Documents.decoded(raw.id(), raw.content(), false).text().getBytes(StandardCharsets.UTF_8);
      Subtitles.translate(
          raw.id(),
          decoded,
          texts -> {
            units.addAll(texts);
            return texts;
          });
    } else {
      units.addAll(
          ReaderProcesses.SHARED.texts(Form.of(kind), raw.id(), raw.content(), cancellation));
    }
    return units.stream()
        .map(unit -> unit.text().replace(MarkedText.LINE, ' ').replace(MarkedText.HARD, '\n'))
        .filter(unit -> !unit.isBlank())
        .collect(Collectors.joining("\n\n"));
  }

  private static Language declared(RawDocument raw, String page) {
    return Language.of(raw.language().isEmpty() ? page : raw.language()).orElse(Language.FRENCH);
  }

  /** By what is written; by what is declared where that is too little to tell. */
  private static Optional<Language> languageOf(RawDocument raw, String content, String page) {
    Optional<LanguageIdentification.Guess> guess = LanguageIdentification.of(content);
    String declared = raw.language().isEmpty() ? page : raw.language();
    if (guess.isEmpty()) {
      return Language.of(declared);
    }
    double french = guess.get().oddsAgainst("fr");
    double english = guess.get().oddsAgainst("en");
    if (Math.min(french, english) > FOREIGN) {
      return Optional.empty();
    }
    return Optional.of(french <= english ? Language.FRENCH : Language.ENGLISH);
  }

  private static String content(Document document) {
    return document.blocks().stream()
        .filter(Block::isContent)
        .flatMap(block -> block.segments().stream())
        .map(Segment::text)
        .collect(Collectors.joining("\n"));
  }

  private static List<CorpusSentence> sentences(Document document) {
    List<CorpusSentence> sentences = new ArrayList<>();
    int paragraph = 0;
    for (Block block : document.blocks()) {
      if (block.isContent()) {
        for (Segment segment : block.segments()) {
          sentences.add(
              new CorpusSentence(
                  segment.span().start(), segment.span().end(), segment.text(), paragraph));
        }
        paragraph++;
      }
    }
    return sentences;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java without SHA-256", e);
    }
  }
}
