package dev.verso.engine;

import dev.verso.alignment.ForcedDecodingMargin;
import dev.verso.alignment.TranslationMargin;
import dev.verso.bitext.Bitext;
import dev.verso.model.Manifest;
import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Documents;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Lane;
import dev.verso.translation.MarkedTranslator;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.Translator;
import dev.verso.translation.TranslatorLoad;
import dev.verso.translation.WordLinks;
import dev.verso.wordalign.WordAligner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model opened once, with the translator and the aligners that share its decoder's threads.
 *
 * <p>Thread-safe. Owns the model: close it.
 */
public final class Engine implements AutoCloseable {

  private final TranslationModel model;
  private final Translator translator;
  private final MarkedTranslator marked;

  private Engine(TranslationModel model, Translator translator) {
    this.model = model;
    this.translator = translator;
    this.marked = new MarkedTranslator(translator);
  }

  /**
   * Opens the model in use: the one that 'verso models use' named, or the one that ships with
   * Verso, which is looked for in the folder that the system property {@code verso.home} names.
   *
   * @throws dev.verso.model.ModelException if the model cannot be used
   */
  public static Engine open() {
    return open(ModelCatalogue.standard().directory(Optional.empty()));
  }

  /**
   * Opens a model, a batch decoded on each core.
   *
   * @param directory the model's directory
   * @throws dev.verso.model.ModelException if the model cannot be used
   */
  public static Engine open(Path directory) {
    return open(directory, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model.
   *
   * @param directory the model's directory
   * @param threads batches decoded side by side
   * @throws dev.verso.model.ModelException if the model cannot be used
   */
  public static Engine open(Path directory, int threads) {
    return open(directory, threads, 0, ModelCatalogue.dataFolder());
  }

  /**
   * Opens a model and remembers what it decoded.
   *
   * @param directory the model's directory
   * @param threads batches decoded side by side
   * @param cacheBytes memory, about, for what was decoded before; 0 for none
   * @param data the data folder, where it is remembered that the model's files are sound
   * @throws dev.verso.model.ModelException if the model cannot be used
   */
  public static Engine open(Path directory, int threads, long cacheBytes, Path data) {
    new VerifiedModels(data).require(directory);
    TranslationModel model = TranslationModel.load(directory);
    return new Engine(model, new Translator(model, threads, cacheBytes));
  }

  /** The same engine, its work put into another lane; to close either is to close both. */
  public Engine inLane(Lane lane) {
    return new Engine(model, translator.inLane(lane));
  }

  /** What the model says of itself. */
  public Manifest manifest() {
    return model.manifest();
  }

  /** Translates. */
  public Translator translator() {
    return translator;
  }

  /** Translates texts with inline markup. */
  public MarkedTranslator markedTranslator() {
    return marked;
  }

  /**
   * Translates a text.
   *
   * @param french plain text or HTML
   * @return the text, its translation, and the links between their words
   */
  public Bitext translate(String french) {
    Document document = Documents.read("text", french, ReadOptions.defaults());
    return translator.translate(
        document, TranslationOptions.DEFAULT, Progress.SILENT, Cancellation.NONE);
  }

  /** Links words, with the model's attention if it reports any. */
  public WordAligner wordAligner() {
    return translator.wordAligner();
  }

  /**
   * How much likelier the model finds beads than chance pairs.
   *
   * @param progress told how many pairs are scored
   * @param cancellation ends the scoring
   */
  public TranslationMargin margin(Progress progress, Cancellation cancellation) {
    return new ForcedDecodingMargin(translator.scorer(), progress, cancellation);
  }

  /** How busy the decoder is. */
  public TranslatorLoad load() {
    return translator.load();
  }

  /**
   * Whether the model translates: asks it to.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public boolean answers(Cancellation cancellation) {
    TranslationOptions plainly = TranslationOptions.ofBeam(1).withLinks(WordLinks.NONE);
    return !translator
        .translate(List.of("Oui."), plainly, Progress.SILENT, cancellation)
        .get(0)
        .text()
        .isBlank();
  }

  /** The directory of the model that ships with Verso. */
  public static Path shippedModel() {
    return Path.of(System.getProperty("verso.home", ".")).resolve("models").resolve("fr-en");
  }

  @Override
  public void close() {
    translator.close();
    model.close();
  }
}
