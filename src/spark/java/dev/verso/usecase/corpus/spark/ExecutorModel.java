package dev.verso.usecase.corpus.spark;

import dev.verso.corpus.filter.FixedMargin;
import dev.verso.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkFiles;

/**
 * The model of this process, opened by the first task that needs it, shared by all its tasks and
 * closed with the process.
 */
final class ExecutorModel {

  private static Engine engine;
  private static String folder;

  private ExecutorModel() {}

  /** What asks the model how likely given translations are. */
  static FixedMargin margin(String directory) {
    return new FixedMargin(engine(directory).translator().scorer());
  }

  /**
   * The model, opened.
   *
   * @param directory where it is on the driver's machine; where there is no such folder here, its
   *     files were sent along
   */
  static synchronized Engine engine(String directory) {
    if (engine == null) {
      Path here = Path.of(directory);
      engine = Engine.open(Files.isDirectory(here) ? here : Path.of(SparkFiles.getRootDirectory()));
      folder = directory;
      Runtime.getRuntime().addShutdownHook(new Thread(ExecutorModel::close));
    }
    if (!folder.equals(directory)) {
      throw new IllegalStateException("this process has opened " + folder + ", not " + directory);
    }
    return engine;
  }

  private static synchronized void close() {
    engine.close();
  }
}
