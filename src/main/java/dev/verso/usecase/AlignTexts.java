package dev.verso.usecase;

import dev.verso.alignment.DocumentAligner;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.bitext.AlignedBead;
import dev.verso.bitext.AlignedDocuments;
import dev.verso.bitext.AlignedDocumentsFormat;
import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bead;
import dev.verso.bitext.BeadFormat;
import dev.verso.engine.Engine;
import dev.verso.text.Block;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.Segment;
import dev.verso.translation.Progress;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.StatisticalAligner;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Two existing texts in, their sentences (and words) aligned out.
 *
 * <p>With an engine, beads that the aligner is unsure of are scored by forced decoding, and the
 * model's attention helps to link words; without one, no neural network is asked. Thread-safe,
 * deterministic; the engine stays the caller's.
 */
public final class AlignTexts {

  /** Most sentences of a text that a service aligns; a novel has ten thousand. */
  private static final int MOST_SENTENCES = 30_000;

  private final Optional<Engine> engine;
  private final CombinedAligner lexical;

  private AlignTexts(Optional<Engine> engine, CombinedAligner lexical) {
    this.engine = engine;
    this.lexical = lexical;
  }

  /** With an engine, in its lane. */
  public static AlignTexts with(Engine engine) {
    return new AlignTexts(Optional.of(engine), CombinedAligner.shipped());
  }

  /** Without a neural network. */
  public static AlignTexts fast() {
    return new AlignTexts(Optional.empty(), CombinedAligner.shipped());
  }

  /**
   * The same, words linked by what {@link TrainWordAligner} wrote instead of what ships with Verso.
   *
   * @throws InputException if the folder holds no such thing
   */
  public AlignTexts withLexicon(Path folder) {
    try {
      return new AlignTexts(engine, lexical.over(StatisticalAligner.load(folder)));
    } catch (IOException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /**
   * What is wanted.
   *
   * @param source the French text
   * @param target the English text
   * @param words whether words are linked, too
   * @param translations any machine's English of the source, one for each of its sentences; what it
   *     shares with the target counts as evidence
   */
  public record Request(
      Document source, Document target, boolean words, Optional<List<String>> translations) {

    /** Copies the list. */
    public Request {
      translations = translations.map(List::copyOf);
    }

    /**
     * Makes sure that the texts are few enough sentences to be aligned beside others' work.
     *
     * @throws InputException if one has more than {@value AlignTexts#MOST_SENTENCES} sentences
     */
    public Request requireShort() {
      for (Document text : List.of(source, target)) {
        long sentences =
            text.blocks().stream()
                .filter(Block::isContent)
                .mapToLong(block -> block.segments().size())
                .sum();
        if (sentences > MOST_SENTENCES) {
          throw new InputException(
              String.format(
                  Locale.ROOT,
                  "%s has %,d sentences; up to %,d are aligned at once: split both texts at the"
                      + " same place and align the parts",
                  text.name(),
                  sentences,
                  MOST_SENTENCES));
        }
      }
      return this;
    }
  }

  /** What comes out. */
  public record Result(AlignedDocuments aligned) {

    /**
     * The same without the beads of a lower posterior, for {@code tmx} and {@code xliff}.
     *
     * @throws InputException if the format shows all beads, or it is no probability
     */
    public Result atLeast(double minPosterior, AlignedDocumentsFormat format) {
      if (format != AlignedDocumentsFormat.TMX && format != AlignedDocumentsFormat.XLIFF) {
        throw new InputException(
            "a least posterior is for tmx and xliff; " + format.label() + " shows it of each bead");
      }
      if (!(minPosterior >= 0 && minPosterior <= 1)) {
        throw new InputException("a posterior is between 0 and 1, not " + minPosterior);
      }
      return new Result(aligned.atLeast(minPosterior));
    }

    /** Prints it. */
    public void write(AlignedDocumentsFormat format, Writer out) throws IOException {
      format.writer().write(aligned, out);
    }

    /** It, printed. */
    public String printed(AlignedDocumentsFormat format) {
      StringWriter out = new StringWriter();
      try {
        write(format, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toString();
    }

    /**
     * Prints its beads.
     *
     * @param lines whether sentences are counted as lines of their file, blank ones included
     */
    public void writeBeads(boolean lines, Appendable out) throws IOException {
      BeadFormat.write(
          beads(),
          lines ? lineNumbers(aligned.source()) : IntUnaryOperator.identity(),
          lines ? lineNumbers(aligned.target()) : IntUnaryOperator.identity(),
          out);
    }

    private static IntUnaryOperator lineNumbers(Document document) {
      List<Integer> numbers = new ArrayList<>();
      int line = 0;
      int at = 0;
      for (Block block : document.blocks()) {
        for (Segment segment : block.isContent() ? block.segments() : List.<Segment>of()) {
          for (; at < segment.span().start(); at++) {
            line += document.text().charAt(at) == '\n' ? 1 : 0;
          }
          numbers.add(line);
        }
      }
      return numbers::get;
    }

    private List<Bead> beads() {
      List<Bead> beads = new ArrayList<>();
      int source = 0;
      int target = 0;
      for (AlignedBead bead : aligned.beads()) {
        int sourceEnd = source + bead.source().size();
        int targetEnd = target + bead.target().size();
        beads.add(new Bead(source, sourceEnd, target, targetEnd, bead.posterior()));
        source = sourceEnd;
        target = targetEnd;
      }
      return beads;
    }
  }

  /**
   * Aligns two texts.
   *
   * @param progress told how many beads in doubt are scored
   * @throws IllegalArgumentException if there is not one translation for each sentence
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result align(Request request, Progress progress, Cancellation cancellation) {
    LogLinearAligner sentences = LogLinearAligner.shipped();
    if (engine.isPresent()) {
      sentences = sentences.withMargin(engine.get().margin(progress, cancellation));
    }
    Optional<WordAligner> words = request.words ? Optional.of(wordAligner()) : Optional.empty();
    return new Result(
        new DocumentAligner(sentences, words)
            .align(request.source, request.target, request.translations, cancellation));
  }

  /**
   * The word links of sentence pairs.
   *
   * @throws InputException if the lists differ in length
   */
  public List<List<AlignmentLink>> links(List<String> sources, List<String> targets) {
    if (sources.size() != targets.size()) {
      throw new InputException(
          sources.size()
              + " French lines, "
              + targets.size()
              + " English ones: they must be pairs");
    }
    WordAligner aligner = wordAligner();
    List<List<AlignmentLink>> links = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      links.add(aligner.align(sources.get(i), targets.get(i)));
    }
    return links;
  }

  private WordAligner wordAligner() {
    return engine.isPresent() ? engine.get().translator().attentive(lexical) : lexical;
  }
}
