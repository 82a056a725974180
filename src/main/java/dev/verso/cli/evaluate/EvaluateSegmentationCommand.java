package dev.verso.cli.evaluate;

import dev.verso.evaluation.SegmentationEvaluation;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sentence boundaries. */
@Command(
    name = "segmentation",
    mixinStandardHelpOptions = true,
    description = "F1 of sentence boundaries: joins a file's sentences and separates them again.")
final class EvaluateSegmentationCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "One sentence a line.")
  private Path file;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      defaultValue = "fr",
      description = "fr (default) or en.")
  private String language;

  @Override
  public Integer call() throws IOException {
    Language rules =
        Language.of(language)
            .orElseThrow(() -> new InputException("--lang " + language + ": known are fr and en"));
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    SegmentationEvaluation.run(file, rules, System.out);
    return 0;
  }
}
