package dev.verso.translation;

import dev.verso.text.Cancellation;
import java.util.concurrent.TimeUnit;

/**
 * The cancellation of work that goes on beside the decoder, such as comparing a quote with its
 * article: between its steps it gives way to interactive translations. While they go on it stands
 * still for as long as it worked since it last did, so that at most half of its time is taken from
 * them; when there are none, it costs nothing.
 *
 * <p>Cores are not told apart: on processors whose cores are two threads of one, work on the other
 * core slows a translation by a third.
 *
 * <p>Thread-safe; for work that several threads do, what one has worked counts for all.
 */
final class GivingWay implements Cancellation {

  private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long MOST = TimeUnit.MILLISECONDS.toNanos(40);

  private final Cancellation own;
  private final DecodingQueue<?> queue;
  private volatile long resumed = System.nanoTime();

  /**
   * @param own says whether a stop was requested
   * @param queue whose interactive batches go first
   */
  GivingWay(Cancellation own, DecodingQueue<?> queue) {
    this.own = own;
    this.queue = queue;
  }

  @Override
  public boolean requested() {
    long worked = System.nanoTime() - resumed;
    if (worked >= LEAST && !own.requested()) {
      queue.giveWay(Math.min(worked, MOST));
      resumed = System.nanoTime();
    }
    return own.requested();
  }
}
