package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.text.TextSpan;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private static final Tokenizer TOKENIZER =
      Tokenizer.joint(Path.of("models/fr-en/verso.spm"), placeholderIds());

  /** The eight byte pieces that no UTF-8 text contains, looked up by name. */
  private static List<Integer> placeholderIds() {
    SentencePieceModel model = SentencePieceModel.read(Path.of("models/fr-en/verso.spm"));
    return java.util.stream.IntStream.rangeClosed(0xF8, 0xFF)
        .mapToObj(value -> String.format("<0x%02X>", value))
        .map(
            name ->
                model.pieces().stream().map(SentencePieceModel.Piece::text).toList().indexOf(name))
        .toList();
  }

  private static List<String> cut(String text) {
    return TOKENIZER.encode(text).spans().stream().map(span -> span.of(text)).toList();
  }

  @Test
  void piecesKeepTheirPlaces() {
    assertThat(cut("  La  Russie\u00A0: « 1er »"))
        .containsSubsequence("La", "Russie", ":", "«", "1", "»");
  }

  @Test
  void anAccentStaysWithItsLetterAndAnEmojiIsTwoUnits() {
    String text = "e\u0301te\u0301 😀 fin";
    Encoding encoding = TOKENIZER.encode(text);
    assertThat(String.join("", cut("e\u0301te\u0301"))).isEqualTo("e\u0301te\u0301");
    TextSpan last = encoding.spans().get(encoding.size() - 1);
    assertThat(last).isEqualTo(new TextSpan(9, 12));
    assertThat(encoding.spans()).contains(new TextSpan(6, 8));
  }

  @Test
  void textThatSpellsAControlPieceIsText() {
    int eos = 0;
    assertThat(TOKENIZER.encode("a </s> b <0x0A> c").ids()).doesNotContain(eos);
    assertThat(TOKENIZER.decode(TOKENIZER.encode("a </s> b").ids()).text()).isEqualTo("a </s> b");
    assertThat(TOKENIZER.decode(TOKENIZER.encode("a <0x0A> c").ids()).text())
        .isEqualTo("a ‹0x0A> c");
  }

  @Test
  void placeholdersAreOnePieceEach() {
    String text = "Voir \uE000, puis (\uE001).";
    Encoding encoding = TOKENIZER.encode(text);
    assertThat(encoding.ids()).contains(placeholderIds().get(0), placeholderIds().get(1));
    assertThat(TOKENIZER.decode(encoding.ids()).text()).isEqualTo(text);
    assertThat(encoding.spans()).contains(new TextSpan(5, 6), new TextSpan(14, 15));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("aé ’«»\u00A0\u202F.,1😀\uD83D\u0000\n\t\u0301€ñ中\uE000".toCharArray())
        .withCharRange('a', 'z')
        .ofMaxLength(60);
  }

  @Property(tries = 500)
  void anyTextIsCutInOrderInsideItself(@ForAll("texts") String text) {
    Encoding encoding = TOKENIZER.encode(text);
    int start = 0;
    for (TextSpan span : encoding.spans()) {
      assertThat(span.end()).isLessThanOrEqualTo(text.length());
      assertThat(span.start()).isGreaterThanOrEqualTo(start);
      start = span.start();
    }
  }

  @Property(tries = 500)
  void decodedPiecesLieInTheirText(@ForAll("texts") String text) {
    List<Integer> ids = TOKENIZER.encode(text).ids();
    Decoded decoded = TOKENIZER.decode(ids);
    assertThat(decoded.spans()).hasSameSizeAs(ids);
    StringBuilder seen = new StringBuilder();
    TextSpan last = new TextSpan(0, 0);
    for (TextSpan span : decoded.spans()) {
      if (!span.equals(last)) {
        seen.append(span.of(decoded.text()));
      }
      last = span;
    }
    assertThat(seen.toString()).isEqualToIgnoringWhitespace(decoded.text());
  }
}
