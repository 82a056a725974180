package dev.verso.service.http;

import dev.verso.store.Database;
import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.TranslationDesk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Whether model and database answer. What was found is good for a few seconds. */
@Component
public final class Health {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final TranslationDesk desk;
  private final Database database;
  private Map<String, String> last = Map.of();
  private long when;

  public Health(TranslationDesk desk, Database database) {
    this.desk = desk;
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
      return !desk.translateLines(
              List.of("Oui."), TranslationOptions.DEFAULT.withBeam(1), Progress.SILENT, late)
          .get(0)
          .text()
          .isBlank();
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
