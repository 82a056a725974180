package dev.verso.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/** Reads word lists that are shipped beside the class that uses them. */
public final class WordLists {

  private WordLists() {}

  /**
   * The lines of {@code file} beside {@code owner}, without blank lines and comments, which begin
   * with {@code #}.
   *
   * @throws IllegalStateException if there is no such file
   */
  public static List<String> lines(Class<?> owner, String file) {
    try (var in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            "the word list "
                + file
                + " of "
                + owner.getName()
                + " is missing from the installation");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the word list " + file, e);
    }
  }

  /** The words of a line, each once, in order. */
  public static List<String> words(String line) {
    LinkedHashSet<String> words = new LinkedHashSet<>(Arrays.asList(line.trim().split(" +")));
    words.remove("");
    return List.copyOf(words);
  }
}
