package dev.verso.quote.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the word lists beside this class; lines that begin with {@code #} are comments. */
final class Resources {

  private Resources() {}

  static List<String> lines(String file) {
    try (var in = Resources.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the word list " + file + " is missing from the installation");
      }
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return reader.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<String> functions(String language) {
    for (String line : lines("functions.txt")) {
      if (line.startsWith(language + ":")) {
        return new HashSet<>(Arrays.asList(line.substring(3).strip().split(" +")));
      }
    }
    throw new IllegalStateException("functions.txt names no words of " + language);
  }
}
