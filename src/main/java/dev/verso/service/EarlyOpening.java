package dev.verso.service;

import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.service.http.Settings;
import dev.verso.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Opens the model and the database beside Spring's start, each in a thread of its own, since they
 * take a third of it and need nothing but the settings. Whoever asks for one waits for it and owns
 * it from then on; what nobody asked for, because the start failed, is closed with this.
 *
 * <p>Thread-safe.
 */
final class EarlyOpening
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {

  private final Opening<Engine> engine = new Opening<>("verso-opens-model");
  private final Opening<Database> database = new Opening<>("verso-opens-database");

  /**
   * Begins, and puts itself among the context's beans.
   *
   * @throws org.springframework.boot.context.properties.bind.BindException if a setting is no good
   */
  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Settings settings = Binder.get(context.getEnvironment()).bindOrCreate("verso", Settings.class);
    engine.begin(() -> open(settings));
    database.begin(() -> connect(settings));
    context.getBeanFactory().registerSingleton("earlyOpening", this);
  }

  private static Engine open(Settings settings) {
    Optional<String> name = Optional.of(settings.model()).filter(model -> !model.isBlank());
    return Engine.open(
        ModelCatalogue.in(settings.dataFolder()).directory(name),
        settings.decoderThreads(),
        settings.cache().toBytes(),
        settings.dataFolder());
  }

  private static Database connect(Settings settings) throws IOException {
    String url = settings.database().url();
    if (url.isBlank()) {
      Path folder = settings.dataFolder();
      Files.createDirectories(folder);
      url = Database.fileUrl(folder.resolve("service"));
    }
    return Database.open(url, settings.database().user(), settings.database().password());
  }

  /**
   * The engine, which the caller closes.
   *
   * @throws dev.verso.model.ModelException if the model cannot be used
   */
  Engine engine() throws Exception {
    return engine.take();
  }

  /**
   * The database, which the caller closes.
   *
   * @throws dev.verso.text.InputException if it cannot be opened
   */
  Database database() throws Exception {
    return database.take();
  }

  /** Closes what was opened and not taken, once it is open. */
  @Override
  public void close() {
    engine.close();
    database.close();
  }

  /** Something being opened. */
  private static final class Opening<T extends AutoCloseable> {

    private final String thread;
    private FutureTask<T> task;
    private boolean taken;

    Opening(String thread) {
      this.thread = thread;
    }

    synchronized void begin(Callable<T> opener) {
      task = new FutureTask<>(opener);
      Thread runs = new Thread(task, thread);
      runs.setDaemon(true);
      runs.start();
    }

    synchronized T take() throws Exception {
      taken = true;
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Exception reason) {
          throw reason;
        }
        throw (Error) e.getCause();
      }
    }

    synchronized void close() {
      if (task == null || taken) {
        return;
      }
      try {
        take().close();
      } catch (Exception e) {
        // It never opened, and the start has failed for another reason, which is the one told.
      }
    }
  }
}
