package dev.verso.file;

import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.MarkedText;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files in separate processes, so that a file that never ends or fills the memory harms
 * nothing else.
 *
 * <p>As many files are read at once as the limits say; the rest wait. A process is occupied only
 * while it reads, not while its texts are translated. One that succeeded also serves the next file;
 * one that failed is killed, and so is one that was idle for {@value #IDLE_SECONDS} seconds.
 * Starting one takes half a second. Thread-safe.
 */
public final class ReaderProcesses {

  /** The processes shared by all users of the default limits. */
  public static final ReaderProcesses SHARED = new ReaderProcesses(FileLimits.DEFAULT);

  /** How many times longer than on an idle processor a step may take by the clock. */
  private static final int WAITED = 6;

  /** How many steps of the greatest length a process may do in its lifetime. */
  private static final long LIFE = 6;

  private static final Logger LOG = LoggerFactory.getLogger(ReaderProcesses.class);

  static final int IDLE_SECONDS = 60;

  private static final long POLL_MILLIS = 20;

  /**
   * Threads that wait for processes, since one thread can't both wait and watch for cancellation.
   */
  private static final ExecutorService WAITING =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "verso-reading");
            thread.setDaemon(true);
            return thread;
          });

  private final FileLimits limits;
  private final Semaphore permits;
  private final Deque<Idle> idle = new ArrayDeque<>(); // guarded by itself

  /** A process that waits for its next file. */
  private record Idle(ReaderProcess process, long workedNanos) {}

  public ReaderProcesses(FileLimits limits) {
    this.limits = limits;
    this.permits = new Semaphore(limits.sideBySide(), true);
  }

  /**
   * The texts of a file.
   *
   * @param name what the user calls it
   * @return the text of a {@link Form#PDF} as one, else one for each unit
   * @throws InputException if it is unsafe, can't be read, or needs more than the limits allow
   * @throws CancellationException if it was cancelled
   */
  public List<MarkedText> texts(Form form, String name, byte[] content, Cancellation cancellation) {
    return texts(form, TagRules.NONE, name, content, cancellation);
  }

  /**
   * The texts of a piece of markup; see {@link #texts(Form, String, byte[], Cancellation)}.
   *
   * @param tags what is said about its tags, if it is a piece of HTML or XML
   */
  public List<MarkedText> texts(
      Form form, TagRules tags, String name, byte[] content, Cancellation cancellation) {
    return work(
        name,
        form.longest(content.length, limits),
        out -> {
          out.writeByte(ReaderMain.TEXTS);
          Frames.write(out, form.name());
          Frames.write(out, tags);
          Frames.write(out, name);
          Frames.write(out, content);
          Frames.write(out, limits);
        },
        Frames::readTexts,
        cancellation);
  }

  /**
   * A file with translations in place of its texts.
   *
   * @param translations one for each of its texts, in the same order
   * @throws InputException as {@link #texts}
   * @throws CancellationException if it was cancelled
   */
  public byte[] merged(
      Form form,
      String name,
      byte[] content,
      List<MarkedText> translations,
      Cancellation cancellation) {
    return merged(form, TagRules.NONE, name, content, translations, cancellation);
  }

  /**
   * A piece of markup with translations in place of its texts; see {@link #merged(Form, String,
   * byte[], List, Cancellation)}.
   *
   * @param tags as when its texts were found
   */
  public byte[] merged(
      Form form,
      TagRules tags,
      String name,
      byte[] content,
      List<MarkedText> translations,
      Cancellation cancellation) {
    return work(
        name,
        form.longest(content.length, limits),
        out -> {
          out.writeByte(ReaderMain.MERGED);
          Frames.write(out, form.name());
          Frames.write(out, tags);
          Frames.write(out, name);
          Frames.write(out, content);
          Frames.write(out, translations);
        },
        Frames::readBytes,
        cancellation);
  }

  /** Reads a result. */
  private interface Result<T> {
    T read(DataInputStream in) throws IOException;
  }

  /** A result, or a message instead. */
  private record Answer<T>(byte outcome, T result, String message) {}

  private <T> T work(
      String name,
      Duration longest,
      ReaderProcess.Request request,
      Result<T> result,
      Cancellation cancellation) {
    acquire(cancellation);
    Idle taken = null;
    boolean well = false;
    long began = System.nanoTime();
    try {
      taken = take();
      ReaderProcess process = taken.process;
      Future<Answer<T>> answer =
          WAITING.submit(
              () ->
                  process.ask(
                      request,
                      (outcome, in) ->
                          outcome == ReaderMain.DONE
                              ? new Answer<>(outcome, result.read(in), "")
                              : new Answer<>(outcome, null, Frames.readText(in))));
      Answer<T> given = await(name, longest, process, answer, cancellation);
      if (given.outcome == ReaderMain.FAILED) {
        LOG.warn("reading {} failed: {}", name, given.message);
        throw new InputException(
            name + " can't be read as what it seems to be (" + given.message + "); save it again");
      }
      well = true;
      if (given.outcome == ReaderMain.REFUSED) {
        throw new InputException(given.message);
      }
      return given.result;
    } finally {
      if (taken != null) {
        give(taken, well, System.nanoTime() - began);
      }
      permits.release();
    }
  }

  private void acquire(Cancellation cancellation) {
    try {
      do {
        cancellation.check();
      } while (!permits.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CancellationException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    CancellationException cancelled = new CancellationException("interrupted");
    cancelled.initCause(e);
    return cancelled;
  }

  private Idle take() {
    while (true) {
      Idle next;
      synchronized (idle) {
        next = idle.pollLast();
      }
      try {
        if (next == null) {
          return new Idle(ReaderProcess.start(limits, LIFE * limits.seconds()), 0);
        }
      } catch (IOException e) {
        throw new IllegalStateException("can't start a process that reads files", e);
      }
      if (next.process.isAlive()) {
        return next;
      }
      next.process.close();
    }
  }

  private <T> Answer<T> await(
      String name,
      Duration longest,
      ReaderProcess process,
      Future<Answer<T>> answer,
      Cancellation cancellation) {
    Duration before = process.cpu().orElse(Duration.ZERO);
    // A busy machine takes longer; a process that waits for something uses no processor time.
    long until = System.nanoTime() + WAITED * longest.toNanos();
    while (true) {
      cancellation.check();
      try {
        return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Duration used = process.cpu().orElse(Duration.ZERO).minus(before);
        if (used.compareTo(longest) > 0 || System.nanoTime() > until) {
          throw tooSlow(name, longest);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (ExecutionException e) {
        throw switch (process.ending()) {
          case NEVER_READY ->
              new IllegalStateException(
                  "the process that reads files can't be started: " + process.errors(),
                  e.getCause());
          case OUT_OF_MEMORY ->
              new InputException(
                  name
                      + " takes more than "
                      + limits.megabytes()
                      + " MB of memory to read; divide it into several files");
          case KILLED -> tooSlow(name, longest);
          case BROKEN -> {
            LOG.warn("reading {} broke off: {}", name, process.errors());
            yield new InputException(
                name + " can't be read: reading it was cut short; save it again and retry");
          }
        };
      }
    }
  }

  private InputException tooSlow(String name, Duration longest) {
    return new InputException(
        name
            + " takes longer than "
            + longest.toSeconds()
            + " seconds of processor time to read; divide it into several files, or save it again");
  }

  /** Keeps a process for the next file, or ends it. */
  private void give(Idle taken, boolean well, long worked) {
    Idle kept = new Idle(taken.process, taken.workedNanos + worked);
    // Its processor time is for its whole lifetime, so it must not begin what it can't finish.
    if (!well || kept.workedNanos > TimeUnit.SECONDS.toNanos(limits.seconds())) {
      kept.process.close();
      return;
    }
    kept.process.tidy();
    synchronized (idle) {
      idle.addLast(kept);
    }
    CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS)
        .execute(
            () -> {
              boolean still;
              synchronized (idle) {
                still = idle.remove(kept);
              }
              if (still) {
                kept.process.close();
              }
            });
  }
}
