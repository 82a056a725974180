package dev.verso.wordalign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words as numbers: 0 is the empty word, 1 stands for every unknown word. Grows until frozen. */
final class Vocabulary {
  static final int UNKNOWN = 1;

  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> words = new ArrayList<>(List.of("", ""));

  int add(String word) {
    Integer known = ids.get(word);
    if (known == null) {
      known = words.size();
      ids.put(word, known);
      words.add(word);
    }
    return known;
  }

  int id(String word) {
    return ids.getOrDefault(word, UNKNOWN);
  }

  String word(int id) {
    return words.get(id);
  }

  int size() {
    return words.size();
  }
}
