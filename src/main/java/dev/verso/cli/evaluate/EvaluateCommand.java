package dev.verso.cli.evaluate;

import dev.verso.text.InputException;
import dev.verso.text.LineFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verso evaluate}: measures, one subcommand for each kind of gold. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures Verso against references and gold files; see evaluation/README.md.",
    synopsisSubcommandLabel = "KIND",
    subcommands = {
      EvaluateMtCommand.class,
      EvaluateWordsCommand.class,
      EvaluateSegmentationCommand.class,
      EvaluateExtractionCommand.class,
      EvaluateFuzzCommand.class,
      EvaluateQualityCommand.class,
      EvaluateQuotesCommand.class,
      EvaluateCheckCommand.class,
      EvaluateBeadsCommand.class,
      EvaluateComplaintsCommand.class,
      EvaluateServiceCommand.class,
      EvaluateMarkupCommand.class,
      EvaluateTermsCommand.class,
      EvaluateCorpusCommand.class
    })
public final class EvaluateCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to evaluate, such as 'verso evaluate mt SOURCE REFERENCE'");
  }

  /**
   * The lines of a file.
   *
   * @throws InputException if it is missing
   */
  static List<String> lines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    return LineFile.read(file);
  }
}
