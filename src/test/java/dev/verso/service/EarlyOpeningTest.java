package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.model.ModelException;
import dev.verso.store.Database;
import dev.verso.text.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is opened beside the start goes with a start that fails, and says why it cannot be opened.
 */
class EarlyOpeningTest {

  @TempDir private Path data;

  @Test
  void aBusyPortLeavesNothingOpen() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(busy.getLocalPort());
      failsWithNothingLeftOpen(Map.of("server.port", port), "port " + port + " is in use");
    }
  }

  @Test
  void neitherDoesARefusalBeforeTheModelIsAskedFor() {
    failsWithNothingLeftOpen(
        Map.of("server.port", "0", "server.address", "0.0.0.0"), "no API key is defined");
  }

  private void failsWithNothingLeftOpen(Map<String, String> settings, String reason) {
    Set<Thread> before = decoders();
    assertThatThrownBy(() -> VersoService.start(with(settings)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(reason);
    assertThat(decoders()).isSubsetOf(before);
    // H2 lets one process in, through one lock: it is free again.
    Database.open(Database.fileUrl(data.resolve("service")), "", "").close();
  }

  @Test
  void aModelThatIsNoneIsNamed() throws IOException {
    Path model = Files.createDirectory(data.resolve("empty"));
    assertThatThrownBy(
            () -> VersoService.start(with(Map.of("server.port", "0", "verso.model", model + ""))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(model.toString());
  }

  @Test
  void aDatabaseThatCannotBeReachedIsNamed() {
    Map<String, String> settings =
        Map.of("server.port", "0", "verso.database.url", "jdbc:nothing:there");
    assertThatThrownBy(() -> VersoService.start(with(settings)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("jdbc:nothing:there");
  }

  private Map<String, String> with(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("verso.data", data.toString());
    return all;
  }

  private static Set<Thread> decoders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("verso-decoder"))
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }
}
