package dev.verso.quote.check;

import dev.verso.text.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words and phrases by what they do to a claim; see the head of {@code cues.fr.txt}. */
final class Cues {

  /** Words {@code [from, to)} of a text. */
  record Hit(int from, int to) {}

  static final Cues FRENCH = new Cues("cues.fr.txt");
  static final Cues ENGLISH = new Cues("cues.en.txt");

  private final Map<String, List<String[]>> patterns = new HashMap<>();

  private Cues(String file) {
    for (String line : Resources.lines(file)) {
      int colon = line.indexOf(':');
      List<String[]> list = new ArrayList<>();
      for (String pattern : line.substring(colon + 1).split(",")) {
        list.add(pattern.strip().split(" +"));
      }
      patterns.put(line.substring(0, colon), list);
    }
  }

  static Cues of(Side side) {
    return side.language == Language.FRENCH ? FRENCH : ENGLISH;
  }

  /** Where a class occurs in words {@code [from, to)}; the longest pattern at each place. */
  static List<Hit> find(Side side, String name, int from, int to) {
    List<String[]> list = of(side).patterns.get(name);
    if (list == null) {
      throw new IllegalArgumentException("no class of cues " + name);
    }
    List<Hit> hits = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int longest = 0;
      for (String[] pattern : list) {
        if (pattern.length > longest && matches(side, pattern, i, to)) {
          longest = pattern.length;
        }
      }
      if (longest > 0) {
        hits.add(new Hit(i, i + longest));
        i += longest - 1;
      }
    }
    return hits;
  }

  static List<Hit> find(Side side, String name) {
    return find(side, name, 0, side.size());
  }

  static boolean any(Side side, String name, int from, int to) {
    return !find(side, name, from, to).isEmpty();
  }

  private static boolean matches(Side side, String[] pattern, int at, int to) {
    if (at + pattern.length > to) {
      return false;
    }
    for (int k = 0; k < pattern.length; k++) {
      if (!matches(pattern[k], side.key(at + k))) {
        return false;
      }
    }
    return true;
  }

  static boolean matches(String pattern, String key) {
    return pattern.equals("_")
        || (pattern.endsWith("*")
            ? key.startsWith(pattern.substring(0, pattern.length() - 1))
            : key.equals(pattern));
  }
}
