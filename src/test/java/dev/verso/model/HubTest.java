package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.HubServer;
import dev.verso.text.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pulling from a server that behaves like a hub: redirects to a second host, ranges, hub.failures.
 */
class HubTest {

  private static final Path TOY = Path.of("src/test/resources/merged-toy");
  private static final String DECODER = "onnx/decoder_model_merged.onnx";

  @TempDir private Path folder;

  private HubServer hub;

  @BeforeEach
  void start() throws IOException {
    hub = new HubServer("toy/opus");
    for (String name :
        List.of(
            "config.json",
            "generation_config.json",
            "tokenizer_config.json",
            "vocab.json",
            "source.spm",
            "target.spm")) {
      hub.files.put(name, Files.readAllBytes(TOY.resolve(name)));
    }
    hub.files.put("onnx/encoder_model.onnx", Files.readAllBytes(TOY.resolve("encoder_model.onnx")));
    hub.files.put(DECODER, Files.readAllBytes(TOY.resolve("decoder_model_merged.onnx")));
    hub.files.put("README.md", "---\nlicense: cc-by-4.0\n---\n".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void pull(String repository, String token) {
    new Hub(URI.create(hub.uri() + "/"), Optional.ofNullable(token), Duration.ofMillis(1))
        .pull(repository, "main", Hub.Precision.FP32, folder, (file, done, total) -> {});
  }

  @Test
  void aPulledModelLoadsAndSaysWhatItIs() {
    pull("toy/opus", null);
    try (TranslationModel model = TranslationModel.load(folder)) {
      assertThat(model.manifest().id()).isEqualTo("toy/opus");
      assertThat(model.manifest().license()).isEqualTo("cc-by-4.0");
      assertThat(model.manifest().layout()).isEqualTo("merged");
    }
    assertThat(ModelFiles.verify(folder)).hasSize(9);
  }

  @Test
  void whatIsThereIsNotFetchedAgain() {
    pull("toy/opus", null);
    hub.requests.clear();
    // A manifest of our own making is not the repository's.
    pull("toy/opus", null);
    assertThat(hub.requests).noneMatch(request -> request.startsWith("store"));
  }

  @Test
  void aTransferThatBreaksOffIsResumedWhereItStopped() {
    hub.cuts.set(2);
    pull("toy/opus", null);
    // How much of the third that was sent had arrived depends on the network.
    assertThat(hub.requests)
        .anyMatch(r -> r.matches("store /toy/opus/resolve/main/" + DECODER + " bytes=[1-9]\\d*-"));
    assertThat(ModelFiles.verify(folder)).isNotEmpty();
  }

  @Test
  void passingFailuresAreTriedAgainAndLastingOnesEnd() {
    hub.failures.set(3);
    pull("toy/opus", null);
    assertThat(ModelFiles.isComplete(folder)).isTrue();
    hub.failures.set(1000);
    assertThatThrownBy(
            () ->
                new Hub(hub.uri(), Optional.empty(), Duration.ofMillis(1))
                    .pull(
                        "toy/opus",
                        "main",
                        Hub.Precision.FP32,
                        folder.resolve("other"),
                        (file, done, total) -> {}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("500")
        .hasMessageContaining("try again");
  }

  @Test
  void aWrongHashIsNeverAccepted() {
    hub.wrongHash = true;
    assertThatThrownBy(() -> pull("toy/opus", null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("source.spm")
        .hasMessageContaining("hash");
    assertThat(folder.resolve("source.spm")).doesNotExist();
    assertThat(ModelFiles.isComplete(folder)).isFalse();
  }

  @Test
  void missingRepositoriesAndFilesAreNamed() {
    assertThatThrownBy(() -> pull("toy/nothing", null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy/nothing");
    hub.files.remove("vocab.json");
    assertThatThrownBy(() -> pull("toy/opus", null)).hasMessageContaining("vocab.json");
    assertThatThrownBy(() -> pull("../../etc", null)).hasMessageContaining("OWNER/NAME");
  }

  @Test
  void theTokenGoesToTheHubAlone() {
    hub.requiredToken = "secret";
    assertThatThrownBy(() -> pull("toy/opus", null)).hasMessageContaining("--token");
    pull("toy/opus", "secret");
    assertThat(hub.requests)
        .doesNotContain("LEAK")
        .anyMatch(request -> request.startsWith("store"));
  }

  @Test
  void anOfferSaysWhatAPullWillBring() throws IOException {
    Hub.Offer offer =
        new Hub(hub.uri(), Optional.empty(), Duration.ofMillis(1))
            .offer("toy/opus", "main", Hub.Precision.FP32, Cancellation.NONE);
    assertThat(offer.license()).isEqualTo("cc-by-4.0");
    assertThat(hub.requests).noneMatch(request -> request.startsWith("store"));
    pull("toy/opus", null);
    long fetched = 0;
    for (String file :
        List.of(
            "config.json",
            "vocab.json",
            "source.spm",
            "target.spm",
            "onnx/encoder_model.onnx",
            DECODER)) {
      fetched += Files.size(folder.resolve(file));
    }
    assertThat(offer.bytes()).isEqualTo(fetched);
    assertThatThrownBy(
            () ->
                new Hub(hub.uri(), Optional.empty(), Duration.ofMillis(1))
                    .offer("toy/nothing", "main", Hub.Precision.FP32, Cancellation.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("toy/nothing");
    assertThatThrownBy(
            () ->
                new Hub(hub.uri(), Optional.empty(), Duration.ofMillis(1))
                    .offer("toy/opus", "../..", Hub.Precision.FP32, Cancellation.NONE))
        .hasMessageContaining("branch");
  }

  @Test
  void aDamagedFileIsFoundOut() throws IOException {
    pull("toy/opus", null);
    byte[] bytes = Files.readAllBytes(folder.resolve("vocab.json"));
    bytes[40] ^= 1;
    Files.write(folder.resolve("vocab.json"), bytes);
    assertThatThrownBy(() -> ModelFiles.verify(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("vocab.json");
  }
}
