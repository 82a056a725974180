package dev.verso.cli.evaluate;

import dev.verso.cli.terminal.ProgressLine;
import dev.verso.engine.Engine;
import dev.verso.evaluation.Bootstrap;
import dev.verso.evaluation.MtEvaluation;
import dev.verso.evaluation.MtEvaluation.Lines;
import dev.verso.evaluation.MtReport;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Translation quality. */
@Command(
    name = "mt",
    mixinStandardHelpOptions = true,
    description = "BLEU and chrF (sacreBLEU's) of our translation, beside those of peers.")
final class EvaluateMtCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "SOURCE", description = "French, one segment a line.")
  private Path source;

  @Parameters(index = "1", paramLabel = "REFERENCE", description = "English, line by line.")
  private Path reference;

  @Option(names = "--peer", paramLabel = "FILE", description = "A peer's output; repeatable.")
  private List<Path> peers = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model's folder; repeatable. Default: the model that ships with Verso.")
  private List<Path> models = List.of(Engine.shippedModel());

  @Option(
      names = "--beam",
      paramLabel = "N",
      defaultValue = "4",
      description = "Beam of our translation. Default: 4.")
  private int beam;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--output", paramLabel = "FILE", description = "Keep our translation.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Lines sources = new Lines(source.toString(), EvaluateCommand.lines(source));
    Lines references = new Lines(reference.toString(), EvaluateCommand.lines(reference));
    List<Lines> systems = new ArrayList<>();
    try {
      MtEvaluation evaluation = new MtEvaluation(sources, references, Bootstrap.DEFAULT);
      for (Path peer : peers) {
        systems.add(new Lines(peer.getFileName().toString(), EvaluateCommand.lines(peer)));
      }
      int ours = 0;
      for (Path model : models) {
        systems.add(ours++, translate(model, sources.lines()));
      }
      MtReport report = evaluation.run(systems);
      if (json) {
        System.out.println(report.toJson());
      } else {
        report.print(System.out);
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
    return 0;
  }

  private Lines translate(Path model, List<String> lines) throws IOException {
    TranslationOptions options = TranslationOptions.ofBeam(beam).withLinks(WordLinks.NONE);
    try (Engine engine = Engine.open(model);
        ProgressLine progress = new ProgressLine("translating")) {
      List<String> translated =
          engine.translator().translate(lines, options, progress, Cancellation.NONE).stream()
              .map(SegmentTranslation::text)
              .toList();
      if (output != null) {
        Files.write(output, translated);
      }
      return new Lines(engine.manifest().id() + " beam " + beam, translated);
    }
  }
}
