package dev.verso.job;

import dev.verso.file.FileKind;
import dev.verso.file.TranslatedFile;
import dev.verso.store.Database;
import dev.verso.store.JobStore;
import dev.verso.store.JobStore.Claim;
import dev.verso.store.Usage;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.UnreadableInputException;
import dev.verso.translation.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the queue of jobs: claims documents, translates them in the bulk lane, writes what they
 * became. Leases are renewed while a document is at work; a document that was cancelled, or whose
 * lease somebody else has, is dropped. Closing it puts what is at work back in line.
 */
public final class JobWorkers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

  private static final long POLL_MILLIS = 500;

  /** Work that has not stopped by then is left to its lease. */
  private static final Duration PARKING = Duration.ofSeconds(8);

  private static final int RENEWALS_A_LEASE = 4;

  private final JobStore store;
  private final JobWork work;
  private final JobAccounts accounts;
  private final Consumer<Throwable> failed;
  private final int leaseSeconds;
  private final List<Thread> workers = new ArrayList<>();
  private final List<Work> working = new ArrayList<>();
  private final Semaphore woken = new Semaphore(0);
  private volatile boolean closing;

  /**
   * @param work makes of each document what was asked for; in the bulk lane
   * @param accounts of the characters in documents whose text could not be counted when they came
   * @param failed told what went wrong with a worker, which may be that memory is used up
   * @param leaseSeconds after so long without a sign of life, a document is taken from its holder
   */
  public JobWorkers(
      JobStore store,
      JobWork work,
      JobAccounts accounts,
      Consumer<Throwable> failed,
      int leaseSeconds) {
    this.store = store;
    this.work = work;
    this.accounts = accounts;
    this.failed = failed;
    this.leaseSeconds = leaseSeconds;
  }

  /**
   * Begins to work.
   *
   * @param exclusive whether no other process can hold documents, so that all held are left over
   * @param documents how many documents are worked on side by side
   */
  public void start(boolean exclusive, int documents) {
    if (exclusive) {
      int left = store.releaseAll();
      if (left > 0) {
        LOG.info("{} documents that were at work when the service ended go on", left);
      }
    }
    String instance = UUID.randomUUID().toString();
    for (int i = 1; i <= documents; i++) {
      String holder = instance + "/" + i;
      begin("verso-job-" + i, () -> work(holder));
    }
    begin("verso-leases", this::renewAll);
  }

  private void begin(String name, Runnable loop) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    workers.add(thread);
    thread.start();
  }

  /** Says that there is something to do. */
  public void wake() {
    woken.release(Math.max(1, workers.size()));
  }

  private static final class Work {
    final Claim claim;
    volatile double progress;
    volatile boolean dropped;

    Work(Claim claim) {
      this.claim = claim;
    }
  }

  private void work(String holder) {
    while (!closing) {
      try {
        Optional<Claim> claim = store.claim(holder, leaseSeconds);
        if (claim.isPresent()) {
          translate(claim.get());
          continue;
        }
      } catch (Database.UnavailableException e) {
        LOG.warn("the queue can't be read, trying again: {}", e.getMessage());
      } catch (RuntimeException | Error e) {
        // A worker that ends would leave its share of all jobs to nobody.
        LOG.error("a job's document failed to be handled", e);
        failed.accept(e);
      }
      pause(POLL_MILLIS);
    }
  }

  private void pause(long millis) {
    try {
      if (!closing && woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void renewAll() {
    long pause = TimeUnit.SECONDS.toMillis(leaseSeconds) / RENEWALS_A_LEASE;
    while (!closing) {
      List<Work> now;
      synchronized (working) {
        now = List.copyOf(working);
      }
      for (Work one : now) {
        try {
          if (!store.renew(one.claim, leaseSeconds, one.progress)) {
            one.dropped = true;
          }
        } catch (RuntimeException e) {
          // Whatever it was, the other leases are due, and this one again: the loop goes on.
          LOG.warn("a lease can't be renewed: {}", e.toString());
        }
      }
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
      while (!closing && System.nanoTime() < until) {
        try {
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS / 10);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void translate(Claim claim) {
    Work one = new Work(claim);
    synchronized (working) {
      working.add(one);
    }
    try {
      Progress progress = (done, total) -> one.progress = total == 0 ? 0 : (double) done / total;
      Cancellation cancellation = () -> closing || one.dropped;
      TranslatedFile done = work.translate(claim, progress, cancellation);
      boolean written =
          store.finish(
              claim,
              new JobStore.Result(done.name(), done.mediaType(), done.content()),
              done.sourceCharacters());
      boolean file = claim.options().to().equals("document");
      if (written && file && FileKind.of(claim.name(), claim.source()).isBinary()) {
        accounts.charge(claim.owner(), done.sourceCharacters());
      }
    } catch (CancellationException e) {
      if (closing) {
        store.release(claim);
      }
    } catch (InputException | UnreadableInputException | Usage.QuotaException e) {
      store.fail(claim, e.getMessage());
    } catch (Database.UnavailableException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      // It counts as begun, so that a document that always ends the service is given up at last.
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.error("document {} of job {} failed", claim.position(), claim.job(), e);
      store.fail(claim, "failed for a reason that the service's log tells");
    } finally {
      synchronized (working) {
        working.remove(one);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    wake();
    long until = System.nanoTime() + PARKING.toNanos();
    for (Thread worker : workers) {
      try {
        worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
