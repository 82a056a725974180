package dev.verso.cli.evaluate;

import dev.verso.engine.Engine;
import dev.verso.evaluation.FuzzTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verso evaluate fuzz}. */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    description = {
      "Throws every block of Unicode, every HTML element, endless signs and changed articles at",
      "translate, align, quotes, trace and check; exit code 1 if one of them fails."
    })
final class EvaluateFuzzCommand implements Callable<Integer> {

  /** Processor time that nothing under 100 kB may take. */
  private static final double MOST_SECONDS = 10;

  @Option(names = "--minutes", defaultValue = "10", description = "Default: 10.")
  private double minutes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The same seed gives the same texts. Default: 1.")
  private long seed;

  @Option(
      names = "--length",
      defaultValue = "20000",
      description = "Characters of a repeated sign. Default: 20000.")
  private int length;

  @Override
  public Integer call() throws IOException {
    List<String> articles = new ArrayList<>();
    Path folder = Path.of(System.getProperty("verso.home", "."), "evaluation", "articles");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        articles.add(Files.readString(file));
      }
    }
    Duration time = Duration.ofMillis((long) (minutes * 60_000));
    FuzzTrial.Outcome outcome;
    try (Engine engine = Engine.open(Engine.shippedModel())) {
      outcome = FuzzTrial.run(engine, seed, time, length, articles);
    }
    outcome
        .failures()
        .forEach(
            failure ->
                System.out.println(
                    "FAIL "
                        + failure.step()
                        + ": "
                        + failure.error()
                        + "\n     "
                        + failure.input()));
    System.out.printf(
        Locale.ROOT,
        "%d steps, %d failed; the dearest took %.1f s of its thread's processor time: %s%n",
        outcome.steps(),
        outcome.failures().size(),
        outcome.seconds(),
        outcome.slowest());
    return outcome.failures().isEmpty() && outcome.seconds() < MOST_SECONDS ? 0 : 1;
  }
}
