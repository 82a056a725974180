package dev.verso.quote.check;

import dev.verso.language.WordLists;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the word lists beside this class; lines that begin with {@code #} are comments. */
final class Resources {

  private Resources() {}

  static List<String> lines(String file) {
    return WordLists.lines(Resources.class, file);
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
