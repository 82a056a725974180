package dev.verso.service.api;

import dev.verso.model.Hub;
import dev.verso.model.ModelException;
import dev.verso.text.Cancellation;
import dev.verso.usecase.PullModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Models on their way from the hub: one at a time, on a thread of its own. The last one is
 * remembered until the service ends; what was received of it stays on disk for the next try.
 */
@Component
class ModelPulls implements DisposableBean {

  /** How far a pull is. */
  enum State {
    FETCHING,
    CHECKING,
    DONE,
    FAILED,
    CANCELLED;

    boolean ended() {
      return compareTo(DONE) >= 0;
    }
  }

  /**
   * A pull.
   *
   * @param received bytes so far
   * @param bytes of all its files
   * @param message what was checked, or why it failed
   */
  record Pull(PullModel.Request request, State state, long received, long bytes, String message) {

    /** As the interface shows it. */
    Map<String, Object> view() {
      return Map.of(
          "repository", request.repository(),
          "precision", request.precision().name().toLowerCase(Locale.ROOT),
          "use", request.use(),
          "state", state.name().toLowerCase(Locale.ROOT),
          "received", received,
          "bytes", bytes,
          "message", message);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(ModelPulls.class);

  private final PullModel models;
  private Pull last;
  private Thread thread;
  private volatile boolean cancelled;

  ModelPulls(PullModel models) {
    this.models = models;
  }

  /** The pull that goes on, or the last one that ended. */
  synchronized Optional<Pull> last() {
    return Optional.ofNullable(last);
  }

  /**
   * Begins one.
   *
   * @param bytes what it will receive
   * @return it; nothing if another one goes on
   */
  synchronized Optional<Pull> begin(PullModel.Request request, long bytes) {
    if (last != null && !last.state.ended()) {
      return Optional.empty();
    }
    cancelled = false;
    last = new Pull(request, State.FETCHING, 0, bytes, "");
    thread = new Thread(() -> run(request), "verso-model-pull");
    thread.setDaemon(true);
    thread.start();
    return Optional.of(last);
  }

  /** Ends the pull that goes on. */
  synchronized void cancel() {
    if (last != null && !last.state.ended()) {
      cancelled = true;
      thread.interrupt();
    }
  }

  private void run(PullModel.Request request) {
    Cancellation cancellation = () -> cancelled;
    Map<String, Long> received = new HashMap<>();
    Hub.Transfer transfer =
        (file, done, total) -> {
          received.put(file, done);
          progress(received.values().stream().mapToLong(Long::longValue).sum());
        };
    try {
      List<String> report = models.pull(request, transfer, cancellation).report();
      LOG.info("fetched the model {}", request.repository());
      end(State.DONE, String.join("; ", report));
    } catch (CancellationException e) {
      end(State.CANCELLED, "");
    } catch (ModelException | IOException e) {
      LOG.warn("fetching the model {} failed: {}", request.repository(), e.getMessage());
      end(cancelled ? State.CANCELLED : State.FAILED, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.error("fetching the model {} failed", request.repository(), e);
      end(State.FAILED, "it failed inside: " + e);
    }
  }

  private synchronized void progress(long received) {
    State state = received >= last.bytes ? State.CHECKING : State.FETCHING;
    last = new Pull(last.request, state, received, Math.max(received, last.bytes), "");
  }

  private synchronized void end(State state, String message) {
    long received = state == State.DONE ? last.bytes : last.received;
    last = new Pull(last.request, state, received, last.bytes, message);
  }

  @Override
  public void destroy() throws InterruptedException {
    Thread running;
    synchronized (this) {
      running = thread;
      cancel();
    }
    if (running != null) {
      running.join(5_000);
    }
  }
}
