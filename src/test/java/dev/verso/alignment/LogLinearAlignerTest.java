package dev.verso.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.alignment.AlignmentWeights.Feature;
import dev.verso.bitext.Bead;
import dev.verso.bitext.SentenceAlignment;
import dev.verso.language.WordTokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogLinearAlignerTest {
  private static final LogLinearAligner ALIGNER = LogLinearAligner.shipped();

  /** Beads as sets of sentences, for the place of an empty side is no claim. */
  private static Set<String> ties(List<Bead> beads) {
    return beads.stream()
        .map(
            b ->
                (b.sourceSize() == 0 ? "" : b.sourceStart() + "-" + b.sourceEnd())
                    + ":"
                    + (b.targetSize() == 0 ? "" : b.targetStart() + "-" + b.targetEnd()))
        .collect(Collectors.toSet());
  }

  private static double shared(Set<String> a, Set<String> b) {
    return 2.0 * a.stream().filter(b::contains).count() / (a.size() + b.size());
  }

  @Test
  void mirroredParametersOnSwappedSidesMirrorTheBeads() {
    for (GoldAlignment book : Books.all()) {
      List<Bead> straight = ALIGNER.align(book.pair()).beads();
      List<Bead> swapped = ALIGNER.mirrored().align(book.pair().mirrored()).mirrored().beads();
      assertThat(ties(swapped)).as(book.name()).isEqualTo(ties(straight));
      for (GaleChurchAligner lengths : List.of(new GaleChurchAligner())) {
        assertThat(ties(lengths.mirrored().align(book.pair().mirrored()).mirrored().beads()))
            .isEqualTo(ties(lengths.align(book.pair()).beads()));
      }
    }
  }

  /** Beads of one text after another are the beads of each, but for some near the seam. */
  @Test
  void concatenatedPairsConcatenateTheirBeads() {
    TextPair first = Books.JANE_EYRE.pair();
    TextPair second = Books.LA_FAUTE.pair();
    TextPair both =
        TextPair.of(
            concatenated(first, second, TextPair::source),
            concatenated(first, second, TextPair::target));
    for (SentenceAligner aligner : List.of(new GaleChurchAligner(), ALIGNER)) {
      Set<String> joint = ties(aligner.align(both).beads());
      List<Bead> apart = new ArrayList<>();
      for (Bead bead : aligner.align(first).beads()) {
        if (bead.sourceEnd() < first.source().size() - 8) {
          apart.add(bead);
        }
      }
      for (Bead bead : aligner.align(second).beads()) {
        if (bead.sourceStart() >= 8) {
          apart.add(
              new Bead(
                  bead.sourceStart() + first.source().size(),
                  bead.sourceEnd() + first.source().size(),
                  bead.targetStart() + first.target().size(),
                  bead.targetEnd() + first.target().size(),
                  1));
        }
      }
      long kept = ties(apart).stream().filter(joint::contains).count();
      // The log-linear aligner learns its words from both texts at once, so a few beads may differ.
      double least = aligner == ALIGNER ? 0.96 : 1;
      assertThat((double) kept / apart.size()).isGreaterThanOrEqualTo(least);
    }
  }

  private static List<String> concatenated(
      TextPair first, TextPair second, Function<TextPair, List<String>> side) {
    List<String> all = new ArrayList<>(side.apply(first));
    all.addAll(side.apply(second));
    return all;
  }

  @Test
  void theBandHoldsWhatTheWholeGridFinds() {
    AlignmentWeights weights = AlignmentWeights.shipped("fast");
    for (GoldAlignment book : Books.all()) {
      PairEvidence evidence = evidence(book.pair());
      Band whole = Band.full(evidence.source.size, evidence.target.size);
      Band band = CoarseSearch.band(evidence, 12, 40 * 40);
      assertThat(band.size()).isLessThan(whole.size() / 2);
      List<Bead> dense = new Lattice(whole, evidence.scorer(whole, weights)).best(new double[1]);
      List<Bead> banded = new Lattice(band, evidence.scorer(band, weights)).best(new double[1]);
      assertThat(banded).as(book.name()).isEqualTo(dense);
    }
  }

  @Test
  void smallCasesAreTheSameInTheBand() {
    AlignmentWeights weights = AlignmentWeights.shipped("fast");
    int narrower = 0;
    for (GoldAlignment book : Books.all()) {
      for (int start = 0; start + 40 < book.beads().size(); start += 20) {
        Bead first = book.beads().get(start);
        Bead last = book.beads().get(start + 39);
        TextPair pair =
            TextPair.of(
                book.pair().source().subList(first.sourceStart(), last.sourceEnd()),
                book.pair().target().subList(first.targetStart(), last.targetEnd()));
        PairEvidence evidence = evidence(pair);
        Band whole = Band.full(pair.source().size(), pair.target().size());
        Band band = CoarseSearch.band(evidence, 12, 10 * 10);
        narrower += band.size() < whole.size() ? 1 : 0;
        assertThat(new Lattice(band, evidence.scorer(band, weights)).best(new double[1]))
            .as(book.name() + " from bead " + start)
            .isEqualTo(new Lattice(whole, evidence.scorer(whole, weights)).best(new double[1]));
      }
    }
    assertThat(narrower).isGreaterThan(10);
  }

  private static PairEvidence evidence(TextPair pair) {
    SentenceFeatures.Ids shared = new SentenceFeatures.Ids();
    return PairEvidence.of(
        pair,
        new SentenceFeatures(pair.source(), WordTokenizer.FRENCH, shared),
        new SentenceFeatures(pair.target(), WordTokenizer.ENGLISH, shared),
        StemLexicon.shipped(),
        LengthModel.FRENCH_ENGLISH);
  }

  @Test
  void unrelatedTextsScoreBelowEveryTruePair() {
    double leastTrue = 1;
    double mostFalse = 0;
    for (GoldAlignment french : Books.all()) {
      for (GoldAlignment english : Books.all()) {
        SentenceAlignment alignment =
            ALIGNER.align(TextPair.of(french.pair().source(), english.pair().target()));
        if (french.equals(english)) {
          leastTrue = Math.min(leastTrue, alignment.documentScore());
        } else {
          mostFalse = Math.max(mostFalse, alignment.documentScore());
          assertThat(alignment.beads())
              .filteredOn(bead -> !bead.isNull())
              .allMatch(bead -> bead.posterior() < 0.5);
        }
      }
    }
    assertThat(leastTrue).isGreaterThan(0.65);
    assertThat(mostFalse).isLessThan(0.01);
  }

  /** One sentence is little to go by, but enough to tell these apart. */
  @Test
  void singleSentencesAreTold() {
    List<String> french =
        List.of(
            "Le président a démissionné mardi.",
            "Il pleut.",
            "La banque centrale a relevé ses taux d’un quart de point, à 4,5 %.");
    List<String> english =
        List.of(
            "The president resigned on Tuesday.",
            "It is raining.",
            "The central bank raised its rates by a quarter of a point to 4.5%.");
    for (int i = 0; i < french.size(); i++) {
      for (int j = 0; j < english.size(); j++) {
        double score =
            ALIGNER
                .align(TextPair.of(french.subList(i, i + 1), english.subList(j, j + 1)))
                .documentScore();
        if (i == j) {
          assertThat(score).isGreaterThan(0.9);
        } else {
          assertThat(score).isLessThan(0.2);
        }
      }
    }
  }

  /** Where half of the translation is another text's, the beads that tie it are worth little. */
  @Test
  void foreignPassagesAreNotTiedWithConfidence() {
    List<String> own = Books.LA_FAUTE.pair().target().subList(0, 113);
    List<String> foreign = Books.JANE_EYRE.pair().target().subList(0, 100);
    List<String> mixed = new ArrayList<>(own);
    mixed.addAll(foreign);
    List<Bead> beads = ALIGNER.align(TextPair.of(Books.LA_FAUTE.pair().source(), mixed)).beads();
    double tiedOwn = 0;
    double tiedForeign = 0;
    for (Bead bead : beads) {
      if (!bead.isNull()) {
        for (int j = bead.targetStart(); j < bead.targetEnd(); j++) {
          if (j < own.size()) {
            tiedOwn += bead.posterior();
          } else {
            tiedForeign += bead.posterior();
          }
        }
      }
    }
    assertThat(tiedOwn / own.size()).isGreaterThan(0.9);
    assertThat(tiedForeign / foreign.size()).isLessThan(0.1);
  }

  /** A passage that stands elsewhere in the translation is no counterpart where it stood. */
  @Test
  void movedPassagesAreLeftOutNotForced() {
    List<String> target = Books.LA_FAUTE.pair().target();
    List<String> moved = new ArrayList<>(target.subList(0, 80));
    moved.addAll(target.subList(120, target.size()));
    moved.addAll(target.subList(80, 120));
    double tied = 0;
    for (Bead bead : ALIGNER.align(TextPair.of(Books.LA_FAUTE.pair().source(), moved)).beads()) {
      if (!bead.isNull() && bead.targetStart() >= target.size() - 40) {
        tied += bead.posterior() * bead.targetSize();
      }
    }
    assertThat(tied / 40).isLessThan(0.05);
  }

  @Test
  void theSameLanguageTwiceIsNoTranslation() {
    for (GoldAlignment book : Books.all()) {
      List<String> french = book.pair().source();
      List<String> english = book.pair().target();
      assertThat(ALIGNER.align(TextPair.of(french, french)).documentScore()).isLessThan(0.1);
      assertThat(ALIGNER.align(TextPair.of(english, english)).documentScore()).isLessThan(0.1);
      assertThat(ALIGNER.align(TextPair.of(english, french)).documentScore()).isLessThan(0.1);
    }
  }

  /** With the target itself as translation, every sentence finds its own. */
  @Test
  void translationsOfTheSourceDecide() {
    List<String> english = Books.LA_FAUTE.pair().target().subList(20, 60);
    List<String> french = Collections.nCopies(40, "Une phrase que rien ne distingue.");
    AlignmentWeights weights =
        AlignmentWeights.shipped("fast")
            .with(Feature.TRANSLATED_WORDS, 0.2)
            .with(Feature.TRANSLATED_GRAMS, 0.05);
    SentenceAlignment alignment =
        ALIGNER.withWeights(weights).align(TextPair.of(french, english).withTranslations(english));
    assertThat(alignment.beads()).allMatch(bead -> bead.type().equals("1-1"));
  }

  @Test
  void aMarginIsAskedOnceForBeadsInDoubtAndDecidesThem() {
    TextPair pair = Books.EMMA.pair();
    Set<List<String>> gold =
        Books.EMMA.beads().stream()
            .filter(bead -> !bead.isNull())
            .map(
                bead ->
                    List.of(
                        String.join(
                            " ", pair.source().subList(bead.sourceStart(), bead.sourceEnd())),
                        String.join(
                            " ", pair.target().subList(bead.targetStart(), bead.targetEnd()))))
            .collect(Collectors.toSet());
    List<Integer> calls = new ArrayList<>();
    TranslationMargin oracle =
        (candidates, source) -> {
          calls.add(candidates.size());
          assertThat(candidates).doesNotHaveDuplicates();
          return candidates.stream()
              .mapToDouble(
                  c ->
                      gold.contains(
                              List.of(String.join(" ", c.source()), String.join(" ", c.target())))
                          ? 2
                          : -2)
              .toArray();
        };
    Set<String> right = ties(Books.EMMA.beads());
    AlignmentWeights weights = AlignmentWeights.shipped("fast").with(Feature.MARGIN, 0.5);
    double without = shared(ties(ALIGNER.align(pair).beads()), right);
    double with =
        shared(ties(ALIGNER.withWeights(weights).withMargin(oracle).align(pair).beads()), right);
    assertThat(with).isGreaterThan(without + 0.05);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0)).isLessThan(pair.source().size() * 10);
  }

  @Test
  void paragraphsHoldBeadsTogether() {
    List<String> french = List.of("Oui.", "Non.", "Oui.", "Non.");
    List<String> english = List.of("Yes.", "No.", "Yes.", "No.");
    SentenceAlignment alignment =
        ALIGNER.align(
            new TextPair(
                french, english, List.of(0, 0, 1, 1), List.of(0, 0, 1, 1), Optional.empty()));
    assertThat(alignment.beads()).extracting(Bead::type).containsOnly("1-1");
  }

  /** Nothing tells repeated sentences apart, yet one by one is the best guess. */
  @Test
  void repeatedSentencesGoOneByOne() {
    List<String> french = new ArrayList<>(List.of("Loi sur le blé", "Titre abrégé"));
    List<String> english = new ArrayList<>(List.of("Wheat Act", "Short title"));
    french.addAll(Collections.nCopies(30, "[Modification]"));
    english.addAll(Collections.nCopies(30, "[Amendment]"));
    // As in laws: one amendment or several, in any order.
    Random random = new Random(4);
    for (int k = 0; k < 45; k++) {
      boolean several = random.nextBoolean();
      french.add(several ? "[Modifications]" : "[Modification]");
      english.add(several ? "[Amendments]" : "[Amendment]");
    }
    french.add("Entrée en vigueur de la loi");
    english.add("Coming into force of the Act");
    assertThat(ALIGNER.align(TextPair.of(french, english)).beads())
        .extracting(Bead::type)
        .containsOnly("1-1");
  }

  /** A heading that comes back before each passage finds its own, and one too many finds none. */
  @Test
  void headingsThatComeBackFindTheirOwn() {
    List<String> french = new ArrayList<>();
    List<String> english = new ArrayList<>();
    Set<String> headings = new HashSet<>();
    for (Bead bead : Books.LA_FAUTE.beads().subList(0, 120)) {
      if (french.size() % 3 == 0) {
        for (int times = 0; times < 2; times++) {
          headings.add(
              french.size()
                  + "-"
                  + (french.size() + 1)
                  + ":"
                  + english.size()
                  + "-"
                  + (english.size() + 1));
          french.add("Définitions");
          english.add("Definitions");
        }
      }
      french.addAll(Books.LA_FAUTE.pair().source().subList(bead.sourceStart(), bead.sourceEnd()));
      english.addAll(Books.LA_FAUTE.pair().target().subList(bead.targetStart(), bead.targetEnd()));
    }
    assertThat(headings).hasSizeGreaterThan(30);
    headings.removeAll(ties(ALIGNER.align(TextPair.of(french, english)).beads()));
    // One stands beside a sentence that the translator left out, and takes it along.
    assertThat(headings).hasSizeLessThanOrEqualTo(1);

    List<Bead> uneven =
        ALIGNER
            .align(
                TextPair.of(
                    Collections.nCopies(12, "[Abrogé, 2001]"),
                    Collections.nCopies(11, "[Repealed, 2001]")))
            .beads();
    assertThat(uneven).extracting(Bead::type).containsOnly("1-1", "1-0");
    assertThat(uneven).hasSize(12);
  }
}
