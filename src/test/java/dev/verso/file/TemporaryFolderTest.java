package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Temporary folders go with their process, and only they. */
@Timeout(120)
class TemporaryFolderTest {

  @TempDir private Path parent;

  /** As the launcher starts it, which makes the folder. */
  private Process owner() throws IOException {
    Path given = Files.createTempDirectory(parent, "verso-");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + given,
            "-Dverso.temporary=" + given,
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Path folderOf(Process owner) throws IOException {
    return Path.of(
        new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))
            .readLine());
  }

  private List<String> left() throws IOException {
    try (Stream<Path> left = Files.list(parent)) {
      return left.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("elsewhere"))
          .toList();
    }
  }

  @Test
  void whatAKilledProcessLeavesTheNextRemoves() throws Exception {
    List<Process> owners = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      owners.add(owner());
      folders.add(folderOf(owners.get(i)));
    }
    // Three live side by side: none treats another's as left over.
    assertThat(folders).allMatch(Files::isDirectory).doesNotHaveDuplicates();
    Files.createDirectories(folders.get(0).resolve("a/b"));
    Path elsewhere = Files.writeString(parent.resolve("elsewhere"), "kept");
    Files.createSymbolicLink(folders.get(0).resolve("a/link"), elsewhere);
    owners.get(0).destroyForcibly().waitFor();
    assertThat(folders.get(0)).isDirectory();
    assertThat(left()).hasSize(6).allMatch(name -> name.startsWith("verso-"));
    try (TemporaryFolder own = TemporaryFolder.in(parent)) {
      assertThat(folders.get(0)).doesNotExist();
      assertThat(folders.get(1).resolve("file")).exists();
      assertThat(own.path()).isDirectory();
      assertThat(elsewhere).hasContent("kept");
      // A second one in the same process does not release the first one's lock.
      try (TemporaryFolder second = TemporaryFolder.in(parent)) {
        assertThat(second.path()).isDirectory();
        Process next = owner();
        folderOf(next);
        assertThat(own.path()).isDirectory();
        assertThat(second.path()).isDirectory();
        next.destroyForcibly().waitFor();
      }
    }
    // One that ends by itself leaves nothing.
    Process orderly = owners.get(1);
    orderly.getOutputStream().close();
    assertThat(orderly.waitFor()).isZero();
    assertThat(folders.get(1)).doesNotExist();
    owners.get(2).destroyForcibly().waitFor();
    TemporaryFolder.in(parent).close();
    assertThat(left()).isEmpty();
  }

  @Test
  void filesAreMadeWithinAndRemovedWithIt() throws IOException {
    TemporaryFolder folder = TemporaryFolder.in(parent);
    Path file = folder.newFile("backup", ".zip");
    Path inner = folder.newFolder("reader");
    Files.writeString(inner.resolve("a"), "a");
    assertThat(file).hasParent(folder.path()).isEmptyFile();
    assertThat(TemporaryFolder.delete(inner)).isTrue();
    assertThat(inner).doesNotExist();
    folder.close();
    assertThat(left()).isEmpty();
  }

  @Test
  void oldEmptyFoldersAreRemovedAndNothingElse() throws IOException {
    Path empty = Files.createDirectory(parent.resolve("verso-empty"));
    Path young = Files.createDirectory(parent.resolve("verso-young"));
    Path full = Files.createDirectory(parent.resolve("verso-full"));
    Path other = Files.createDirectory(parent.resolve("other"));
    Files.writeString(full.resolve("a"), "a");
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path path : List.of(empty, full, other)) {
      Files.setLastModifiedTime(path, old);
    }
    TemporaryFolder.in(parent).close();
    assertThat(empty).doesNotExist();
    assertThat(List.of(young, full, other)).allMatch(Files::isDirectory);
  }

  /** Has a folder until its input ends. */
  static final class Owner {
    private Owner() {}

    @SuppressWarnings("SystemOut") // the test reads it
    public static void main(String[] arguments) throws IOException {
      Path folder = TemporaryFolder.ofProcess().path();
      // A library's, which knows nothing of this folder.
      Files.createTempFile("library", "so");
      Files.createTempDirectory("library");
      File.createTempFile("library", "so");
      Files.writeString(folder.resolve("file"), "file");
      System.out.println(folder);
      System.in.read();
    }
  }
}
