package dev.verso.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.corpus.CorpusPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against brute force over all pairs. */
class DuplicateSearchTest {

  private record Item(String source, String target, double quality) {
    String hash() {
      return CorpusPair.hash(source, target);
    }

    PairFingerprint print() {
      return PairFingerprint.of(source, target);
    }
  }

  private static List<Item> items(int count, long seed) {
    Random random = new Random(seed);
    String[] words =
        "le maire de la ville a dit que école sera ouverte lundi prochain avec douze classes et un"
            .split(" ");
    List<Item> items = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      if (k > 0 && random.nextInt(3) == 0) {
        Item like = items.get(random.nextInt(items.size()));
        items.add(
            new Item(changed(like.source, random), changed(like.target, random), quality(random)));
        continue;
      }
      StringBuilder source = new StringBuilder();
      StringBuilder target = new StringBuilder();
      int length = 3 + random.nextInt(15);
      for (int w = 0; w < length; w++) {
        source.append(words[random.nextInt(words.length)]).append(w % 2).append(' ');
        target.append(words[random.nextInt(words.length)]).append(k).append(' ');
      }
      items.add(new Item(source.toString(), target.toString(), quality(random)));
    }
    return items;
  }

  private static double quality(Random random) {
    return random.nextInt(5) / 4.0;
  }

  private static String changed(String text, Random random) {
    String[] words = text.split(" ");
    switch (random.nextInt(3)) {
      case 0 -> {
        return text.toUpperCase(java.util.Locale.ROOT) + "!";
      }
      case 1 -> words[random.nextInt(words.length)] = "autre";
      default -> {}
    }
    return String.join(" ", words);
  }

  private static DuplicateSearch.Result found(List<Item> items, boolean near) {
    DuplicateSearch search = new DuplicateSearch(near);
    for (Item item : items) {
      search.add(item.print(), 1, item.quality, item.hash());
    }
    return search.run();
  }

  @Test
  void whatBruteForceFindsIsFound() {
    List<Item> items = items(600, 1);
    DuplicateSearch.Result result = found(items, true);
    int differing = 0;
    for (int k = 0; k < items.size(); k++) {
      boolean goes = false;
      for (int other = 0; other < items.size() && !goes; other++) {
        goes = other != k && before(items, other, k) && alike(items.get(other), items.get(k));
      }
      differing += goes == (result.keeper()[k] != k) ? 0 : 1;
    }
    // Bands miss a pair at the threshold two times in ten thousand.
    assertThat(differing).isLessThanOrEqualTo(1);
  }

  private static boolean before(List<Item> items, int a, int b) {
    Item x = items.get(a);
    Item y = items.get(b);
    if (x.quality != y.quality) {
      return x.quality > y.quality;
    }
    long left = dev.verso.corpus.TextHash.of(x.hash());
    long right = dev.verso.corpus.TextHash.of(y.hash());
    return left == right ? a < b : left < right;
  }

  private static boolean alike(Item a, Item b) {
    return a.print().exact() == b.print().exact()
        || a.print().similarity(b.print()) >= DuplicateSearch.THRESHOLD;
  }

  @Test
  void theOrderDoesNotMatter() {
    List<Item> items = items(500, 2);
    Map<Item, Item> keepers = keepers(items);
    List<Item> shuffled = new ArrayList<>(items);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(keepers(shuffled)).isEqualTo(keepers);
  }

  private static Map<Item, Item> keepers(List<Item> items) {
    DuplicateSearch.Result result = found(items, true);
    Map<Item, Item> keepers = new HashMap<>();
    for (int k = 0; k < items.size(); k++) {
      keepers.put(items.get(k), items.get(result.keeper()[k]));
    }
    return keepers;
  }

  @Test
  void anotherTranslationIsNoDuplicate() {
    List<Item> items =
        List.of(
            new Item("Il pleut depuis ce matin sur la vallée.", "It has rained since morning.", 1),
            new Item("Il pleut depuis ce matin sur la vallée.", "Rain fell all day long here.", 1));
    assertThat(found(items, true).keeper()).containsExactly(0, 1);
  }

  @Test
  void heldOutSentencesAreFoundInsideOthers() {
    HeldOutSentences heldOut =
        new HeldOutSentences(List.of("The council voted against the new road on Tuesday.", "Yes."));
    assertThat(heldOut.isIn("the council voted against the new road on tuesday")).isTrue();
    assertThat(
            heldOut.isIn("It rained. The council voted against a new road on Tuesday. They left."))
        .isFalse();
    assertThat(
            heldOut.isIn(
                "It rained. The council voted against the new road on Tuesday. They left."))
        .isTrue();
    assertThat(heldOut.isIn("Yes, the council voted.")).isFalse();
    assertThat(heldOut.isIn("YES")).isTrue();
  }
}
