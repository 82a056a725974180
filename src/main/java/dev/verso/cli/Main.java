package dev.verso.cli;

import dev.verso.engine.ModelCatalogue;
import dev.verso.file.TemporaryFolder;
import dev.verso.model.Manifest;
import dev.verso.model.ModelException;
import dev.verso.text.InputException;
import dev.verso.text.UnreadableInputException;
import dev.verso.usecase.corpus.ClusterProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of the command line. */
@Command(
    name = "verso",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "French articles into English, every word traceable to the original.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'verso test' builds and runs all checks.",
      "Exit codes: 0 done, 1 failure (partial results are kept), 2 bad usage or unreadable input,"
          + " 3 a quote that check does not find faithful."
    })
public final class Main implements Runnable {

  private static final String LOGGING = "ch.qos.logback.classic.spi.LogbackServiceProvider";
  private static final String SILENCE = "org.slf4j.nop.NOPServiceProvider";

  @Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    // Results are UTF-8 whatever the terminal's locale.
    System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    // Only the service logs; elsewhere libraries have nothing to say to users.
    boolean serves = args.length > 0 && args[0].equals("serve");
    boolean spark = Arrays.asList(args).contains("--spark") && ClusterProcess.isInside();
    if (!spark) { // which logs as it is told to
      System.setProperty("slf4j.provider", serves ? LOGGING : SILENCE);
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
    takeTemporaryFolder();
    System.exit(finished(run(args)));
  }

  /** A result that did not reach its reader is a failure, whatever the command says. */
  private static int finished(int code) {
    if (System.out.checkError() && code == CommandLine.ExitCode.OK) {
      System.err.println("verso: standard output could not be written to: the disk may be full");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return code;
  }

  /** Now rather than when it is needed: what the launcher made is to be removed in any case. */
  private static void takeTemporaryFolder() {
    try {
      TemporaryFolder.ofProcess();
    } catch (UncheckedIOException | LinkageError e) {
      // Whoever needs it says so; the others can do without.
      System.getLogger(Main.class.getName())
          .log(System.Logger.Level.DEBUG, "no temporary folder", e);
    }
  }

  /** Runs a command and returns its exit code. */
  static int run(String... args) {
    try {
      return execute(args);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "verso: not enough memory ("
              + e.getMessage()
              + "); give it more, as in VERSO_OPTS=-Xmx4g, or less to do");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static int execute(String... args) {
    CommandLine line = Commands.line(new Main(), args);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          command.getErr().println("verso: " + message(error));
          if (Boolean.getBoolean("verso.trace")) {
            error.printStackTrace(command.getErr());
          }
          return exitCode(error);
        });
    return line.execute(args);
  }

  private static int exitCode(Exception error) {
    boolean bad = error instanceof InputException || error instanceof UnreadableInputException;
    return bad ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(Exception error) {
    boolean meant =
        error instanceof InputException
            || error instanceof UnreadableInputException
            || error instanceof ModelException;
    return meant
        ? error.getMessage()
        : "failed: " + error + " (VERSO_OPTS=-Dverso.trace=true shows where)";
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command, such as 'verso translate article.txt'");
  }

  /** Reads the version that the build wrote down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      Properties build = new Properties();
      try (InputStream in = Main.class.getResourceAsStream("/verso.properties")) {
        build.load(in);
      }
      return new String[] {
        "verso " + build.getProperty("version") + " (commit " + build.getProperty("commit") + ")",
        "model " + model(),
        "Java "
            + System.getProperty("java.version")
            + ", "
            + System.getProperty("java.vm.name")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
      };
    }

    private static String model() {
      try {
        Manifest manifest = ModelCatalogue.standard().manifest(Optional.empty());
        return manifest.id() + ", " + manifest.license();
      } catch (InputException | ModelException e) {
        return "none: " + e.getMessage();
      }
    }
  }
}
