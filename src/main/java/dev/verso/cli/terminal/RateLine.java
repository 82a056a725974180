package dev.verso.cli.terminal;

import dev.verso.corpus.CorpusProgress;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Progress of a long run on standard error: what is being done, how far, at what rate, how long it
 * will still take; only on a terminal, gone when done.
 */
public final class RateLine implements CorpusProgress, AutoCloseable {

  private static final int WIDTH = 20;
  private static final long REDRAW_NANOS = 200_000_000L;
  private static final long QUIET_NANOS = 1_000_000_000L;
  private static final int MINUTE = 60;

  private final PrintStream out;
  private final boolean terminal;
  private String step = "";
  private long started = System.nanoTime();
  private long first;
  private long drawn;
  private boolean visible;

  public RateLine() {
    this(System.err, Boolean.getBoolean("verso.terminal"));
  }

  RateLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void advanced(String newStep, long done, long total) {
    long now = System.nanoTime();
    if (!newStep.equals(step)) {
      step = newStep;
      started = now;
      first = done;
    }
    if (!terminal || now - started < QUIET_NANOS || (visible && now - drawn < REDRAW_NANOS)) {
      return;
    }
    drawn = now;
    visible = true;
    out.print("\r\u001B[K" + text(step, done, total, done - first, (now - started) / 1e9));
    out.flush();
  }

  /** Such as {@code aligning [####......] 40 % 1,200 of 3,000, 85/s, 21 s left}. */
  static String text(String step, long done, long total, long since, double seconds) {
    double rate = since / Math.max(1e-9, seconds);
    StringBuilder text = new StringBuilder(step);
    if (total > 0) {
      int filled = (int) (WIDTH * Math.min(done, total) / total);
      text.append(" [").append("#".repeat(filled)).append(".".repeat(WIDTH - filled)).append("] ");
      text.append(100 * done / total).append(" %");
    }
    text.append(String.format(Locale.ROOT, " %,d", done));
    if (total > 0) {
      text.append(String.format(Locale.ROOT, " of %,d", total));
    }
    text.append(
        rate >= 10
            ? String.format(Locale.ROOT, ", %,.0f/s", rate)
            : String.format(Locale.ROOT, ", %.1f/s", rate));
    if (total > 0 && rate > 0) {
      long left = Math.round((total - done) / rate);
      text.append(", ").append(duration(left)).append(" left");
    }
    return text.toString();
  }

  private static String duration(long seconds) {
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    long minutes = seconds / MINUTE;
    return minutes < 2 * MINUTE
        ? minutes + " min"
        : minutes / MINUTE + " h " + minutes % MINUTE + " min";
  }

  @Override
  public synchronized void close() {
    if (visible) {
      out.print("\r\u001B[K");
      out.flush();
    }
  }
}
