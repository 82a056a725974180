package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that is spelt wrongly is named, with the one that was meant. */
class KnownSettingsTest {

  @Test
  void theTableListsWhatThereIs() throws IOException {
    String table = Files.readString(Path.of("src/docs/configuration.md"));
    Set<String> listed =
        Pattern.compile("^\\| `(verso\\.[a-z.-]+)`", Pattern.MULTILINE)
            .matcher(table)
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toSet());
    assertThat(listed).isEqualTo(new KnownSettings().names());
  }

  @Test
  void whatThereIsNotIsRefused() {
    assertThatThrownBy(() -> VersoService.start(Map.of("verso.limits.charcters", "5")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("verso.limits.charcters")
        .hasMessageContaining("did you mean verso.limits.characters?");
  }

  @Test
  void inAFileToo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yml");
    Files.writeString(file, "verso:\n  job:\n    workers: 2\n");
    assertThatThrownBy(
            () ->
                VersoService.start(
                    Map.of("spring.config.additional-location", file.toUri().toString())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("verso.job.workers")
        .hasMessageContaining("verso.jobs.workers");
  }
}
