package dev.verso.service.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Memory for the bodies of all requests under way. What a body becomes takes several times its size
 * (text, tree, segments), so their sum must stay a small part of the heap. Small bodies are free:
 * the number of requests bounds them. Thread-safe.
 */
@Component
public final class BodyBudget {

  private static final long FREE = 64 << 10;
  private static final int PART_OF_HEAP = 8;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  public BodyBudget(Settings settings) {
    long set = settings.limits().bodies().toBytes();
    long whole = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    // A single body of the largest size is always taken.
    this.most = Math.max(settings.limits().body().toBytes(), set > 0 ? set : whole);
  }

  /** What one request takes; nothing yet. */
  public Share share() {
    return new Share();
  }

  /** The bytes that one request has taken. */
  final class Share implements AutoCloseable {
    private long held;
    private boolean closed;

    /**
     * Takes what is missing to a number of bytes; a negative one is not known yet.
     *
     * @throws Problem if the others hold too much; nothing is taken then
     */
    synchronized void takeTo(long bytes) {
      long missing = bytes <= FREE ? 0 : bytes - held;
      if (missing <= 0 || closed) {
        return;
      }
      if (taken.addAndGet(missing) > most) {
        taken.addAndGet(-missing);
        throw Problem.slowDown(
            "busy",
            "Slowdown: the service holds as many large requests as its memory allows; see"
                + " Retry-After",
            Duration.ofSeconds(2));
      }
      held += missing;
    }

    @Override
    public synchronized void close() {
      closed = true;
      taken.addAndGet(-held);
      held = 0;
    }
  }
}
