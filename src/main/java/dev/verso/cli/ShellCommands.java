package dev.verso.cli;

import dev.verso.cli.terminal.ResultFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a shell and {@code man} need to know of the command line. */
final class ShellCommands {

  private ShellCommands() {}

  /** {@code verso completion}. */
  @Command(
      name = "completion",
      mixinStandardHelpOptions = true,
      description = {
        "Prints a script that completes commands and options in bash and zsh:",
        "'source <(verso completion)'."
      })
  static final class Completion implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      Object main = spec.root().userObject();
      System.out.print(AutoComplete.bash("verso", Commands.all(main)));
      return 0;
    }
  }

  /** {@code verso man}. */
  @Command(
      name = "man",
      mixinStandardHelpOptions = true,
      description = "Writes the manual's pages, one for each command, into a folder.")
  static final class Man implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Such as ~/.local/share/man/man1.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
      CommandLine all = Commands.all(spec.root().userObject());
      write(all);
      for (CommandLine command : all.getSubcommands().values()) {
        write(command);
      }
      return 0;
    }

    private void write(CommandLine command) throws IOException {
      String name = command.getCommandSpec().qualifiedName("-");
      String page = ManPage.of(command.getCommandSpec());
      ResultFile.write(folder.resolve(name + ".1"), out -> out.write(page));
    }
  }
}
