package dev.verso.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for files that must not outlive their process.
 *
 * <p>Next to the folder is a file of the same name ending in {@code .lock}, which the owner keeps
 * locked. The system unlocks it however the owner ends, so whoever creates such a folder can first
 * remove all those whose lock is free. Only the folders of the same user are examined. Thread-safe;
 * any number of processes may share the parent folder.
 */
public final class TemporaryFolder implements AutoCloseable {

  private static final String PREFIX = "verso-";
  private static final String LOCK = ".lock";
  private static final Duration OLD = Duration.ofHours(1);

  /** The system property in which the launcher names a folder. */
  private static final String GIVEN = "verso.temporary";

  /** The locks of this process: opening and closing such a file would unlock it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path lock;
  private final FileChannel channel;

  private TemporaryFolder(Path folder, Path lock, FileChannel channel) {
    this.folder = folder;
    this.lock = lock;
    this.channel = channel;
  }

  /** Created on first use. */
  private static final class OfProcess {
    static final TemporaryFolder FOLDER = make();

    private static TemporaryFolder make() {
      String given = System.getProperty(GIVEN);
      TemporaryFolder made =
          given == null ? in(Path.of(System.getProperty("java.io.tmpdir"))) : of(Path.of(given));
      Runtime.getRuntime().addShutdownHook(new Thread(made::close, "verso-temporary"));
      return made;
    }
  }

  /**
   * The folder of this process; removed when it ends. The launcher creates it and passes it as
   * {@code verso.temporary} and as {@code java.io.tmpdir}, so that what libraries write (ONNX
   * Runtime and DJL their native code, Spring its uploads) is removed with it; without a launcher
   * it is inside {@code java.io.tmpdir}.
   *
   * @throws UncheckedIOException if none can be created
   */
  public static TemporaryFolder ofProcess() {
    return OfProcess.FOLDER;
  }

  /**
   * Creates a folder, after removing those whose owners are dead.
   *
   * @throws UncheckedIOException if none can be created
   */
  public static TemporaryFolder in(Path parent) {
    try {
      Path absolute = parent.toAbsolutePath().normalize();
      SecureRandom random = new SecureRandom();
      while (true) {
        String number = Long.toUnsignedString(random.nextLong(), 36);
        Path folder = absolute.resolve(PREFIX + number);
        try {
          return locked(folder);
        } catch (FileAlreadyExistsException e) {
          // somebody else's: the next one
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't create a temporary folder in " + parent, e);
    }
  }

  /** Takes over a folder that was created for this process, and removes those of dead owners. */
  private static TemporaryFolder of(Path folder) {
    try {
      return locked(folder.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new UncheckedIOException("can't use the temporary folder " + folder, e);
    }
  }

  private static TemporaryFolder locked(Path folder) throws IOException {
    Path lock = folder.resolveSibling(folder.getFileName() + LOCK);
    HELD.add(lock);
    FileChannel channel = null;
    TemporaryFolder made = null;
    try {
      channel =
          FileChannel.open(
              lock,
              Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
              onlyMine(lock, "rw-------"));
      FileLock held = channel.tryLock();
      // Another process may have removed it as a dead one's before it was locked.
      if (held == null || !Files.exists(lock)) {
        throw new FileAlreadyExistsException(lock.toString());
      }
      channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, onlyMine(folder, "rwx------"));
      }
      made = new TemporaryFolder(folder, lock, channel);
    } finally {
      if (made == null) {
        HELD.remove(lock);
        if (channel != null) {
          channel.close();
        }
      }
    }
    sweep(made);
    return made;
  }

  private static Path folderOf(Path lock) {
    String name = lock.getFileName().toString();
    return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  private static FileAttribute<?>[] onlyMine(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Removes the folders next to this one whose owners are dead. */
  private static void sweep(TemporaryFolder own) throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(own.lock.getParent(), PREFIX + "*")) {
      for (Path path : left) {
        boolean isLock = path.getFileName().toString().endsWith(LOCK);
        if (isLock && !HELD.contains(path)) {
          sweep(path, own);
        } else if (!isLock && !exists(path.resolveSibling(path.getFileName() + LOCK))) {
          sweepEmpty(path, own);
        }
      }
    }
  }

  /**
   * Removes an old folder without a lock, if it is empty: a launcher created it for a Java that did
   * not start, or a library created it again while its process was ending.
   */
  private static void sweepEmpty(Path folder, TemporaryFolder own) {
    try {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
          && isOwnedAs(own.lock, folder)
          && Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(OLD))) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // It is not empty, or already gone: leave it.
    }
  }

  private static void sweep(Path lock, TemporaryFolder own) {
    Path left = folderOf(lock);
    try {
      if (!isOwnedAs(own.lock, lock) || (exists(left) && !isOwnedAs(own.lock, left))) {
        return;
      }
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        if (channel.tryLock() == null) {
          return; // its owner is alive
        }
        if (delete(left)) {
          Files.deleteIfExists(lock); // while it is locked, so that nobody can take it over
        }
      }
    } catch (IOException e) {
      // Somebody else's, just removed by another process, or on a disk without locks: leave it.
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isOwnedAs(Path mine, Path other) throws IOException {
    return Files.getOwner(mine).equals(Files.getOwner(other, LinkOption.NOFOLLOW_LINKS));
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * A new folder in it, for one purpose; {@link #delete} it as soon as it is no longer needed.
   *
   * @throws UncheckedIOException if it can't be created
   */
  public Path newFolder(String purpose) {
    try {
      return Files.createTempDirectory(folder, purpose);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A new, empty file in it, for one purpose; delete it as soon as it is no longer needed.
   *
   * @throws UncheckedIOException if it can't be created
   */
  public Path newFile(String purpose, String ending) {
    try {
      return Files.createTempFile(folder, purpose, ending);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes a file or a folder with its content, as far as possible; symbolic links are removed,
   * never followed.
   *
   * @return whether nothing is left
   */
  public static boolean delete(Path path) {
    if (!exists(path)) {
      return true;
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              return remove(file);
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return remove(file);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
              return remove(directory);
            }

            private FileVisitResult remove(Path one) {
              try {
                Files.deleteIfExists(one);
              } catch (IOException e) {
                // Open on a system that keeps open files: the result says that something is left.
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return false;
    }
    return !exists(path);
  }

  /** Removes the folder. What can't be removed yet stays locked until the process ends. */
  @Override
  public void close() {
    if (!delete(folder)) {
      return; // the lock file stays, so that the next process sees what was left over
    }
    try {
      Files.deleteIfExists(lock);
      channel.close();
      HELD.remove(lock);
    } catch (IOException e) {
      // An empty lock file remains, which the next process removes.
    }
  }
}
