package dev.verso.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.InputException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLengthTest {

  @TempDir private Path folder;

  private Database open() {
    return Database.open(Database.fileUrl(folder.resolve("service")), "", "");
  }

  private void cut(double part) throws Exception {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("service.mv.db").toFile(), "rw")) {
      file.setLength((long) (part * file.length()));
    }
  }

  @Test
  void aFileThatWasCutOffIsNotOpened() throws Exception {
    try (Database database = open()) {
      new KeyStore(database).make("first", Set.of("jobs"), Optional.empty());
    }
    cut(0.9);
    assertThatThrownBy(this::open)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("service.mv.db")
        .hasMessageContaining("truncated");
  }

  @Test
  void itIsNoticedAfterAKillToo() throws Exception {
    try (Database database = open()) {
      new KeyStore(database).make("first", Set.of("jobs"), Optional.empty());
    }
    long length = Files.size(folder.resolve("service.mv.db"));
    Files.writeString(folder.resolve("service.length"), "open " + length);
    cut(0.4);
    assertThatThrownBy(this::open).isInstanceOf(InputException.class);
  }

  @Test
  void aWholeFileIsOpenedAgainAndAgain() {
    for (int i = 1; i <= 3; i++) {
      try (Database database = open()) {
        new KeyStore(database).make("key", Set.of("jobs"), Optional.empty());
        assertThat(new KeyStore(database).list()).hasSize(i);
      }
    }
  }
}
