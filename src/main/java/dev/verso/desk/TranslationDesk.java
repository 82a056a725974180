package dev.verso.desk;

import dev.verso.alignment.word.CombinedAligner;
import dev.verso.alignment.word.ForcedAttention;
import dev.verso.alignment.word.WordAligner;
import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextBlock;
import dev.verso.bitext.TranslationUnit;
import dev.verso.decoding.Cancellation;
import dev.verso.model.TranslationModel;
import dev.verso.text.Block;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.LanguageIdentification;
import dev.verso.text.LanguageIdentification.Guess;
import dev.verso.text.ReadOptions;
import dev.verso.text.Segment;
import dev.verso.translation.Progress;
import dev.verso.translation.Rendering;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Translates articles with one model: reads them, makes sure they are French, translates.
 *
 * <p>Thread-safe. Owns the model: close it.
 */
public final class TranslationDesk implements AutoCloseable {

  // Another language must be this many times likelier to be a reason to turn an article away.
  private static final double CERTAIN_ODDS = 3;

  private final TranslationModel model;
  private final Translator translator;

  private TranslationDesk(TranslationModel model, int threads) {
    this.model = model;
    this.translator = new Translator(model, threads);
  }

  /**
   * Opens a desk.
   *
   * @param directory the model's directory
   * @param threads batches decoded side by side
   * @throws dev.verso.model.ModelException if the model can't be used
   */
  public static TranslationDesk open(Path directory, int threads) {
    return new TranslationDesk(TranslationModel.load(directory), threads);
  }

  /** The directory of the model that ships with Verso. */
  public static Path shippedModel() {
    return Path.of(System.getProperty("verso.home", ".")).resolve("models").resolve("fr-en");
  }

  /** The model in use. */
  public TranslationModel model() {
    return model;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if there is no such file or it can't be read
   * @throws dev.verso.text.UnreadableInputException if it is no text
   */
  public static Document read(Path file, ReadOptions options) {
    return Documents.read(file.toString(), bytes(file), options);
  }

  /**
   * The bytes of a file.
   *
   * @throws InputException if there is no such file or it can't be read
   */
  public static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw new InputException("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that a document is in the model's source language.
   *
   * @throws InputException if it is surely in another one
   */
  public void requireSourceLanguage(Document document) {
    String text =
        document.blocks().stream()
            .filter(Block::isContent)
            .flatMap(block -> block.segments().stream())
            .map(Segment::text)
            .collect(Collectors.joining(" "));
    Optional<Guess> guess = LanguageIdentification.of(text);
    if (guess.isPresent() && guess.get().oddsAgainst(model.manifest().source()) >= CERTAIN_ODDS) {
      throw new InputException(
          document.name()
              + " looks like "
              + guess.get().displayName()
              + ", and the model translates from French; use --force to translate it all the same");
    }
  }

  /**
   * Translates a document; see {@link Translator#translate(Document, TranslationOptions, Progress,
   * Cancellation)}. Its word links are those of the word aligner, which weighs the model's
   * attention with a lexicon, where the model reports attention.
   */
  public Bitext translate(
      Document document, TranslationOptions options, Progress progress, Cancellation cancellation) {
    Bitext bitext = translator.translate(document, options, progress, cancellation);
    return model.network().attends() ? relinked(bitext, cancellation) : bitext;
  }

  private Bitext relinked(Bitext bitext, Cancellation cancellation) {
    WordAligner aligner = CombinedAligner.shipped().withAttention(new ForcedAttention(model));
    List<BitextBlock> blocks = new ArrayList<>();
    for (BitextBlock block : bitext.blocks()) {
      List<TranslationUnit> units = new ArrayList<>();
      for (TranslationUnit unit : block.units()) {
        cancellation.check();
        units.add(unit.links().isEmpty() ? unit : relinked(unit, aligner));
      }
      blocks.add(new BitextBlock(block.kind(), block.source(), units));
    }
    return new Bitext(bitext.source(), bitext.model(), blocks, bitext.targetText());
  }

  private static TranslationUnit relinked(TranslationUnit unit, WordAligner aligner) {
    List<AlignmentLink> links =
        aligner.align(unit.source().text(), unit.targetText()).stream()
            .map(
                link ->
                    new AlignmentLink(
                        unit.source().toRaw(link.source()),
                        link.target().shift(unit.target().start()),
                        link.strength(),
                        link.probability()))
            .toList();
    return new TranslationUnit(
        unit.source(),
        unit.target(),
        unit.targetText(),
        links,
        unit.score(),
        unit.quality(),
        unit.notes());
  }

  /** Translates lines one by one; an empty line stays empty. */
  public List<Rendering> translateLines(
      List<String> lines,
      TranslationOptions options,
      Progress progress,
      Cancellation cancellation) {
    return translator.translate(lines, options, progress, cancellation);
  }

  /** Reads given translations; see {@link Translator#read}. */
  public List<Rendering> readTranslations(List<String> sources, List<String> targets) {
    return translator.read(sources, targets, Cancellation.NONE);
  }

  @Override
  public void close() {
    translator.close();
    model.close();
  }
}
