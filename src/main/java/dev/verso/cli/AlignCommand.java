package dev.verso.cli;

import dev.verso.alignment.DocumentAligner;
import dev.verso.alignment.LogLinearAligner;
import dev.verso.bitext.AlignedBead;
import dev.verso.bitext.AlignedDocuments;
import dev.verso.bitext.AlignedDocumentsFormat;
import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.Bead;
import dev.verso.bitext.BeadFormat;
import dev.verso.bitext.LinkFormat;
import dev.verso.engine.ModelCatalogue;
import dev.verso.evaluation.LineFile;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.usecase.AlignmentDesk;
import dev.verso.usecase.TranslationDesk;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import dev.verso.wordalign.StatisticalAligner;
import dev.verso.wordalign.WordAligner;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verso align}: a text and somebody's translation of it. */
@Command(
    name = "align",
    mixinStandardHelpOptions = true,
    description = "Aligns a French text with its English translation: sentences, and words.")
final class AlignCommand implements Callable<Integer> {

  @Parameters(index = "0", arity = "0..1", paramLabel = "FR", description = "The French text.")
  private Path french;

  @Parameters(index = "1", arity = "0..1", paramLabel = "EN", description = "The English text.")
  private Path english;

  @Option(names = "--fast", description = "Use no neural network.")
  private boolean fast;

  @Option(names = "--lines", description = "Each line is a sentence.")
  private boolean lines;

  @Option(names = "--words", description = "Link words, too.")
  private boolean words;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description = {
        "json (default), tsv, tmx, xliff, html or beads;",
        "with --words --lines also jsonl or pharaoh: the files are then paired line by line."
      })
  private String to;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the result goes. Default: standard output. With --train, a folder.")
  private Path output;

  @Option(
      names = "--train",
      paramLabel = "CORPUS",
      description = {
        "Train a word aligner on lines of French TAB English (a first column is skipped)",
        "and write it into the folder -o; needs no FR and EN."
      })
  private Path corpus;

  @Option(
      names = "--lexicon",
      paramLabel = "DIR",
      description = "Link words by what --train wrote there, not by what ships with Verso.")
  private Path lexicon;

  @Option(
      names = "--translations",
      paramLabel = "FILE",
      description = {
        "Any machine's English of FR, a line for each of its sentences: what it shares",
        "with EN counts as evidence. Needs --lines."
      })
  private Path translations;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "A model's name or folder. Default: the one in use.")
  private String model;

  @Override
  public Integer call() throws IOException {
    if (corpus != null) {
      train();
      return 0;
    }
    if (french == null || english == null) {
      throw new InputException(
          "name two texts, 'verso align FR EN', or 'verso align --train CORPUS -o DIR'");
    }
    if (lexicon != null && !words) {
      throw new InputException("--lexicon is for linking words: add --words");
    }
    if (translations != null && !lines) {
      throw new InputException("--translations needs --lines: it is paired with FR line by line");
    }
    boolean paired = to.equals("jsonl") || to.equals("pharaoh");
    if (paired && !(words && lines)) {
      throw new InputException("--to " + to + " needs --words --lines: it pairs line with line");
    }
    if (!paired && !to.equals("beads")) {
      format();
    }
    if (fast) {
      run(null, paired);
      return 0;
    }
    Path directory = ModelCatalogue.standard().directory(Optional.ofNullable(model));
    try (TranslationDesk desk =
        TranslationDesk.open(directory, Runtime.getRuntime().availableProcessors())) {
      run(desk, paired);
    }
    return 0;
  }

  private void run(TranslationDesk desk, boolean paired) throws IOException {
    CombinedAligner wordAligner = CombinedAligner.shipped();
    if (lexicon != null) {
      wordAligner = wordAligner.over(TrainedWords.load(lexicon));
    }
    if (desk != null && desk.model().network().attends()) {
      wordAligner = wordAligner.withAttention(new ForcedAttention(desk.model()));
    }
    if (paired) {
      pairLines(wordAligner);
    } else {
      alignDocuments(desk, wordAligner);
    }
  }

  private void train() throws IOException {
    if (french != null) {
      throw new InputException("--train takes no texts beside its corpus: what is " + french + "?");
    }
    if (output == null) {
      throw new InputException("--train needs -o DIR, where the aligner is written");
    }
    StatisticalAligner trained = TrainedWords.train(corpus);
    trained.save(output);
    System.err.printf(
        Locale.ROOT,
        "verso: %d word pairs in %s; use them with --words --lexicon %s%n",
        trained.lexicon().size(),
        output.resolve(StatisticalAligner.FILE),
        output);
  }

  private AlignedDocumentsFormat format() {
    try {
      return AlignedDocumentsFormat.of(to);
    } catch (IllegalArgumentException e) {
      throw new InputException("--to: " + e.getMessage() + ", beads, jsonl, pharaoh", e);
    }
  }

  private void pairLines(WordAligner aligner) throws IOException {
    List<String> sources = read(french);
    List<String> targets = read(english);
    if (sources.size() != targets.size()) {
      throw new InputException(
          french
              + " has "
              + sources.size()
              + " lines, "
              + english
              + " has "
              + targets.size()
              + ": line by line they must belong together");
    }
    ResultFile.write(
        output,
        out -> {
          for (int i = 0; i < sources.size(); i++) {
            List<AlignmentLink> links = aligner.align(sources.get(i), targets.get(i));
            if (to.equals("jsonl")) {
              LinkFormat.writeJsonLine(links, out);
            } else {
              LinkFormat.writePharaohLine(links, sources.get(i), targets.get(i), out);
            }
          }
        });
  }

  private static List<String> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no file " + file);
    }
    return LineFile.read(file);
  }

  private void alignDocuments(TranslationDesk desk, WordAligner wordAligner) throws IOException {
    ReadOptions reading = ReadOptions.defaults().withLines(lines);
    Document source = TranslationDesk.read(french, reading);
    Document target = TranslationDesk.read(english, reading.withLanguage(Language.ENGLISH));
    AlignedDocuments aligned;
    try (ProgressLine progress = new ProgressLine("reading beads in doubt")) {
      LogLinearAligner sentences = LogLinearAligner.shipped();
      if (desk != null) {
        sentences = sentences.withMargin(AlignmentDesk.margin(desk, progress));
      }
      DocumentAligner aligner =
          new DocumentAligner(sentences, words ? Optional.of(wordAligner) : Optional.empty());
      aligned =
          aligner.align(
              source,
              target,
              translations == null ? Optional.empty() : Optional.of(read(translations)));
    } catch (IllegalArgumentException e) {
      throw new InputException(translations + ": " + e.getMessage(), e);
    }
    ResultFile.write(
        output,
        out -> {
          if (to.equals("beads")) {
            writeBeads(aligned, out);
          } else {
            format().writer().write(aligned, out);
          }
        });
    System.err.printf(
        Locale.ROOT,
        "verso: %d beads, document score %.3f%n",
        aligned.beads().size(),
        aligned.documentScore());
  }

  private static void writeBeads(AlignedDocuments aligned, Writer out) throws IOException {
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
    BeadFormat.write(beads, out);
  }
}
