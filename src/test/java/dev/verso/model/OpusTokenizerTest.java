package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real opus-mt model's tokenizers against SentencePiece, on FLORES. */
class OpusTokenizerTest {

  private static final Path FILES = Path.of("src/test/resources/opus-mt-tc-big-fr-en");

  @ParameterizedTest
  @CsvSource({"source,fr", "target,en"})
  void idsAreSentencePieces(String side, String language) throws IOException {
    List<String> lines =
        List.of(Files.readString(Path.of("evaluation/mt/flores-dev." + language)).split("\n"));
    List<String> golden = Files.readAllLines(FILES.resolve("flores-dev." + side + ".crc"));
    assertThat(lines).hasSameSizeAs(golden).hasSize(997);
    try (Tokenizer tokenizer = Tokenizer.joint(FILES.resolve(side + ".spm"), List.of())) {
      for (int i = 0; i < lines.size(); i++) {
        String ids =
            tokenizer.encode(lines.get(i)).ids().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        CRC32 crc = new CRC32();
        crc.update(ids.getBytes(StandardCharsets.UTF_8));
        assertThat(String.format("%08x", crc.getValue())).as(lines.get(i)).isEqualTo(golden.get(i));
      }
    }
  }
}
