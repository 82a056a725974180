package dev.verso.cli;

import dev.verso.alignment.TextPair;
import dev.verso.bitext.BeadFormat;
import dev.verso.bitext.SentenceAlignment;
import dev.verso.desk.AlignmentDesk;
import dev.verso.desk.ModelDesk;
import dev.verso.desk.TranslationDesk;
import dev.verso.text.Document;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
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
    description = {
      "Aligns a French text with its English translation, sentence by sentence.",
      "Prints beads, [French sentences]:[English sentences] from 0, a line each."
    })
final class AlignCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FR", description = "The French text.")
  private Path french;

  @Parameters(index = "1", paramLabel = "EN", description = "The English text.")
  private Path english;

  @Option(names = "--fast", description = "Use no neural network.")
  private boolean fast;

  @Option(names = "--lines", description = "Each line is a sentence.")
  private boolean lines;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the result goes. Default: standard output.")
  private Path output;

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "A model's name or folder. Default: the one in use.")
  private String model;

  @Override
  public Integer call() throws IOException {
    ReadOptions reading = ReadOptions.defaults().withLines(lines);
    Document source = TranslationDesk.read(french, reading);
    Document target = TranslationDesk.read(english, reading.withLanguage(Language.ENGLISH));
    TextPair pair = TextPair.of(source, target);
    SentenceAlignment alignment;
    if (fast) {
      alignment = AlignmentDesk.alignFast(pair);
    } else {
      Path directory = ModelDesk.standard().directory(Optional.ofNullable(model));
      try (TranslationDesk desk =
              TranslationDesk.open(directory, Runtime.getRuntime().availableProcessors());
          ProgressLine progress = new ProgressLine("translating")) {
        alignment = AlignmentDesk.align(pair, desk, progress);
      }
    }
    Output.write(output, out -> BeadFormat.write(alignment.beads(), out));
    System.err.printf(
        Locale.ROOT,
        "verso: %d beads over %d and %d sentences, document score %.3f%n",
        alignment.beads().size(),
        alignment.sourceSentences(),
        alignment.targetSentences(),
        alignment.documentScore());
    return 0;
  }
}
