package dev.verso.usecase;

import dev.verso.language.WordTokenizer;
import dev.verso.text.InputException;
import dev.verso.wordalign.StatisticalAligner;
import dev.verso.wordalign.TrainingProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A corpus of sentence pairs in, a word aligner that learnt from it out. Stateless. */
public final class TrainWordAligner {

  /** What comes out. */
  public record Result(Path file, int wordPairs) {}

  /**
   * Trains on lines of French, a tab, English (a first column is skipped), and writes the aligner.
   *
   * @param folder where it is written
   * @throws InputException if the corpus is missing, is not UTF-8 or holds a line that is no pair
   */
  public Result train(Path corpus, Path folder, TrainingProgress progress) throws IOException {
    StatisticalAligner trained = train(corpus, progress);
    trained.save(folder);
    return new Result(folder.resolve(StatisticalAligner.FILE), trained.lexicon().size());
  }

  private static StatisticalAligner train(Path corpus, TrainingProgress progress)
      throws IOException {
    if (!Files.isRegularFile(corpus)) {
      throw new InputException("there is no file " + corpus);
    }
    try (BufferedReader lines = Files.newBufferedReader(corpus)) {
      return StatisticalAligner.train(
          () -> lines.lines().iterator(), WordTokenizer.FRENCH, WordTokenizer.ENGLISH, progress);
    } catch (IllegalArgumentException e) {
      throw new InputException(corpus + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MalformedInputException) {
        throw new InputException(corpus + " is not UTF-8: convert it first", e);
      }
      throw e.getCause();
    }
  }
}
