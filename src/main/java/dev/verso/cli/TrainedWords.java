package dev.verso.cli;

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

/** Word aligners that users train on a corpus of their own. */
public final class TrainedWords {
  private TrainedWords() {}

  /** Trains on a corpus of tab-separated lines, with a progress bar for each pass. */
  public static StatisticalAligner train(Path corpus) throws IOException {
    if (!Files.isRegularFile(corpus)) {
      throw new InputException("there is no file " + corpus);
    }
    try (BufferedReader lines = Files.newBufferedReader(corpus);
        Bar bar = new Bar()) {
      return StatisticalAligner.train(
          () -> lines.lines().iterator(), WordTokenizer.FRENCH, WordTokenizer.ENGLISH, bar);
    } catch (IllegalArgumentException e) {
      throw new InputException(corpus + ": " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof MalformedInputException) {
        throw new InputException(corpus + " is not UTF-8: convert it first", e);
      }
      throw e.getCause();
    }
  }

  /** Reads what {@link #train} made. */
  public static StatisticalAligner load(Path directory) {
    try {
      return StatisticalAligner.load(directory);
    } catch (IOException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /** One progress line after another. */
  private static final class Bar implements TrainingProgress, AutoCloseable {
    private String phase = "";
    private ProgressLine line;

    @Override
    public void report(String now, int done, int total) {
      if (!now.equals(phase)) {
        close();
        phase = now;
        line = new ProgressLine(now);
      }
      line.advanced(done, total);
    }

    @Override
    public void close() {
      if (line != null) {
        line.close();
      }
    }
  }
}
