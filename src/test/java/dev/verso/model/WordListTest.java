package dev.verso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordListTest {

  private static int node(WordList words, String prefix) {
    int node = WordList.ROOT;
    for (int i = 0; i < prefix.length(); i++) {
      node = words.next(node, prefix.charAt(i));
    }
    return node;
  }

  @Property(tries = 500)
  void knowsTheWordsAndWhatTheyBeginWith(
      @ForAll @Size(max = 30)
          List<@CharRange(from = 'a', to = 'd') @StringLength(min = 1, max = 6) String> list,
      @ForAll @Size(50)
          List<@CharRange(from = 'a', to = 'd') @StringLength(max = 7) String> asked) {
    WordList words = WordList.of(list);
    assertThat(words.size()).isEqualTo(Set.copyOf(list).size());
    for (String one : asked) {
      int node = node(words, one.toUpperCase(Locale.ROOT));
      assertThat(words.isWord(node)).isEqualTo(list.contains(one));
      assertThat(words.contains(one)).isEqualTo(list.contains(one));
      boolean begins = one.isEmpty() || list.stream().anyMatch(word -> word.startsWith(one));
      assertThat(node != WordList.NONE).isEqualTo(begins);
    }
  }

  @Test
  void readsAGzippedList(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("words.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("café\nÉire\nox\n".getBytes(StandardCharsets.UTF_8));
    }
    WordList words = WordList.read(file);
    assertThat(words.size()).isEqualTo(3);
    assertThat(
            List.of("cafe", "café", "CAFÉ", "éire", "o").stream()
                .filter(word -> words.isWord(node(words, word)))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("café", "CAFÉ", "éire");
  }

  @Test
  void saysWhichFileIsDamaged(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("words.txt.gz"), "no gzip");
    assertThatThrownBy(() -> WordList.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("words.txt.gz");
  }
}
