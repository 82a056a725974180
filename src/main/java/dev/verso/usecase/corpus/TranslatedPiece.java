package dev.verso.usecase.corpus;

import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusLines;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusSentence;
import dev.verso.corpus.PairSide;
import dev.verso.engine.Engine;
import dev.verso.text.Cancellation;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stretch of a document with its machine translation, one English sentence for each French one.
 *
 * <p>The English document is called like the French one with {@value #ENGLISH} behind, and has a
 * sentence a line.
 *
 * @param order of its document among all
 * @param first index of its first sentence in the document
 * @param licence of the document
 * @param sources its sentences
 * @param targets their translations; blank where there is none
 * @param qualities estimated quality of each, in [0, 1]
 */
public record TranslatedPiece(
    int order,
    int first,
    String licence,
    List<PairSide> sources,
    List<String> targets,
    List<Double> qualities)
    implements Serializable {

  /** Sentences of a piece at most: a long document is shared out. */
  public static final int SENTENCES = 200;

  private static final String ENGLISH = "#en";
  private static final String NOTE = "machine translation";

  /** Copies the lists. */
  public TranslatedPiece {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    qualities = List.copyOf(qualities);
    if (sources.size() != targets.size() || sources.size() != qualities.size()) {
      throw new IllegalArgumentException(
          sources.size() + " sentences, " + targets.size() + " translations");
    }
  }

  /** Sentences {@code [first, first + SENTENCES)} of a document, as a document of its own. */
  public static CorpusDocument cut(CorpusDocument document, int first) {
    List<CorpusSentence> all = document.sentences();
    return new CorpusDocument(
        document.id(),
        document.url(),
        document.language(),
        document.sha256(),
        document.licence(),
        Map.of(),
        all.subList(first, Math.min(all.size(), first + SENTENCES)));
  }

  /**
   * Translates a piece.
   *
   * @param piece what {@link #cut} gives
   * @param beam hypotheses kept
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static TranslatedPiece of(
      int order,
      int first,
      CorpusDocument piece,
      Engine engine,
      int beam,
      Cancellation cancellation) {
    List<SegmentTranslation> translations =
        engine
            .translator()
            .translate(
                piece.sentences().stream().map(CorpusSentence::text).toList(),
                TranslationOptions.ofBeam(beam).withLinks(WordLinks.NONE),
                Progress.SILENT,
                cancellation);
    return of(
        order,
        first,
        piece,
        translations.stream().map(one -> one.text().replaceAll("\\R", " ").strip()).toList(),
        translations.stream().map(SegmentTranslation::quality).toList());
  }

  /** A piece that was translated before. */
  static TranslatedPiece of(
      int order, int first, CorpusDocument piece, List<String> targets, List<Double> qualities) {
    return new TranslatedPiece(
        order,
        first,
        piece.licence(),
        piece.sentences().stream()
            .map(one -> new PairSide(piece.id(), one.start(), one.end(), one.text()))
            .toList(),
        targets,
        qualities);
  }

  /** UTF-16 units of the English document that are this piece's. */
  public int length() {
    return targets.stream().mapToInt(target -> target.length() + 1).sum();
  }

  /**
   * Its pairs as lines of a corpus, without line feeds; a sentence without translation has none.
   *
   * @param start where the piece begins in the English document
   */
  public List<String> lines(int start) {
    List<String> lines = new ArrayList<>();
    int at = start;
    for (int k = 0; k < sources.size(); k++) {
      PairSide source = sources.get(k);
      String target = targets.get(k);
      if (!target.isEmpty()) {
        PairSide english =
            new PairSide(source.document() + ENGLISH, at, at + target.length(), target);
        CorpusPair pair =
            new CorpusPair(
                source,
                english,
                Map.of("quality", printed(qualities.get(k))),
                licence,
                List.of(NOTE),
                CorpusPair.hash(source.text(), target),
                List.of());
        lines.add(CorpusLines.write(pair));
      }
      at += target.length() + 1;
    }
    return lines;
  }

  /** In two decimals: further ones depend on what was decoded beside, by sums in another order. */
  private static double printed(double quality) {
    return Math.round(quality * 100) / 100.0;
  }
}
