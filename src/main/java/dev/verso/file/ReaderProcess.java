package dev.verso.file;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A separate process that reads files, and this process's side of it: its folder and the ends of
 * the pipes. The process ends with this one, when it is {@link #close closed}, or when it has used
 * too much: the Java heap, seconds of the processor, open files and the length of files are limited
 * (the last three only where there is a Unix shell).
 *
 * <p>One thread at a time may use it; any may close it, which ends a call that is waiting.
 */
final class ReaderProcess implements AutoCloseable {

  private static final Path SHELL = Path.of("/bin/sh");

  /** Blocks of 512 bytes: more than any archive may unpack to. */
  private static final long LONGEST_FILE = 2 * Archive.MOST_BYTES / 512;

  private static final int OPEN_FILES = 512;

  /** The exit status of the virtual machine when its heap is full. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;
  private static final int SIGXCPU = 24;

  private static final long GRACE_SECONDS = 10;

  private final Path folder;
  private final Process process;
  private final DataOutputStream out;
  private final DataInputStream in;
  private boolean ready;

  private ReaderProcess(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
  }

  /**
   * Starts a process without waiting for it.
   *
   * @param lifeSeconds of the processor that it may use in its lifetime
   * @throws IOException if none can be started
   */
  static ReaderProcess start(FileLimits limits, long lifeSeconds) throws IOException {
    Path folder = TemporaryFolder.ofProcess().newFolder("reader");
    try {
      Files.createDirectory(folder.resolve("files"));
      ProcessBuilder builder = new ProcessBuilder(command(folder, limits, lifeSeconds));
      builder.directory(folder.toFile());
      builder.redirectError(Redirect.to(folder.resolve("errors").toFile()));
      Map<String, String> environment = builder.environment();
      String systemRoot = environment.get("SystemRoot"); // Windows can't start a process without it
      environment.clear();
      environment.put("LC_ALL", "C.UTF-8");
      if (systemRoot != null) {
        environment.put("SystemRoot", systemRoot);
      }
      return new ReaderProcess(folder, builder.start());
    } catch (IOException | RuntimeException e) {
      TemporaryFolder.delete(folder);
      throw e;
    }
  }

  private static List<String> command(Path folder, FileLimits limits, long lifeSeconds) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      command.addAll(
          List.of(
              SHELL.toString(),
              "-c",
              "ulimit -c 0; ulimit -t "
                  + lifeSeconds
                  + "; ulimit -f "
                  + LONGEST_FILE
                  + "; ulimit -n "
                  + OPEN_FILES
                  + "; exec \"$0\" \"$@\""));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            // It lives for seconds: optimisations for a long life are left out.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xmx" + limits.megabytes() + "m",
            "-XX:MaxMetaspaceSize=192m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:ActiveProcessorCount=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + folder.resolve("files"),
            "-Duser.home=" + folder.resolve("files"),
            "-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider"));
    if (Runtime.version().feature() <= Confinement.LAST_WITH_MANAGER) {
      command.add("-Djava.security.manager=allow");
    }
    command.add("-cp");
    command.add(classPath());
    command.add(ReaderMain.class.getName());
    return command;
  }

  /** Made absolute, since the process works in another folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Writes a request. */
  interface Request {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads what follows the outcome of an answer. */
  interface Reading<T> {
    T read(byte outcome, DataInputStream in) throws IOException;
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @throws IOException if the process is no longer there; {@link #ending} says why
   */
  <T> T ask(Request request, Reading<T> reading) throws IOException {
    if (!ready) {
      if (in.readByte() != ReaderMain.READY) {
        throw new IOException("not the reader");
      }
      ready = true;
    }
    request.write(out);
    out.flush();
    return reading.read(in.readByte(), in);
  }

  /** How a process that gave no answer ended. */
  enum Ending {
    /** It was never ready: the fault is on this side. */
    NEVER_READY,
    /** Its heap was full. */
    OUT_OF_MEMORY,
    /** It was killed, as the limit on processor time does. */
    KILLED,
    /** It ended in another way. */
    BROKEN
  }

  /** Waits for its end and returns how it ended. */
  Ending ending() {
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Ending.KILLED;
    }
    if (!ready) {
      return Ending.NEVER_READY;
    }
    int code = process.exitValue();
    if (code == OUT_OF_MEMORY) {
      return Ending.OUT_OF_MEMORY;
    }
    return code == SIGNALLED + SIGKILL || code == SIGNALLED + SIGXCPU
        ? Ending.KILLED
        : Ending.BROKEN;
  }

  /** What it wrote to its standard error, for the log; at most a few lines. */
  String errors() {
    try (InputStream errors = Files.newInputStream(folder.resolve("errors"))) {
      return new String(errors.readNBytes(2000), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The processor time it has used; empty if the system does not report it. */
  Optional<Duration> cpu() {
    return process.info().totalCpuDuration();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Removes what a file left behind, so that the next file finds nothing. */
  void tidy() {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder.resolve("files"))) {
      left.forEach(TemporaryFolder::delete);
    } catch (IOException e) {
      close();
    }
  }

  /** Kills the process and removes its folder. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        TemporaryFolder.delete(folder);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    CompletableFuture<Void> unused = process.onExit().thenRun(() -> TemporaryFolder.delete(folder));
  }
}
