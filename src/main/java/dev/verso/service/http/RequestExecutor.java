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
 * rest refused. A request is answered when its time is up, whatever still runs for it; work stops
 * when the client leaves, its time is up, or the service stops.
 */
@Component
public final class RequestExecutor {

  private final Duration limit;
  private final ThreadPoolExecutor threads;
  private final MemoryExhaustion exhaustion;
  private volatile boolean stopping;

  public RequestExecutor(Settings settings, MemoryExhaustion exhaustion) {
    this.exhaustion = exhaustion;
    this.limit = settings.limits().timeout();
    AtomicInteger number = new AtomicInteger();
    int side = Math.max(1, settings.limits().concurrent());
    this.threads =
        new ThreadPoolExecutor(
            side,
            side,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(Math.max(1, settings.limits().waiting())),
            task -> {
              Thread thread =
                  new Thread(null, task, "verso-request-" + number.incrementAndGet(), 4L << 20);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
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
    return threads.getQueue().size();
  }

  /** Requests that are worked on. */
  public int active() {
    return threads.getActiveCount();
  }

  /** The result of a task. */
  public <T> Mono<T> run(Task<T> task) {
    return Mono.<T>create(
            sink -> {
              Wanted wanted = new Wanted();
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
              Wanted wanted = new Wanted();
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
    try {
      threads.execute(
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
          });
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

    void leave() {
      gone.set(true);
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
  }
}
