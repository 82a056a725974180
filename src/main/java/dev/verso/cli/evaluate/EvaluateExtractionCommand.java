package dev.verso.cli.evaluate;

import dev.verso.evaluation.ExtractionEvaluation;
import dev.verso.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The article told from the page around it. */
@Command(
    name = "extraction",
    mixinStandardHelpOptions = true,
    description = "Precision and recall, by sentence, of the article told from its page.")
final class EvaluateExtractionCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description =
          "NAME.html with NAME.txt, or folders of source.html and expected.html"
              + " (default: Verso's own, evaluation/extraction).")
  private Path folder = Path.of(System.getProperty("verso.home", "."), "evaluation", "extraction");

  @Option(
      names = "--peer",
      paramLabel = "DIR",
      description = "Score another program's articles, NAME.html for each page.")
  private Path peer;

  @Option(names = "--details", description = "Print each sentence that is missed or added.")
  private boolean details;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException("there is no folder " + folder);
    }
    ExtractionEvaluation.run(folder, Optional.ofNullable(peer), details, System.out);
    return 0;
  }
}
