package dev.verso.engine;

import dev.verso.model.Hub;
import dev.verso.model.Manifest;
import dev.verso.model.ModelException;
import dev.verso.model.ModelFiles;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models of this machine: the one that ships and those that were pulled; which one is in use.
 *
 * <p>Pulled models live in {@code $VERSO_DATA/models} (by default {@code
 * ~/.local/share/verso/models}), one folder each; the file {@code in-use} there names the one that
 * is used.
 */
public final class ModelCatalogue {

  /** The name of the model that ships with Verso. */
  public static final String SHIPPED = "fr-en";

  private static final String IN_USE = "in-use";
  private static final String SMOKE_TEST = "Le ministre a parlé lundi à Paris.";

  private final Path store;

  /**
   * @param store the folder of pulled models; need not exist
   */
  public ModelCatalogue(Path store) {
    this.store = store;
  }

  /** The catalogue of the user's own folder. */
  public static ModelCatalogue standard() {
    return in(dataFolder());
  }

  /**
   * The catalogue of a data folder.
   *
   * @param data such as {@link #dataFolder()}; pulled models are in its folder {@code models}
   */
  public static ModelCatalogue in(Path data) {
    return new ModelCatalogue(data.resolve("models"));
  }

  /** Where Verso keeps what is the user's own: {@code $VERSO_DATA}, or its usual place. */
  public static Path dataFolder() {
    String data = System.getenv("VERSO_DATA");
    return data == null || data.isBlank()
        ? Path.of(System.getProperty("user.home"), ".local", "share", "verso")
        : Path.of(data);
  }

  /**
   * A model of this machine.
   *
   * @param name what {@code use} and {@code --model} take
   * @param directory its folder
   * @param manifest what it says of itself
   * @param bytes size of its files
   * @param inUse whether it is the one that translates
   */
  public record Entry(String name, Path directory, Manifest manifest, long bytes, boolean inUse) {}

  /** All models, the shipped one first. */
  public List<Entry> list() throws IOException {
    String used = inUse();
    List<Entry> entries = new ArrayList<>();
    Path shipped = Engine.shippedModel();
    if (Files.isDirectory(shipped)) {
      entries.add(entry(SHIPPED, shipped, used));
    }
    if (Files.isDirectory(store)) {
      try (Stream<Path> folders = Files.list(store)) {
        for (Path folder : folders.filter(ModelFiles::isComplete).sorted().toList()) {
          entries.add(entry(nameOf(folder), folder, used));
        }
      }
    }
    return entries;
  }

  private static Entry entry(String name, Path folder, String used) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return new Entry(name, folder, ModelFiles.manifest(folder), bytes, name.equals(used));
  }

  private static String nameOf(Path folder) {
    return folder.getFileName().toString().replaceFirst("--", "/");
  }

  private Path folderOf(String name) {
    return store.resolve(name.replaceFirst("/", "--"));
  }

  private String inUse() throws IOException {
    Path file = store.resolve(IN_USE);
    return Files.exists(file) ? Files.readString(file).strip() : SHIPPED;
  }

  /**
   * The folder of a model by its name, by its path, or of the one in use.
   *
   * @throws InputException if there is none of that name
   */
  public Path directory(Optional<String> name) {
    try {
      String wanted = name.isPresent() ? name.get() : inUse();
      if (wanted.equals(SHIPPED)) {
        return Engine.shippedModel();
      }
      if (wanted.matches("[\\w.-]+/[\\w.-]+") && Files.isDirectory(folderOf(wanted))) {
        return folderOf(wanted);
      }
      if (Files.isDirectory(Path.of(wanted))) {
        return Path.of(wanted);
      }
      throw new InputException(
          "there is no model "
              + wanted
              + ": 'verso models list' shows those there are, 'verso models pull' fetches others");
    } catch (IOException e) {
      throw new InputException("can't read " + store.resolve(IN_USE) + ": " + e.getMessage(), e);
    }
  }

  /**
   * What a model says of itself, by its name, by its path, or the one in use.
   *
   * @throws InputException if there is none of that name
   * @throws dev.verso.model.ModelException if it can't be read
   */
  public Manifest manifest(Optional<String> name) {
    return ModelFiles.manifest(directory(name));
  }

  /**
   * Makes a model the one that translates.
   *
   * @throws InputException if there is none of that name
   */
  public void use(String name) throws IOException {
    directory(Optional.of(name));
    Files.createDirectories(store);
    Files.writeString(store.resolve(IN_USE), name + "\n");
  }

  /**
   * Fetches a model from a hub.
   *
   * @param transfer is told how far it is; what it throws ends the transfer
   * @return its folder
   * @throws ModelException if that fails; what came is kept for the next try
   */
  public Path pull(
      String repository, String revision, Hub.Precision precision, Hub hub, Hub.Transfer transfer) {
    Path folder = folderOf(repository);
    hub.pull(repository, revision, precision, folder, transfer);
    return folder;
  }

  /**
   * Checks a model: hashes, then layout and tokenizers by loading it, then a translation.
   *
   * @return what was found, a line each, all of it good
   * @throws ModelException at the first thing that is wrong
   */
  public static List<String> verify(Path directory) {
    List<String> report = new ArrayList<>(ModelFiles.verify(directory));
    try (Engine engine = Engine.open(directory, 1)) {
      Manifest manifest = engine.manifest();
      report.add(manifest.layout() + " layout, " + manifest.id() + ": loads");
      SegmentTranslation translation =
          engine
              .translator()
              .translate(
                  List.of(SMOKE_TEST),
                  TranslationOptions.DEFAULT,
                  Progress.SILENT,
                  Cancellation.NONE)
              .get(0);
      if (translation.text().isBlank()) {
        throw new ModelException("the model in " + directory + " translates a sentence to nothing");
      }
      report.add(SMOKE_TEST + " → " + translation.text());
      report.add(
          translation.links().isEmpty()
              ? "no word links: the export lacks attention"
              : "word links");
    }
    return report;
  }
}
