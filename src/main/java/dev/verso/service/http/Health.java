package dev.verso.service.http;

import dev.verso.engine.Engine;
import dev.verso.store.Database;
import dev.verso.text.Cancellation;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Whether model and database answer. What was found is good for a few seconds. */
@Component
public final class Health {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Engine engine;
  private final Database database;
  private Map<String, String> last = Map.of();
  private long when;

  public Health(Engine engine, Database database) {
    this.engine = engine;
    this.database = database;
  }

  /** {@code status} is {@code ok} if both are. */
  public synchronized Map<String, String> check() {
    if (last.isEmpty() || System.nanoTime() - when > FRESH_NANOS) {
      String model = answer() ? "ok" : "does not answer";
      String store = database.answers() ? "ok" : "does not answer";
      boolean well = model.equals("ok") && store.equals("ok");
      last = Map.of("status", well ? "ok" : "not ready", "model", model, "database", store);
      when = System.nanoTime();
    }
    return last;
  }

  private boolean answer() {
    long until = System.nanoTime() + PATIENCE_NANOS;
    Cancellation late = () -> System.nanoTime() - until > 0;
    try {
      return engine.answers(late);
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
