package dev.verso.corpus.pairing;

import dev.verso.alignment.SentenceAligner;
import dev.verso.alignment.TextPair;
import dev.verso.bitext.Bead;
import dev.verso.bitext.SentenceAlignment;
import dev.verso.corpus.CorpusDocument;
import dev.verso.corpus.CorpusPair;
import dev.verso.corpus.CorpusSentence;
import dev.verso.corpus.PairSide;
import dev.verso.text.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Aligns two documents and says what they are to each other; each bead with two sides becomes a
 * pair with the scores {@code posterior} and {@code document}.
 *
 * <p>Immutable and thread-safe as its aligner is.
 */
public final class PairAligner {

  /** Documents of which less is tied are unrelated. */
  private static final double LEAST_RELATED = 0.10;

  /** A translation ties at least this share of either side. */
  private static final double WHOLE = 0.7;

  private final SentenceAligner aligner;

  public PairAligner(SentenceAligner aligner) {
    this.aligner = aligner;
  }

  /**
   * Aligns a French document and an English one.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public DocumentPair align(
      CorpusDocument source, CorpusDocument target, Cancellation cancellation) {
    TextPair texts =
        new TextPair(
            texts(source), texts(target), paragraphs(source), paragraphs(target), Optional.empty());
    SentenceAlignment alignment = aligner.align(texts, cancellation);
    double[] tied = new double[2];
    for (Bead bead : alignment.beads()) {
      if (!bead.isNull()) {
        for (CorpusSentence s : side(source, bead.sourceStart(), bead.sourceEnd())) {
          tied[0] += s.text().length();
        }
        for (CorpusSentence t : side(target, bead.targetStart(), bead.targetEnd())) {
          tied[1] += t.text().length();
        }
      }
    }
    double related = alignment.documentScore();
    double sourceShare = tied[0] / Math.max(1, source.characters());
    double targetShare = tied[1] / Math.max(1, target.characters());
    DocumentPair.Kind kind =
        related < LEAST_RELATED
            ? DocumentPair.Kind.UNRELATED
            : sourceShare >= WHOLE && targetShare >= WHOLE
                ? DocumentPair.Kind.TRANSLATION
                : DocumentPair.Kind.PARTIAL;
    List<CorpusPair> pairs = new ArrayList<>();
    if (kind != DocumentPair.Kind.UNRELATED) {
      for (Bead bead : alignment.beads()) {
        if (!bead.isNull()) {
          pairs.add(
              CorpusPair.of(
                  joined(source, bead.sourceStart(), bead.sourceEnd()),
                  joined(target, bead.targetStart(), bead.targetEnd()),
                  Map.of("posterior", rounded(bead.posterior()), "document", rounded(related)),
                  licence(source, target)));
        }
      }
    }
    return new DocumentPair(
        source.id(), target.id(), related, sourceShare, targetShare, kind, pairs);
  }

  /** As it is written, so that what is read again ranks the same. */
  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  private static String licence(CorpusDocument source, CorpusDocument target) {
    if (source.licence().equals(target.licence()) || target.licence().isEmpty()) {
      return source.licence();
    }
    return source.licence().isEmpty()
        ? target.licence()
        : source.licence() + " / " + target.licence();
  }

  private static List<CorpusSentence> side(CorpusDocument document, int from, int to) {
    return document.sentences().subList(from, to);
  }

  private static PairSide joined(CorpusDocument document, int from, int to) {
    List<CorpusSentence> some = side(document, from, to);
    return new PairSide(
        document.id(),
        some.get(0).start(),
        some.get(some.size() - 1).end(),
        some.stream().map(CorpusSentence::text).collect(Collectors.joining(" ")));
  }

  private static List<String> texts(CorpusDocument document) {
    return document.sentences().stream().map(CorpusSentence::text).toList();
  }

  private static List<Integer> paragraphs(CorpusDocument document) {
    return document.sentences().stream().map(CorpusSentence::paragraph).toList();
  }
}
