package dev.verso.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.bitext.Bead;
import dev.verso.bitext.SentenceAlignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every sentence aligner owes, whatever the texts. */
class SentenceAlignerContractTest {
  private static final List<String> FRENCH = Books.LA_FAUTE.pair().source().subList(0, 40);
  private static final List<String> ENGLISH = Books.LA_FAUTE.pair().target().subList(0, 36);

  private static List<SentenceAligner> aligners() {
    return List.of(
        new GaleChurchAligner(),
        LogLinearAligner.lengthsAndCognates(),
        LogLinearAligner.shipped(),
        LogLinearAligner.shipped().withoutLexicon(),
        LogLinearAligner.shipped().mirrored());
  }

  private static List<TextPair> pairs() {
    List<String> dashes = Collections.nCopies(7, "— Non.");
    List<String> blanks = List.of("", " ", "…", "***", "\uD83D\uDE00");
    List<String> moved = new ArrayList<>(ENGLISH);
    Collections.rotate(moved, 12);
    List<String> long1 = List.of("mot ".repeat(3000).strip());
    List<Integer> french = FRENCH.stream().map(s -> FRENCH.indexOf(s) / 4).sorted().toList();
    List<Integer> english = ENGLISH.stream().map(s -> ENGLISH.indexOf(s) / 3).sorted().toList();
    return List.of(
        TextPair.of(List.of(), List.of()),
        TextPair.of(FRENCH, List.of()),
        TextPair.of(List.of(), ENGLISH),
        TextPair.of(List.of("Un."), List.of("One.")),
        TextPair.of(FRENCH, ENGLISH),
        TextPair.of(FRENCH, FRENCH),
        TextPair.of(FRENCH, ENGLISH.subList(10, 14)),
        TextPair.of(FRENCH.subList(10, 14), ENGLISH),
        TextPair.of(FRENCH, moved),
        TextPair.of(dashes, Collections.nCopies(9, "\"No.\"")),
        TextPair.of(blanks, blanks),
        TextPair.of(blanks, ENGLISH),
        TextPair.of(long1, ENGLISH),
        new TextPair(FRENCH, ENGLISH, french, english, Optional.of(FRENCH)),
        TextPair.of(FRENCH, Books.EMMA.pair().target().subList(50, 120)));
  }

  static Stream<Arguments> cases() {
    return aligners().stream().flatMap(a -> pairs().stream().map(p -> Arguments.of(a, p)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void beadsCoverBothTextsAndAreTheSameTwice(SentenceAligner aligner, TextPair pair) {
    // SentenceAlignment itself checks that beads cover each sentence once and do not cross.
    SentenceAlignment alignment = aligner.align(pair);
    assertThat(alignment.sourceSentences()).isEqualTo(pair.source().size());
    assertThat(alignment.targetSentences()).isEqualTo(pair.target().size());
    assertThat(aligner.align(pair)).isEqualTo(alignment);
    if (pair.source().isEmpty() || pair.target().isEmpty()) {
      assertThat(alignment.beads()).allMatch(Bead::isNull);
    }
  }

  static Stream<SentenceAligner> all() {
    return aligners().stream().limit(3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void findsMostBeadsOfAnEasyText(SentenceAligner aligner) {
    List<Bead> found = aligner.align(Books.LA_FAUTE.pair()).beads();
    long right =
        Books.LA_FAUTE.beads().stream()
            .filter(gold -> found.stream().anyMatch(gold::tiesSame))
            .count();
    assertThat(right).isGreaterThan(Books.LA_FAUTE.beads().size() * 8 / 10);
  }
}
