package dev.verso.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's help as a page of the manual, in {@code man}'s macros. Stateless. */
final class ManPage {

  private ManPage() {}

  /** The page. */
  static String of(CommandSpec command) {
    CommandLine.Help help =
        new CommandLine.Help(
            command, CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    String name = command.qualifiedName("-");
    StringBuilder page = new StringBuilder();
    page.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1 \"\" Verso\n");
    page.append(".SH NAME\n").append(escaped(name)).append(" \\- ");
    page.append(escaped(first(command))).append("\n.SH SYNOPSIS\n");
    page.append(escaped(help.synopsis(0).strip().replaceAll("\\s+", " "))).append('\n');
    page.append(".SH DESCRIPTION\n");
    lines(page, command.usageMessage().description());
    page.append(".SH OPTIONS\n");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      entry(page, parameter.paramLabel(), parameter);
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        entry(page, String.join(", ", option.names()) + label, option);
      }
    }
    if (!command.subcommands().isEmpty()) {
      page.append(".SH COMMANDS\n");
      command
          .subcommands()
          .forEach(
              (sub, line) -> {
                page.append(".TP\n.B ").append(escaped(sub)).append('\n');
                page.append(escaped(first(line.getCommandSpec()))).append('\n');
              });
    }
    page.append(
        ".SH \"EXIT STATUS\"\n0 done, 1 failure (partial results are kept), 2 bad usage or");
    page.append(
        " unreadable input, 3 a quote that is not faithful or an excerpt that is not found.\n");
    return page.toString();
  }

  private static String first(CommandSpec command) {
    String[] description = command.usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }

  private static void entry(StringBuilder page, String label, ArgSpec argument) {
    page.append(".TP\n.B ").append(escaped(label)).append('\n');
    lines(page, argument.description());
  }

  private static void lines(StringBuilder page, String[] lines) {
    for (String line : List.of(lines)) {
      page.append(line.isBlank() ? ".PP" : escaped(line)).append('\n');
    }
  }

  /** A line that begins with a dot or an apostrophe would be a macro. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
