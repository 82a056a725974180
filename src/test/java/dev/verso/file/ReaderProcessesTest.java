package dev.verso.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.translation.MarkedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile file costs, and that it leaves nothing. */
@Timeout(120)
class ReaderProcessesTest {

  private static final byte[] ENDLESS = Pdfs.endless();

  private Set<Long> before;

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive);
  }

  @BeforeEach
  void count() {
    before = children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private void assertNothingIsLeft() throws IOException, InterruptedException {
    while (children().anyMatch(child -> !before.contains(child.pid()))) {
      Thread.sleep(20);
    }
    try (Stream<Path> left = Files.list(TemporaryFolder.ofProcess().path())) {
      assertThat(left.count()).isLessThanOrEqualTo(before.size());
    }
  }

  private static ReaderProcesses limited(int seconds, int megabytes, int sideBySide) {
    return new ReaderProcesses(new FileLimits(2000, 100, seconds, megabytes, sideBySide));
  }

  private static List<MarkedText> texts(ReaderProcesses readers, String name, byte[] content) {
    Form form = Form.of(FileKind.of(name, content));
    return readers.texts(form, name, content, Cancellation.NONE);
  }

  @Test
  void aFileWithoutEndIsGivenUpAndItsProcessEnds() throws IOException, InterruptedException {
    assertThat(ENDLESS.length).isLessThan(1000);
    ReaderProcesses readers = limited(3, 128, 1);
    assertThatThrownBy(() -> texts(readers, "sans-fin.pdf", ENDLESS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sans-fin.pdf takes longer than 3 seconds");
    assertNothingIsLeft();
    assertThat(texts(readers, "a.pdf", Pdfs.saying("Le chat dort.")).get(0).text())
        .contains("Le chat dort.");
  }

  @Test
  void aCancelledFileIsLetGoAtOnce() throws Exception {
    ReaderProcesses readers = limited(100, 128, 1);
    AtomicBoolean left = new AtomicBoolean();
    CompletableFuture<List<MarkedText>> reading =
        CompletableFuture.supplyAsync(
            () -> readers.texts(Form.PDF, "sans-fin.pdf", ENDLESS, left::get));
    while (children().allMatch(child -> before.contains(child.pid()))) {
      Thread.sleep(20);
    }
    // One more waits for its turn, and is also released.
    CompletableFuture<List<MarkedText>> waiting =
        CompletableFuture.supplyAsync(
            () -> readers.texts(Form.PDF, "attente.pdf", ENDLESS, left::get));
    Thread.sleep(500);
    assertThat(reading).isNotDone();
    assertThat(waiting).isNotDone();
    left.set(true);
    for (CompletableFuture<?> one : List.of(reading, waiting)) {
      assertThatThrownBy(one::join).hasRootCauseInstanceOf(CancellationException.class);
    }
    assertNothingIsLeft();
  }

  @Test
  void aFileThatFillsTheMemoryIsNamed() throws IOException, InterruptedException {
    StringBuilder words = new StringBuilder();
    Random random = new Random(17);
    for (int i = 0; i < 200_000; i++) {
      words.append(Zips.paragraph(Long.toString(random.nextLong(), 36)));
    }
    byte[] large = Zips.of(Zips.word(words.toString()));
    assertThatThrownBy(() -> texts(limited(100, 24, 1), "gros.docx", large))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("gros.docx")
        .hasMessageContaining("24 MB of memory");
    assertNothingIsLeft();
  }

  @Test
  void deepNestingHarmsNobody() throws IOException, InterruptedException {
    String deep = "<x>".repeat(300_000) + "Le chat dort." + "</x>".repeat(300_000);
    ReaderProcesses readers = limited(3, 256, 1);
    for (Form form : List.of(Form.XML_PIECE, Form.HTML_PIECE, Form.MARKDOWN)) {
      try {
        readers.texts(form, "profond", deep.getBytes(StandardCharsets.UTF_8), Cancellation.NONE);
      } catch (InputException e) {
        assertThat(e).hasMessageContaining("profond");
      }
    }
    String quoted = ">".repeat(50_000) + " Le chat dort.";
    try {
      readers.texts(
          Form.MARKDOWN, "cité", quoted.getBytes(StandardCharsets.UTF_8), Cancellation.NONE);
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("cité");
    }
    assertThat(
            readers.texts(
                Form.HTML_PIECE,
                "a",
                "<p>Le chat dort.</p>".getBytes(StandardCharsets.UTF_8),
                Cancellation.NONE))
        .hasSize(1);
  }

  @Test
  void textBeyondTheLimitIsCountedAndRefused() {
    ReaderProcesses readers = limited(60, 256, 1);
    byte[] long1 = Zips.of(Zips.word(Zips.paragraph("Le chat dort. ".repeat(100)).repeat(3)));
    assertThatThrownBy(() -> texts(readers, "long.docx", long1))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "long.docx contains 4,\\d\\d\\d characters of text, and a file may contain 2,000; divide.*");
    byte[] many = Zips.of(Zips.word(Zips.paragraph("Le chat").repeat(120)));
    assertThatThrownBy(() -> texts(readers, "plein.docx", many))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("plein.docx contains 120 paragraphs")
        .hasMessageContaining("may contain 100");
    byte[] pdf = Pdfs.saying("Le chat dort. ".repeat(200));
    assertThatThrownBy(() -> texts(readers, "long.pdf", pdf))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("long.pdf contains 2,8");
  }

  @Test
  void oneProcessServesFileAfterFile() {
    ReaderProcesses readers = limited(60, 256, 1);
    for (int i = 0; i < 5; i++) {
      assertThat(texts(readers, "a.pdf", Pdfs.saying("Le chat " + i)).get(0).text())
          .contains("Le chat " + i);
      assertThat(children().filter(child -> !before.contains(child.pid())).count()).isEqualTo(1);
    }
  }

  /** A process dies with its parent however that ends, in a folder whose name needs quoting. */
  @Test
  void nothingOutlivesTheParent(@TempDir Path folder) throws IOException, InterruptedException {
    Path spaced = Files.createDirectory(folder.resolve("a b'c \"é"));
    StringBuilder classPath = new StringBuilder();
    int number = 0;
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      Path named = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(named)) {
        named = Files.createSymbolicLink(spaced.resolve("entrée " + number++), named);
      }
      classPath.append(classPath.isEmpty() ? "" : java.io.File.pathSeparator).append(named);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + spaced,
            "-cp",
            classPath.toString(),
            Parent.class.getName());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8");
    Process parent = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("Le chat dort.");
      ProcessHandle child = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();
      parent.destroyForcibly().waitFor();
      while (child.isAlive()) {
        Thread.sleep(20);
      }
    }
    try (Stream<Path> left = Files.list(spaced)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("verso-")).count())
          .isEqualTo(2);
    }
    try (TemporaryFolder next = TemporaryFolder.in(spaced);
        Stream<Path> left = Files.list(spaced)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("verso-")))
          .allMatch(path -> path.toString().startsWith(next.path().toString()));
    }
  }

  /** Reads a file and goes on to one without end; says what it read and who reads the other. */
  static final class Parent {
    private Parent() {}

    @SuppressWarnings("SystemOut") // the test reads it
    public static void main(String[] arguments) throws InterruptedException {
      ReaderProcesses readers = new ReaderProcesses(new FileLimits(2000, 100, 100, 128, 1));
      System.out.println(
          texts(readers, "a.pdf", Pdfs.saying("Le chat dort.")).get(0).text().strip());
      CompletableFuture<?> endless =
          CompletableFuture.supplyAsync(() -> texts(readers, "sans-fin.pdf", ENDLESS));
      Thread.sleep(1000); // by then it is at work
      System.out.println(children().findFirst().orElseThrow().pid());
      endless.join();
    }
  }
}
