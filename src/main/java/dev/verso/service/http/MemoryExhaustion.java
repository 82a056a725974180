package dev.verso.service.http;

import dev.verso.job.JobWorkers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Ends a service that ran out of memory: what failed for want of it may be any part, and one that
 * lives on without a part answers nobody. Documents at work are put back in line first; should that
 * fail, their leases end.
 */
@Component
public final class MemoryExhaustion {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryExhaustion.class);
  private static final Duration PARKING = Duration.ofSeconds(3);

  /** As the JVM's own {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int STATUS = 3;

  private final ObjectProvider<JobWorkers> jobs;
  private final AtomicBoolean ending = new AtomicBoolean();

  public MemoryExhaustion(ObjectProvider<JobWorkers> jobs) {
    this.jobs = jobs;
  }

  /** Ends the process if this error, or what caused it, says that memory is used up. */
  public void endIfOutOfMemory(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError && ending.compareAndSet(false, true)) {
        end(cause);
        return;
      }
    }
  }

  private void end(Throwable error) {
    Thread halt =
        new Thread(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(PARKING.toNanos());
              } catch (InterruptedException e) {
                // It ends all the same.
              }
              Runtime.getRuntime().halt(STATUS);
            },
            "verso-halt");
    halt.setDaemon(true);
    halt.start();
    LOG.error("out of memory ({}): the service ends", error.getMessage());
    jobs.ifAvailable(JobWorkers::close);
    Runtime.getRuntime().halt(STATUS);
  }
}
