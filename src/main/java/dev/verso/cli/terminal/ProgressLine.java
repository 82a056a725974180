package dev.verso.cli.terminal;

import dev.verso.translation.Progress;
import java.io.PrintStream;

/**
 * A progress bar on standard error: only on a terminal, only for what takes over a second, gone
 * when done.
 */
public final class ProgressLine implements Progress, AutoCloseable {

  private static final int WIDTH = 30;
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final long REDRAW_NANOS = 100_000_000L;

  private final String label;
  private final PrintStream out;
  private final boolean terminal;
  private final long started = System.nanoTime();
  private long drawn;
  private boolean visible;

  public ProgressLine(String label) {
    this(label, System.err, Boolean.getBoolean("verso.terminal"));
  }

  public ProgressLine(String label, PrintStream out, boolean terminal) {
    this.label = label;
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void advanced(long done, long total) {
    long now = System.nanoTime();
    boolean tooSoon = now - started < QUIET_NANOS || (visible && now - drawn < REDRAW_NANOS);
    if (!terminal || tooSoon || total == 0) {
      return;
    }
    drawn = now;
    visible = true;
    int filled = (int) (WIDTH * done / total);
    out.printf(
        "\r%s [%s%s] %3d %%",
        label, "#".repeat(filled), ".".repeat(WIDTH - filled), 100 * done / total);
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (visible) {
      out.print("\r\u001B[K");
      out.flush();
    }
  }
}
