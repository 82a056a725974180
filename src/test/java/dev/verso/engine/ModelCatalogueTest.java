package dev.verso.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.model.ModelException;
import dev.verso.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {

  @TempDir private Path store;

  private ModelCatalogue catalogue;
  private Path toy;

  @BeforeEach
  void putAToyModelThere() throws IOException {
    catalogue = new ModelCatalogue(store);
    toy = Files.createDirectories(store.resolve("toy--opus"));
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/merged-toy"))) {
      for (Path file : files.toList()) {
        Files.copy(file, toy.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        toy.resolve("manifest.json"),
        "{\"id\":\"toy/opus\",\"layout\":\"merged\",\"license\":\"cc0-1.0\",\"sha256\":{}}");
  }

  @Test
  void theShippedModelIsInUseUntilAnotherIsChosen() throws IOException {
    assertThat(catalogue.list())
        .extracting(ModelCatalogue.Entry::name)
        .containsExactly("fr-en", "toy/opus");
    assertThat(catalogue.list())
        .extracting(ModelCatalogue.Entry::inUse)
        .containsExactly(true, false);
    assertThat(catalogue.directory(Optional.empty())).isEqualTo(Engine.shippedModel());
    catalogue.use("toy/opus");
    assertThat(catalogue.list())
        .extracting(ModelCatalogue.Entry::inUse)
        .containsExactly(false, true);
    assertThat(catalogue.directory(Optional.empty())).isEqualTo(toy);
    catalogue.use("fr-en");
    assertThat(catalogue.directory(Optional.empty())).isEqualTo(Engine.shippedModel());
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> catalogue.use("nobody/nothing"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nobody/nothing")
        .hasMessageContaining("models pull");
  }

  @Test
  void theShippedModelIsWhatItsManifestSays() {
    List<String> report = ModelCatalogue.verify(Engine.shippedModel());
    assertThat(report).anyMatch(line -> line.contains("encoder.onnx: hash as promised"));
    assertThat(report).contains("word links");
  }

  @Test
  void aModelThatLacksAFileIsNotGood() throws IOException {
    Files.delete(toy.resolve("decoder_model_merged.onnx"));
    assertThatThrownBy(() -> ModelCatalogue.verify(toy))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("decoder_model_merged");
  }
}
