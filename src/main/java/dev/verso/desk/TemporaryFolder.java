package dev.verso.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for files that are to be gone when their process is.
 *
 * <p>Beside the folder lies a file of the same name that ends in {@code .lock}, which the owner
 * keeps locked. The system unlocks it however the owner ends, so whoever makes such a folder can
 * first remove all those whose lock is free. Only the folders of the same user are looked at.
 * Thread-safe; any number of processes may share the parent folder.
 */
public final class TemporaryFolder implements AutoCloseable {

  private static final String PREFIX = "verso-";
  private static final String LOCK = ".lock";

  /** The locks of this process: to open and close such a file would unlock it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path lock;
  private final FileChannel channel;

  private TemporaryFolder(Path folder, Path lock, FileChannel channel) {
    this.folder = folder;
    this.lock = lock;
    this.channel = channel;
  }

  /** Made when it is first asked for. */
  private static final class OfProcess {
    static final TemporaryFolder FOLDER = make();

    private static TemporaryFolder make() {
      TemporaryFolder made = in(Path.of(System.getProperty("java.io.tmpdir")));
      Runtime.getRuntime().addShutdownHook(new Thread(made::close, "verso-temporary"));
      return made;
    }
  }

  /**
   * The folder of this process, beneath {@code java.io.tmpdir}; removed when the process ends.
   *
   * @throws UncheckedIOException if none can be made
   */
  public static TemporaryFolder ofProcess() {
    return OfProcess.FOLDER;
  }

  /**
   * Makes the folder of this process {@code java.io.tmpdir}, so that what libraries unpack (ONNX
   * Runtime, DJL and Netty their native code, Spring what is uploaded) goes with it. Has to be
   * called before any of them is used. Where no folder can be made, all stays as it is.
   */
  public static void takeOver() {
    try {
      System.setProperty("java.io.tmpdir", ofProcess().path().toString());
    } catch (UncheckedIOException | ExceptionInInitializerError e) {
      System.getLogger(TemporaryFolder.class.getName())
          .log(System.Logger.Level.DEBUG, "no temporary folder of its own", e);
    }
  }

  /**
   * Makes a folder, after the removal of those whose owners are dead.
   *
   * @throws UncheckedIOException if none can be made
   */
  public static TemporaryFolder in(Path parent) {
    try {
      TemporaryFolder made = make(parent.toAbsolutePath().normalize());
      sweep(made);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made in " + parent, e);
    }
  }

  private static TemporaryFolder make(Path parent) throws IOException {
    long pid = ProcessHandle.current().pid();
    while (true) {
      Path lock = Files.createTempFile(parent, PREFIX + pid + "-", LOCK);
      HELD.add(lock);
      try {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock();
        // Another process may have taken it for a dead one's before it was locked.
        if (held != null && Files.exists(lock)) {
          channel.write(ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII)));
          Path folder = folderOf(lock);
          Files.createDirectory(folder, onlyMine(parent));
          return new TemporaryFolder(folder, lock, channel);
        }
        channel.close();
      } catch (NoSuchFileException e) {
        // removed before it was opened: the next one
      }
      HELD.remove(lock);
    }
  }

  private static Path folderOf(Path lock) {
    String name = lock.getFileName().toString();
    return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  private static FileAttribute<?>[] onlyMine(Path parent) {
    return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Removes the folders beside this one whose owners are dead. */
  private static void sweep(TemporaryFolder own) throws IOException {
    try (DirectoryStream<Path> locks =
        Files.newDirectoryStream(own.lock.getParent(), PREFIX + "*" + LOCK)) {
      for (Path lock : locks) {
        if (!HELD.contains(lock)) {
          sweep(lock, own);
        }
      }
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
          return; // its owner lives
        }
        if (delete(left)) {
          Files.deleteIfExists(lock); // while it is locked, so that nobody can take it over
        }
      }
    } catch (IOException e) {
      // Somebody else's, just removed by another process, or on a disk without locks: it stays.
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
   * A new folder in it, for one purpose; {@link #delete} it as soon as that is served.
   *
   * @throws UncheckedIOException if it can't be made
   */
  public Path newFolder(String purpose) {
    try {
      return Files.createTempDirectory(folder, purpose);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A new, empty file in it, for one purpose; delete it as soon as that is served.
   *
   * @throws UncheckedIOException if it can't be made
   */
  public Path newFile(String purpose, String ending) {
    try {
      return Files.createTempFile(folder, purpose, ending);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes a file or a folder with all that it holds, as far as it can be removed; symbolic links
   * are removed, never followed.
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
                // Open on a system that keeps open files: what is left is said by the return.
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
      return; // the lock file stays, so that the next process sees that this is left over
    }
    try {
      Files.deleteIfExists(lock);
      channel.close();
      HELD.remove(lock);
    } catch (IOException e) {
      // An empty lock file is left, which the next process removes.
    }
  }
}
