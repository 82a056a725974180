package dev.verso.service.http;

import dev.verso.text.Cancellation;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * Does what blocks away from the event loops: so many requests side by side, so many in line, the
 * rest refused. What keeps the network busy for long, a check, has threads and a line of its own,
 * half as many as the decoder's threads, so that any number of such requests leaves the others
 * their turn. A request is answered when its time is up, whatever still runs for it; work stops
 * when the client leaves, its time is up, or the service stops, and what only waits leaves the
 * line.
 */
@Component
public final class RequestExecutor {

  private final Duration limit;
  private final ThreadPoolExecutor threads;
  private final ThreadPoolExecutor slowThreads;
  private final MemoryExhaustion exhaustion;
  private volatile boolean stopping;

  public RequestExecutor(Settings settings, MemoryExhaustion exhaustion) {
    this.exhaustion = exhaustion;
    this.limit = settings.limits().timeout();
    int side = Math.max(1, settings.limits().concurrent());
    int waiting = Math.max(1, settings.limits().waiting());
    this.threads = pool("verso-request-", side, waiting);
    this.slowThreads =
        pool(
            "verso-slow-request-",
            Math.min(side, Math.max(1, settings.decoderThreads() / 2)),
            waiting);
  }

  private static ThreadPoolExecutor pool(String name, int side, int waiting) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            side,
            side,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(null, task, name + number.incrementAndGet(), 4L << 20);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Something that blocks. */
  public interface Task<T> {
    T run(Cancellation cancellation) throws Exception;
  }

  /** Something that blocks and has something to say on the way. */
  public interface Told<T> {
    void run(Consumer<T> listener, Cancellation cancellation) throws Exception;
  }

  /** Requests that wait. */
  public int waiting() {
    return threads.getQueue().size() + slowThreads.getQueue().size();
  }

  /** Requests that are worked on. */
  public int active() {
    return threads.getActiveCount() + slowThreads.getActiveCount();
  }

  /** The result of a task. */
  public <T> Mono<T> run(Task<T> task) {
    return run(threads, task);
  }

  /** The result of a task that keeps the network busy for long; few of them run side by side. */
  public <T> Mono<T> runSlow(Task<T> task) {
    return run(slowThreads, task);
  }

  private <T> Mono<T> run(ThreadPoolExecutor pool, Task<T> task) {
    return Mono.<T>create(
            sink -> {
              Wanted wanted = new Wanted(pool);
              sink.onDispose(wanted::leave);
              submit(
                  wanted,
                  () -> {
                    T result = task.run(wanted);
                    if (result == null) {
                      sink.success();
                    } else {
                      sink.success(result);
                    }
                  },
                  sink::error);
            })
        .timeout(limit, Mono.error(() -> Problems.timeout(limit)));
  }

  /** What a task says on the way. */
  public <T> Flux<T> tell(Told<T> task) {
    return Flux.<T>create(
            sink -> {
              Wanted wanted = new Wanted(threads);
              sink.onDispose(wanted::leave);
              submit(
                  wanted,
                  () -> {
                    task.run(sink::next, wanted);
                    sink.complete();
                  },
                  sink::error);
            },
            FluxSink.OverflowStrategy.BUFFER)
        .takeUntilOther(Mono.delay(limit).then(Mono.error(() -> Problems.timeout(limit))));
  }

  private interface Step {
    void run() throws Exception;
  }

  private void submit(Wanted wanted, Step step, Consumer<Throwable> failed) {
    Runnable work =
        () -> {
          if (wanted.gone.get()) {
            return;
          }
          try {
            step.run();
          } catch (CancellationException e) {
            if (!wanted.gone.get()) {
              failed.accept(wanted.isLate() ? Problems.timeout(limit) : e);
            }
          } catch (Exception | Error e) {
            failed.accept(e);
            exhaustion.endIfOutOfMemory(e);
          }
        };
    try {
      wanted.begin(work);
    } catch (RejectedExecutionException e) {
      failed.accept(
          Problem.slowDown(
              "busy",
              "Slowdown: the service has all the requests that it can take; see Retry-After",
              Duration.ofSeconds(1)));
    }
  }

  private final class Wanted implements Cancellation {
    private final AtomicBoolean gone = new AtomicBoolean();
    private final long until = System.nanoTime() + limit.toNanos();
    private final ThreadPoolExecutor pool;
    private volatile Runnable work = () -> {};

    Wanted(ThreadPoolExecutor pool) {
      this.pool = pool;
    }

    void begin(Runnable wantedWork) {
      work = wantedWork;
      pool.execute(wantedWork);
    }

    void leave() {
      gone.set(true);
      pool.remove(work);
    }

    boolean isLate() {
      return System.nanoTime() - until > 0;
    }

    @Override
    public boolean requested() {
      return gone.get() || stopping || isLate();
    }
  }

  /** Has all work under way stop at its next step. */
  public void stop() {
    stopping = true;
  }

  @PreDestroy
  public void close() {
    stop();
    threads.shutdownNow();
    slowThreads.shutdownNow();
  }
}
