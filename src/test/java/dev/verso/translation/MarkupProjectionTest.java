package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.bitext.AlignmentLink;
import dev.verso.bitext.AlignmentLink.Strength;
import dev.verso.text.TextSpan;
import dev.verso.translation.MarkedText.Kind;
import dev.verso.translation.MarkedText.Mark;
import dev.verso.wordalign.AttentionLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupProjectionTest {

  private static final Pattern TAG = Pattern.compile("<(/?)(\\w)(/?)>");

  /** {@code <a>le chat</a> dort<x/>}: one letter names an element, x and br stand alone. */
  private static MarkedText parse(String markup) {
    StringBuilder text = new StringBuilder();
    List<Mark> marks = new ArrayList<>();
    Matcher tag = TAG.matcher(markup);
    int at = 0;
    while (tag.find()) {
      text.append(markup, at, tag.start());
      at = tag.end();
      Kind kind =
          !tag.group(3).isEmpty() ? Kind.SINGLE : tag.group(1).isEmpty() ? Kind.OPEN : Kind.CLOSE;
      marks.add(new Mark(kind, tag.group(2).charAt(0), text.length()));
    }
    text.append(markup.substring(at));
    return new MarkedText(text.toString(), marks);
  }

  private static String print(MarkedText marked) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Mark mark : marked.marks()) {
      out.append(marked.text(), at, mark.position());
      at = mark.position();
      out.append(mark.kind() == Kind.CLOSE ? "</" : "<")
          .append((char) mark.id())
          .append(mark.kind() == Kind.SINGLE ? "/>" : ">");
    }
    return out.append(marked.text().substring(at)).toString();
  }

  /** Links by words, {@code 0-0 1-2}. */
  private static List<AlignmentLink> links(String source, String target, String pairs) {
    List<TextSpan> from = AttentionLinks.words(source, true);
    List<TextSpan> to = AttentionLinks.words(target, false);
    List<AlignmentLink> links = new ArrayList<>();
    for (String pair : pairs.isBlank() ? new String[0] : pairs.strip().split(" ")) {
      String[] ends = pair.split("-");
      links.add(
          new AlignmentLink(
              from.get(Integer.parseInt(ends[0])),
              to.get(Integer.parseInt(ends[1])),
              Strength.SURE,
              0.9));
    }
    return links;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          le <b>chat noir</b> dort | the black cat sleeps | 0-0 1-2 2-1 3-3 | the <b>black cat</b> sleeps
          le chat <b>noir</b> dort | the black cat sleeps | 0-0 1-2 2-1 3-3 | the <b>black</b> cat sleeps
          le <a>chat <b>noir</b></a> dort | the black cat sleeps | 0-0 1-2 2-1 3-3 | the <a><b>black</b> cat</a> sleeps
          <a>le chat noir dort</a> | the black cat sleeps | 0-0 1-2 2-1 3-3 | <a>the black cat sleeps</a>
          le chat <a>noir</a> <b>dort</b> | the black cat sleeps | 0-0 1-2 2-1 3-3 | the <a>black</a> cat <b>sleeps</b>
          le <a>chat</a> <b>noir</b> dort | the black cat sleeps | 0-0 1-2 2-1 3-3 | the <b>black</b> <a>cat</a> sleeps
          le chat<x/> dort | the cat sleeps | 0-0 1-1 2-2 | the cat<x/> sleeps
          le chat <x/>dort | the cat sleeps | 0-0 1-1 2-2 | the cat <x/>sleeps
          le chat <x/> dort | the cat sleeps | 0-0 1-1 2-2 | the cat <x/> sleeps
          <x/>le chat dort<y/> | the cat sleeps | 0-0 1-1 2-2 | <x/>the cat sleeps<y/>
          le <b>chat </b>dort | the cat sleeps | 0-0 1-1 2-2 | the <b>cat </b>sleeps
          le<b> chat</b> dort | the cat sleeps | 0-0 1-1 2-2 | the<b> cat</b> sleeps
          il l'a <b>vivement</b> nié | he denied it | 0-0 1-2 4-1 | he <b>denied</b> it
          un <b>tapis</b> rouge | a red carpet | 0-0 2-1 | a red <b>carpet</b>
          le<b></b> chat | the cat | 0-0 1-1 | the<b></b> cat
          """)
  void marksGoToTheirWords(String source, String target, String pairs, String expected) {
    MarkedText marked = parse(source);
    MarkedText placed =
        MarkupProjection.project(marked, target, links(marked.text(), target, pairs));
    assertThat(print(placed)).isEqualTo(expected);
  }

  @Test
  void aTextLinkedToItselfKeepsEveryMark() {
    for (int seed = 0; seed < 300; seed++) {
      MarkedText marked = random(new Random(seed));
      List<TextSpan> words = AttentionLinks.words(marked.text(), true);
      List<AlignmentLink> links = new ArrayList<>();
      for (TextSpan word : words) {
        links.add(new AlignmentLink(word, word, Strength.SURE, 1));
      }
      assertThat(print(MarkupProjection.project(marked, marked.text(), links)))
          .as("seed %d", seed)
          .isEqualTo(print(marked));
    }
  }

  @Test
  void whateverTheLinksNoMarkIsLostAndOnlySpacesAreAdded() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      MarkedText marked = random(random);
      String target = random(random).text();
      List<AlignmentLink> links = new ArrayList<>();
      List<TextSpan> from = AttentionLinks.words(marked.text(), true);
      List<TextSpan> to = AttentionLinks.words(target, false);
      for (int i = random.nextInt(12); i > 0 && !from.isEmpty() && !to.isEmpty(); i--) {
        links.add(
            new AlignmentLink(
                from.get(random.nextInt(from.size())),
                to.get(random.nextInt(to.size())),
                Strength.POSSIBLE,
                random.nextDouble()));
      }
      // MarkedText itself checks balance and nesting.
      MarkedText placed = MarkupProjection.project(marked, target, links);
      assertThat(placed.text().replace(" ", "")).isEqualTo(target.replace(" ", ""));
      assertThat(names(placed)).as("seed %d", seed).isEqualTo(names(marked));
      assertThat(parents(placed)).as("seed %d", seed).isEqualTo(parents(marked));
    }
  }

  @Test
  void refusesMarksThatAreNotNested() {
    assertThatThrownBy(() -> parse("<a>b<b>c</a>d</b>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("closes what is not open");
    assertThatThrownBy(() -> parse("<a>b")).hasMessageContaining("never closed");
  }

  private static List<String> names(MarkedText marked) {
    return marked.marks().stream().map(m -> m.kind() + " " + m.id()).sorted().toList();
  }

  /** For each mark the element it stands in. */
  private static List<String> parents(MarkedText marked) {
    List<String> parents = new ArrayList<>();
    List<Integer> open = new ArrayList<>(List.of(-1));
    for (Mark mark : marked.marks()) {
      if (mark.kind() == Kind.CLOSE) {
        open.remove(open.size() - 1);
        continue;
      }
      parents.add(mark.id() + " in " + open.get(open.size() - 1));
      if (mark.kind() == Kind.OPEN) {
        open.add(mark.id());
      }
    }
    parents.sort(null);
    return parents;
  }

  /** Words with nested elements at word edges and single marks glued to a word. */
  private static MarkedText random(Random random) {
    int words = 1 + random.nextInt(7);
    List<Integer> open = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<Mark> marks = new ArrayList<>();
    int next = 'a';
    for (int w = 0; w < words; w++) {
      if (w > 0) {
        text.append(' ');
      }
      while (random.nextInt(4) == 0 && next < 'z') {
        open.add(next);
        marks.add(new Mark(Kind.OPEN, next++, text.length()));
      }
      text.append("m").append((char) ('a' + random.nextInt(26))).append(w);
      if (random.nextInt(5) == 0 && next < 'z') {
        marks.add(new Mark(Kind.SINGLE, next++, text.length()));
      }
      while (!open.isEmpty() && (w == words - 1 || random.nextInt(3) == 0)) {
        marks.add(new Mark(Kind.CLOSE, open.remove(open.size() - 1), text.length()));
      }
    }
    return new MarkedText(text.toString(), marks);
  }
}
