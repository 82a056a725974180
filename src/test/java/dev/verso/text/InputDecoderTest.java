package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputDecoderTest {

  private static final String FRENCH = "Été à Noël : « l’œuvre » coûte 12 €.\r\nFin.\n";
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static DecodedInput decode(byte[] bytes) {
    return InputDecoder.decode("a", bytes, Optional.empty(), true);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, efbbbf",
    "UTF-16LE, fffe",
    "UTF-16BE, feff",
    "UTF-32LE, fffe0000",
    "UTF-32BE, 0000feff"
  })
  void theByteOrderMarkDecidesAndIsNoText(String charset, String mark) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex(mark));
    bytes.writeBytes(FRENCH.getBytes(Charset.forName(charset)));
    DecodedInput input =
        InputDecoder.decode("a", bytes.toByteArray(), Optional.of(WINDOWS_1252), false);
    assertThat(input.text()).isEqualTo(FRENCH);
    assertThat(input.encoding()).isEqualTo(Charset.forName(charset));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE"})
  void withoutAMarkTheBytesTell(String charset) {
    DecodedInput input = decode(FRENCH.getBytes(Charset.forName(charset)));
    assertThat(input.text()).isEqualTo(FRENCH);
    assertThat(input.encoding()).isEqualTo(Charset.forName(charset));
  }

  @Test
  void aPageInUtf8IsReadAsSuchWhateverItClaims() {
    String page = "<html><head><meta charset=\"iso-8859-1\"></head><body>L’été</body></html>";
    DecodedInput input = decode(page.getBytes(StandardCharsets.UTF_8));
    assertThat(input.encoding()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(input.text()).isEqualTo(page);
    assertThat(decode(page.getBytes(WINDOWS_1252)).text()).isEqualTo(page);
  }

  @Test
  void aBrokenByteCostsOneCharacter() {
    byte[] bytes = "Voilà la forêt déjà gelée".getBytes(StandardCharsets.UTF_8);
    DecodedInput cut = decode(Arrays.copyOf(bytes, bytes.length - 2));
    assertThat(cut.encoding()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(cut.text()).isEqualTo("Voilà la forêt déjà gel\ufffd");
  }

  @Test
  void aDeclarationCountsUnlessTheBytesContradictIt() {
    byte[] latin9 = "cœur 5 €".getBytes(Charset.forName("ISO-8859-15"));
    assertThat(
            InputDecoder.decode("a", latin9, Optional.of(Charset.forName("ISO-8859-15")), false)
                .text())
        .isEqualTo("cœur 5 €");
    byte[] latin1 = "déjà".getBytes(WINDOWS_1252);
    assertThat(InputDecoder.decode("a", latin1, Optional.of(StandardCharsets.UTF_8), false).text())
        .isEqualTo("déjà");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><head><meta charset=iso-8859-2>",
        "<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-2'>",
        "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>"
      })
  void markupDeclaresItsEncoding(String head) {
    Charset latin2 = Charset.forName("ISO-8859-2");
    DecodedInput input = decode((head + "Łódź").getBytes(latin2));
    assertThat(input.text()).isEqualTo(head + "Łódź");
    assertThat(input.encoding()).isEqualTo(latin2);
  }

  @Test
  void latin1MeansWindows1252AsInBrowsers() {
    DecodedInput input = decode("<meta charset=latin1>l’œuf à 2 €".getBytes(WINDOWS_1252));
    assertThat(input.text()).endsWith("l’œuf à 2 €");
    assertThat(input.encoding()).isEqualTo(WINDOWS_1252);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "255044462d312e37", "504b030414000600", "89504e470d0a1a0a", "ffd8ffe000104a46",
        "1f8b080000000000", "d0cf11e0a1b11ae1", "7f454c4602010100", "4944330400000000"
      })
  void binaryFormatsAreNamedWithTheWayOut(String magic) {
    assertThatThrownBy(() -> decode(HexFormat.of().parseHex(magic)))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageStartingWith("a: this is a")
        .hasMessageContaining("not text");
  }

  @Test
  void otherBinaryDataIsRefused() {
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    assertThatThrownBy(() -> decode(noise)).isInstanceOf(UnreadableInputException.class);
    assertThatThrownBy(() -> decode(new byte[64])).isInstanceOf(UnreadableInputException.class);
  }

  @Test
  void textIsNotRefusedForAStrayControlOrForItsFirstLetters() {
    assertThat(decode("Bon\0jour".getBytes(StandardCharsets.UTF_8)).text()).hasSize(8);
    assertThat(decode("ID3 est un format.".getBytes(StandardCharsets.UTF_8)).text()).isNotEmpty();
    assertThat(decode(new byte[0]).text()).isEmpty();
  }
}
