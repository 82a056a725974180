package dev.verso.cli;

import dev.verso.service.VersoService;
import dev.verso.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verso serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serves all this over HTTP: its own interface under /v1 (see /docs), LibreTranslate's and",
      "DeepL's. Settings: src/docs/configuration.md.",
      ""
    })
final class ServeCommand implements Callable<Integer> {

  private static final long LAST_MILLIS = 1000;

  /** As of a process that SIGTERM ended. */
  private static final int STOPPED = 143;

  @Option(names = "--port", paramLabel = "N", description = "Default: 8080; 0 for any free one.")
  private Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Default: 127.0.0.1, this machine only.")
  private String host;

  @Option(names = "--open", description = "Let other machines in though no API key is defined.")
  private boolean open;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (YAML or properties). Default: verso.yml or verso.properties here.")
  private Path config;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "A model's name or folder. Default: the one in use.")
  private String model;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting, such as verso.limits.characters=10000; repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Start on any free port with nothing kept, and stop; for the launcher.")
  private boolean rehearse;

  @Override
  public Integer call() throws InterruptedException {
    if (rehearse) {
      VersoService.start(Map.of("server.port", "0", "verso.database.url", "jdbc:h2:mem:rehearsal"))
          .close();
      return 0;
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    if (port != null) {
      all.put("server.port", Integer.toString(port));
    }
    if (host != null) {
      all.put("server.address", host);
    }
    if (open) {
      all.put("verso.open", "true");
    }
    if (model != null) {
      all.put("verso.model", model);
    }
    if (config != null) {
      if (!Files.isRegularFile(config)) {
        throw new InputException("there is no file " + config);
      }
      all.put("spring.config.additional-location", config.toAbsolutePath().toUri().toString());
    }
    VersoService service = VersoService.start(all);
    endInTime(service.shutdownTime());
    service
        .setupToken()
        .ifPresent(
            token ->
                System.err.printf(
                    "verso: no API key is defined; until there is one, only 'Authorization: Bearer"
                        + " %s' makes keys and backups%n",
                    token));
    System.err.printf(
        "verso: listening on http://%s:%d/ (the interface: /docs)%n",
        host == null ? "127.0.0.1" : host, service.port());
    service.await();
    return 0;
  }

  /**
   * Sees to it that stopping comes to an end whatever runs: what was accepted is in the database,
   * and documents at work go back in line when their leases end.
   */
  private static void endInTime(Duration longest) {
    Thread hook =
        new Thread(
            () -> {
              Thread watch = new Thread(() -> halt(longest), "verso-shutdown-watch");
              watch.setDaemon(true);
              watch.start();
            },
            "verso-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void halt(Duration longest) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(0, longest.toMillis() - LAST_MILLIS));
      System.err.println("verso: work that did not stop was cut off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STOPPED);
  }
}
