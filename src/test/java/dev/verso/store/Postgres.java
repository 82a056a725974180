package dev.verso.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests' own, started on first use if Debian's package is installed; it ends
 * with the virtual machine.
 */
public final class Postgres {

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static Optional<Integer> port;

  private Postgres() {}

  /** Whether it is installed; tests that need it are skipped where it is not. */
  public static boolean isInstalled() {
    return binaries().isPresent();
  }

  /** The URL of a new, empty database; empty if PostgreSQL is not installed. */
  public static synchronized Optional<String> newDatabase() {
    if (port == null) {
      port = binaries().map(Postgres::start);
    }
    return port.map(
        at -> {
          String name = "verso_" + UUID.randomUUID().toString().replace("-", "");
          try (Connection connection = DriverManager.getConnection(url(at, "postgres"));
              Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return url(at, name);
        });
  }

  private static String url(int port, String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=verso";
  }

  private static Optional<Path> binaries() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int start(Path bin) {
    try {
      Path folder = Files.createTempDirectory("verso-postgres");
      int free;
      try (ServerSocket socket = new ServerSocket(0)) {
        free = socket.getLocalPort();
      }
      Path data = folder.resolve("data");
      // PostgreSQL refuses to run as root.
      boolean root = System.getProperty("user.name").equals("root");
      if (root) {
        run(List.of("chown", "postgres", folder.toString()));
      }
      run(
          as(
              root,
              bin.resolve("initdb").toString(),
              "-D",
              data.toString(),
              "-U",
              "verso",
              "--auth=trust",
              "--encoding=UTF8",
              "--no-sync"));
      Process server =
          new ProcessBuilder(
                  as(
                      root,
                      bin.resolve("postgres").toString(),
                      "-D",
                      data.toString(),
                      "-p",
                      Integer.toString(free),
                      "-h",
                      "127.0.0.1",
                      "-k",
                      folder.toString(),
                      "-c",
                      "fsync=off"))
              .redirectErrorStream(true)
              .redirectOutput(folder.getParent().resolve(folder.getFileName() + ".log").toFile())
              .start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    server.descendants().forEach(ProcessHandle::destroy);
                    server.destroy();
                  }));
      for (int i = 0; i < 200; i++) {
        try (Connection connection = DriverManager.getConnection(url(free, "postgres"))) {
          if (connection.isValid(1)) {
            return free;
          }
        } catch (SQLException e) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
      throw new IllegalStateException("PostgreSQL does not start; see " + folder + ".log");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> as(boolean root, String... command) {
    List<String> all = new ArrayList<>();
    if (root) {
      all.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + " failed");
    }
  }
}
