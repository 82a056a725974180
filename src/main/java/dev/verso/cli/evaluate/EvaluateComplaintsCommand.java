package dev.verso.cli.evaluate;

import dev.verso.engine.Engine;
import dev.verso.evaluation.ComplaintEvaluation;
import dev.verso.text.Cancellation;
import dev.verso.text.Documents;
import dev.verso.text.InputException;
import dev.verso.text.ReadOptions;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What users complain of. */
@Command(
    name = "complaints",
    mixinStandardHelpOptions = true,
    description = "How many of the inputs that users complain about come out right.")
final class EvaluateComplaintsCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The set. Default: evaluation/complaints/complaints.tsv.")
  private Path file =
      Path.of(System.getProperty("verso.home", "."), "evaluation/complaints/complaints.tsv");

  @Option(names = "--model", paramLabel = "DIR", description = "A model's folder.")
  private Path model = Engine.shippedModel();

  @Override
  public Integer call() throws IOException {
    List<ComplaintEvaluation.Complaint> complaints;
    try {
      complaints =
          EvaluateCommand.lines(file).stream().map(ComplaintEvaluation.Complaint::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
    try (Engine engine = Engine.open(model)) {
      TranslationOptions options =
          TranslationOptions.DEFAULT.withBoilerplate(true).withLinks(WordLinks.NONE);
      List<String> translations = new ArrayList<>();
      for (ComplaintEvaluation.Complaint complaint : complaints) {
        translations.add(
            engine
                .translator()
                .translate(
                    Documents.read("complaint", complaint.french(), ReadOptions.defaults()),
                    options,
                    Progress.SILENT,
                    Cancellation.NONE)
                .targetText());
      }
      new ComplaintEvaluation(complaints, translations).print(System.out);
    }
    return 0;
  }
}
