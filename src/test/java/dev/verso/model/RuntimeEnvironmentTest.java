package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end while a model is being loaded ends; it does not crash. */
class RuntimeEnvironmentTest {

  private static final Path PRODUCTS = Path.of("src/test/resources/products/products.onnx");

  @Test
  void itIsHeld() {
    assertThat(RuntimeEnvironment.hold()).isTrue();
  }

  @Test
  void loadingGoesOnWhileTheProcessEnds(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:ErrorFile=" + folder.resolve("crash"),
                    "-XX:-CreateCoredumpOnCrash",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Loading.class.getName()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(7);
    assertThat(Files.readString(log)).contains("loaded while ending");
  }

  /** Loads a graph again and again, also while shutdown hooks run. */
  static final class Loading {

    private Loading() {}

    private static volatile boolean ending;

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch loaded = new CountDownLatch(1);
      CountDownLatch loadedWhileEnding = new CountDownLatch(3);
      Thread loading =
          new Thread(
              () -> {
                while (true) {
                  boolean late = ending;
                  Graph.loadOwn(PRODUCTS).close();
                  loaded.countDown();
                  if (late) {
                    loadedWhileEnding.countDown();
                  }
                }
              });
      loading.setDaemon(true);
      loading.start();
      loaded.await();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      // The library's own hook runs beside this one.
                      Thread.sleep(500);
                      ending = true;
                      loadedWhileEnding.await();
                      System.out.println("loaded while ending");
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      System.exit(7);
    }
  }
}
