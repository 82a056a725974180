package dev.verso.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.model.ModelException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedModelsTest {

  @TempDir private Path folder;

  private Path copy() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Engine.shippedModel())) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
    return model;
  }

  @Test
  void damagedWeightsAreNotUsed() throws Exception {
    Path model = copy();
    VerifiedModels models = new VerifiedModels(folder.resolve("data"));
    models.require(model);
    Path weights = model.resolve("decoder.onnx");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old ^ 1);
    }
    Files.setLastModifiedTime(weights, FileTime.fromMillis(1_000_000));
    assertThatThrownBy(() -> models.require(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("decoder.onnx")
        .hasMessageContaining("damaged");
    // Nothing of it is remembered.
    assertThatThrownBy(() -> models.require(model)).isInstanceOf(ModelException.class);
  }

  @Test
  void whatWasVerifiedIsNotReadAgain() throws Exception {
    Path model = copy();
    Path data = folder.resolve("data");
    new VerifiedModels(data).require(model);
    Path memory = data.resolve("verified-models.tsv");
    FileTime written = FileTime.fromMillis(5_000_000);
    Files.setLastModifiedTime(memory, written);
    new VerifiedModels(data).require(model);
    assertThat(Files.getLastModifiedTime(memory)).isEqualTo(written);
    assertThat(Files.readAllLines(memory)).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoHindrance() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    new VerifiedModels(file.resolve("data")).require(Engine.shippedModel());
    assertThat(file).isEmptyFile();
  }
}
