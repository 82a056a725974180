package dev.verso.cli;

import dev.verso.engine.ModelCatalogue;
import dev.verso.store.Backup;
import dev.verso.store.Database;
import dev.verso.store.KeyStore;
import dev.verso.text.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands on what the service keeps: {@code verso keys}, {@code backup}, {@code restore}. */
final class StoreCommands {

  private StoreCommands() {}

  /** Which database. */
  static final class Which {
    @Option(
        names = "--database",
        paramLabel = "URL",
        defaultValue = "${env:VERSO_DATABASE_URL}",
        description = "jdbc:h2:… or jdbc:postgresql:…; default: $VERSO_DATABASE_URL or the file.")
    private String url;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        defaultValue = "${env:VERSO_DATABASE_USER}",
        description = "Its user. Default: $VERSO_DATABASE_USER.")
    private String user;

    Database open() throws IOException {
      String password = System.getenv("VERSO_DATABASE_PASSWORD");
      String given = given(url);
      if (given.isEmpty()) {
        Path folder = ModelCatalogue.dataFolder();
        Files.createDirectories(folder);
        given = Database.fileUrl(folder.resolve("service"));
      }
      return Database.open(given, given(user), password == null ? "" : password);
    }

    private static String given(String value) {
      return value == null || value.startsWith("${") ? "" : value;
    }
  }

  /** {@code verso keys}. */
  @Command(
      name = "keys",
      mixinStandardHelpOptions = true,
      description = "Makes, lists and removes the service's API keys.",
      synopsisSubcommandLabel = "COMMAND",
      subcommands = {AddKey.class, ListKeys.class, RemoveKey.class})
  static final class Keys implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "name a command, such as 'keys list'");
    }
  }

  /** {@code verso keys add}. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Makes a key and prints it, this once.")
  static final class AddKey implements Callable<Integer> {
    @Mixin private Which which;

    @Parameters(paramLabel = "NAME", description = "What to call it.")
    private String name;

    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        split = ",",
        description =
            "What it may do: ${COMPLETION-CANDIDATES} repeatable; default: all but admin, and"
                + " admin, too, for the first key.",
        completionCandidates = Scopes.class)
    private List<String> scopes = List.of();

    @Option(
        names = "--quota",
        paramLabel = "N",
        description = "Characters a month. Default: any number.")
    private Long quota;

    @Override
    public Integer call() throws IOException {
      try (Database database = which.open()) {
        KeyStore keys = new KeyStore(database);
        KeyStore.Made made = keys.make(name, keys.scopesOfNext(scopes), Optional.ofNullable(quota));
        System.out.println(made.secret());
        keys.notice().ifPresent(notice -> System.err.println("verso: " + notice));
        return 0;
      }
    }
  }

  /** The scopes there are. */
  static final class Scopes extends TreeSet<String> {
    private static final long serialVersionUID = 1L;

    Scopes() {
      super(KeyStore.SCOPES);
    }
  }

  /** {@code verso keys list}. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin private Which which;

    @Override
    public Integer call() throws IOException {
      try (Database database = which.open()) {
        KeyStore keys = new KeyStore(database);
        for (KeyStore.ApiKey key : keys.list()) {
          System.out.printf(
              Locale.ROOT,
              "%s  %-20s  %d of %s characters this month  %s%n",
              key.id(),
              key.name(),
              keys.used(key.id()),
              key.quota() == null ? "any number" : key.quota().toString(),
              new TreeSet<>(key.scopes()));
        }
        return 0;
      }
    }
  }

  /** {@code verso keys remove}. */
  @Command(name = "remove", mixinStandardHelpOptions = true, description = "Removes a key.")
  static final class RemoveKey implements Callable<Integer> {
    @Mixin private Which which;

    @Parameters(paramLabel = "ID", description = "From 'verso keys list'.")
    private String id;

    @Override
    public Integer call() throws IOException {
      try (Database database = which.open()) {
        if (!new KeyStore(database).remove(id)) {
          throw new InputException("there is no key " + id + ": 'verso keys list' shows them");
        }
        return 0;
      }
    }
  }

  /** {@code verso backup}. */
  @Command(
      name = "backup",
      mixinStandardHelpOptions = true,
      description = {
        "Writes all that the service keeps to a file. A service on a database file must be stopped",
        "first, or asked itself: GET /v1/backup."
      })
  static final class BackupCommand implements Callable<Integer> {
    @Mixin private Which which;

    @Parameters(paramLabel = "FILE", description = "Where to.")
    private Path file;

    @Override
    public Integer call() throws IOException {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, ".verso", ".part");
      try (Database database = which.open()) {
        long rows;
        try (OutputStream out = Files.newOutputStream(partial)) {
          rows = new Backup(database).write(out);
        }
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        System.err.printf("verso: %d rows in %s%n", rows, file);
        return 0;
      } finally {
        Files.deleteIfExists(partial);
      }
    }
  }

  /** {@code verso restore}. */
  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Replaces all that the service keeps by what a backup holds.")
  static final class RestoreCommand implements Callable<Integer> {
    @Mixin private Which which;

    @Parameters(paramLabel = "FILE", description = "Made by 'verso backup'.")
    private Path file;

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(file)) {
        throw new InputException("there is no file " + file);
      }
      try (Database database = which.open();
          InputStream in = Files.newInputStream(file)) {
        long rows = new Backup(database).restore(file.toString(), in);
        System.err.printf("verso: %d rows from %s%n", rows, file);
        return 0;
      }
    }
  }
}
