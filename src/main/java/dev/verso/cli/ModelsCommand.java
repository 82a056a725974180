package dev.verso.cli;

import dev.verso.cli.terminal.ProgressLine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.model.Hub;
import dev.verso.text.Cancellation;
import dev.verso.usecase.PullModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verso models}: which models there are, and others from a hub. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists, fetches, checks and chooses models.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsCommand.ListModels.class,
      ModelsCommand.Pull.class,
      ModelsCommand.Use.class,
      ModelsCommand.Verify.class
    })
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command, such as 'models list'");
  }

  /** {@code verso models list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The models of this machine; * marks the one in use.")
  static final class ListModels implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      for (ModelCatalogue.Entry entry : ModelCatalogue.standard().list()) {
        System.out.printf(
            Locale.ROOT,
            "%s %-28s %-7s %7.1f MB  %s%n",
            entry.inUse() ? "*" : " ",
            entry.name(),
            entry.manifest().layout(),
            entry.bytes() / 1e6,
            entry.manifest().license());
      }
      return 0;
    }
  }

  /** {@code verso models pull}. */
  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      description = {
        "Fetches a model from a hub in Hugging Face's layout and checks it.",
        "For example: verso models pull Xenova/opus-mt-fr-en --use"
      })
  static final class Pull implements Callable<Integer> {

    @Parameters(paramLabel = "OWNER/NAME", description = "The repository.")
    private String repository;

    @Option(
        names = "--revision",
        defaultValue = "main",
        description = "Branch, tag or commit. Default: main.")
    private String revision;

    @Option(
        names = "--precision",
        defaultValue = "fp32",
        description = "fp32 (default) or int8, a quarter of the size.")
    private Hub.Precision precision;

    @Option(
        names = "--hub",
        paramLabel = "URL",
        defaultValue = "${env:HF_ENDPOINT:-https://huggingface.co}",
        description = "The hub or a mirror. Default: $HF_ENDPOINT or huggingface.co.")
    private URI hub;

    @Option(
        names = "--token",
        defaultValue = "${env:HF_TOKEN}",
        description = "Access token. Default: $HF_TOKEN.")
    private String token;

    @Option(names = "--use", description = "Use the model from now on.")
    private boolean use;

    @Override
    public Integer call() throws IOException {
      PullModel models =
          new PullModel(
              ModelCatalogue.standard(),
              hub,
              Optional.ofNullable(token).filter(given -> !given.startsWith("${")));
      PullModel.Result pulled;
      try (TransferLine line = new TransferLine()) {
        pulled =
            models.pull(
                new PullModel.Request(repository, revision, precision, use),
                line::advanced,
                Cancellation.NONE);
      }
      pulled.report().forEach(System.out::println);
      if (use) {
        System.out.println(repository + " is in use");
      }
      return 0;
    }
  }

  /** {@code verso models use}. */
  @Command(
      name = "use",
      mixinStandardHelpOptions = true,
      description = "Chooses the model that translates; fr-en is the one that ships.")
  static final class Use implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "A name from 'verso models list'.")
    private String name;

    @Override
    public Integer call() throws IOException {
      ModelCatalogue.standard().use(name);
      System.out.println(name + " is in use");
      return 0;
    }
  }

  /** {@code verso models verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Checks hashes, layout, tokenizers and a translation.")
  static final class Verify implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME|DIR", description = "Default: the model in use.")
    private String name;

    @Override
    public Integer call() {
      Path directory = ModelCatalogue.standard().directory(Optional.ofNullable(name));
      ModelCatalogue.verify(directory).forEach(System.out::println);
      return 0;
    }
  }

  /** A progress bar that starts anew with each file. */
  private static final class TransferLine implements AutoCloseable {
    private String file;
    private ProgressLine line;

    void advanced(String current, long done, long total) {
      if (!current.equals(file)) {
        close();
        file = current;
        line = new ProgressLine(current);
      }
      line.advanced(done, Math.max(total, done));
    }

    @Override
    public void close() {
      if (line != null) {
        line.close();
        line = null;
      }
    }
  }
}
