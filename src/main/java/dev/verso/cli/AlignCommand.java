package dev.verso.cli;

import dev.verso.bitext.AlignedDocumentsFormat;
import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.LinkFormat;
import dev.verso.cli.terminal.ProgressLine;
import dev.verso.cli.terminal.ResultFile;
import dev.verso.engine.Engine;
import dev.verso.engine.ModelCatalogue;
import dev.verso.text.Cancellation;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.usecase.AlignTexts;
import dev.verso.usecase.ReadArticle;
import dev.verso.usecase.TrainWordAligner;
import dev.verso.wordalign.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
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
      names = "--min-posterior",
      paramLabel = "P",
      description = {
        "With --to tmx or xliff: leave out beads of a posterior below P, 0 to 1, which a",
        "translation memory should not hold. Default: all beads."
      })
  private Double minPosterior;

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
    if (minPosterior != null) {
      if (!(to.equalsIgnoreCase("tmx") || to.equalsIgnoreCase("xliff"))) {
        throw new InputException("--min-posterior is for --to tmx and --to xliff");
      }
      if (!(minPosterior >= 0 && minPosterior <= 1)) {
        throw new InputException("--min-posterior " + minPosterior + ": wanted is 0 to 1");
      }
    }
    boolean paired = to.equals("jsonl") || to.equals("pharaoh");
    if (paired && !(words && lines)) {
      throw new InputException("--to " + to + " needs --words --lines: it pairs line with line");
    }
    if (!paired && !to.equals("beads")) {
      format();
    }
    if (fast) {
      run(AlignTexts.fast(), paired);
      return 0;
    }
    Path directory = ModelCatalogue.standard().directory(Optional.ofNullable(model));
    try (Engine engine = Engine.open(directory)) {
      run(AlignTexts.with(engine), paired);
    }
    return 0;
  }

  private void run(AlignTexts aligner, boolean paired) throws IOException {
    AlignTexts texts = lexicon == null ? aligner : aligner.withLexicon(lexicon);
    if (paired) {
      pairLines(texts);
    } else {
      alignDocuments(texts);
    }
  }

  private void train() throws IOException {
    if (french != null) {
      throw new InputException("--train takes no texts beside its corpus: what is " + french + "?");
    }
    if (output == null) {
      throw new InputException("--train needs -o DIR, where the aligner is written");
    }
    TrainWordAligner.Result trained;
    try (ProgressBars bars = new ProgressBars()) {
      trained = new TrainWordAligner().train(corpus, output, bars);
    }
    System.err.printf(
        Locale.ROOT,
        "verso: %d word pairs in %s; use them with --words --lexicon %s%n",
        trained.wordPairs(),
        trained.file(),
        output);
  }

  /** One progress line after another. */
  private static final class ProgressBars implements TrainingProgress, AutoCloseable {
    private String phase = "";
    private Optional<ProgressLine> line = Optional.empty();

    @Override
    public void report(String now, int done, int total) {
      if (!now.equals(phase)) {
        close();
        phase = now;
        line = Optional.of(new ProgressLine(now));
      }
      line.orElseThrow().advanced(done, total);
    }

    @Override
    public void close() {
      line.ifPresent(ProgressLine::close);
    }
  }

  private AlignedDocumentsFormat format() {
    try {
      return AlignedDocumentsFormat.of(to);
    } catch (IllegalArgumentException e) {
      throw new InputException("--to: " + e.getMessage() + ", beads, jsonl, pharaoh", e);
    }
  }

  private void pairLines(AlignTexts aligner) throws IOException {
    List<String> sources = ReadArticle.lines(french);
    List<String> targets = ReadArticle.lines(english);
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
    List<List<AlignmentLink>> links = aligner.links(sources, targets);
    ResultFile.write(
        output,
        out -> {
          for (int i = 0; i < sources.size(); i++) {
            if (to.equals("jsonl")) {
              LinkFormat.writeJsonLine(links.get(i), out);
            } else {
              LinkFormat.writePharaohLine(links.get(i), sources.get(i), targets.get(i), out);
            }
          }
        });
  }

  private void alignDocuments(AlignTexts aligner) throws IOException {
    ReadOptions reading = ReadOptions.defaults().withLines(lines);
    AlignTexts.Request request =
        new AlignTexts.Request(
            ReadArticle.from(french, reading),
            ReadArticle.from(english, reading.withLanguage(Language.ENGLISH)),
            words,
            translations == null ? Optional.empty() : Optional.of(ReadArticle.lines(translations)));
    AlignTexts.Result result;
    try (ProgressLine progress = new ProgressLine("reading beads in doubt")) {
      result = aligner.align(request, progress, Cancellation.NONE);
    } catch (IllegalArgumentException e) {
      throw new InputException(translations + ": " + e.getMessage(), e);
    }
    AlignTexts.Result written =
        minPosterior == null ? result : result.atLeast(minPosterior, format());
    ResultFile.write(
        output,
        out -> {
          if (to.equals("beads")) {
            written.writeBeads(lines, out);
          } else {
            written.write(format(), out);
          }
        });
    int all = result.aligned().beads().size();
    System.err.printf(
        Locale.ROOT,
        "verso: %d beads, document score %.3f%n",
        all,
        result.aligned().documentScore());
    if (minPosterior != null) {
      System.err.printf(
          Locale.ROOT,
          "verso: %d of them, of a posterior below %s, were left out%n",
          all - written.aligned().beads().size(),
          minPosterior);
    }
  }
}
