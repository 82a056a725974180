package dev.verso.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;

/** What holds of every document, whatever it was read from. */
final class DocumentChecks {

  private DocumentChecks() {}

  /** Segments are in order, disjoint, and without spaces at their edges. */
  static void assertInOrder(Document document) {
    int end = 0;
    for (Block block : document.blocks()) {
      for (Segment segment : block.segments()) {
        assertThat(segment.span().start()).isGreaterThanOrEqualTo(end);
        end = segment.span().end();
        String text = segment.text();
        assertThat(isSpace(text.charAt(0))).as("space before <%s>", text).isFalse();
        assertThat(isSpace(text.charAt(text.length() - 1))).as("space after <%s>", text).isFalse();
      }
    }
    assertThat(end).isLessThanOrEqualTo(document.text().length());
  }

  /** Each segment is cut out of the input, and no visible character lies outside all of them. */
  static void assertPlain(Document document) {
    assertInOrder(document);
    String text = document.text();
    BitSet covered = new BitSet(text.length());
    for (Block block : document.blocks()) {
      for (Segment segment : block.segments()) {
        assertThat(segment.text()).isEqualTo(segment.span().of(text));
        assertThat(segment.map().isIdentity()).isTrue();
        covered.set(segment.span().start(), segment.span().end());
      }
    }
    for (int i = covered.nextClearBit(0); i < text.length(); i = covered.nextClearBit(i + 1)) {
      if (!isSpace(text.charAt(i))) {
        throw new AssertionError(
            "unit " + i + " U+" + Integer.toHexString(text.charAt(i)) + " lies in no segment");
      }
    }
  }

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
