package dev.verso.cli;

import dev.verso.cli.evaluate.EvaluateCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name. One that is named is made alone: to describe all of them takes a second of
 * a cold start. Stateless.
 */
final class Commands {

  private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("translate", TranslateCommand::new);
    ALL.put("align", AlignCommand::new);
    ALL.put("corpus", CorpusCommand::new);
    ALL.put("quotes", QuotesCommand::new);
    ALL.put("trace", TraceCommand::new);
    ALL.put("check", CheckCommand::new);
    ALL.put("models", ModelsCommand::new);
    ALL.put("evaluate", EvaluateCommand::new);
    ALL.put("serve", ServeCommand::new);
    ALL.put("keys", StoreCommands.Keys::new);
    ALL.put("backup", StoreCommands.BackupCommand::new);
    ALL.put("restore", StoreCommands.RestoreCommand::new);
    ALL.put("completion", ShellCommands.Completion::new);
    ALL.put("man", ShellCommands.Man::new);
    ALL.put("help", CommandLine.HelpCommand::new);
  }

  private Commands() {}

  /** A command line with all commands. */
  static CommandLine all(Object main) {
    return line(main);
  }

  /** A command line with what the arguments need: the command they name, or all of them. */
  static CommandLine line(Object main, String... args) {
    CommandLine line = new CommandLine(main);
    Supplier<Object> named = args.length == 0 ? null : ALL.get(args[0]);
    if (named == null || args[0].equals("help")) {
      ALL.forEach((name, command) -> line.addSubcommand(name, command.get()));
    } else {
      line.addSubcommand(args[0], named.get());
    }
    return line;
  }
}
