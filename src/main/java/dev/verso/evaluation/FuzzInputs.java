package dev.verso.evaluation;

import java.lang.Character.UnicodeBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Texts that no author meant to write: characters of every block of Unicode, every element of HTML
 * opened, closed and left open, signs repeated without end, and articles with characters lost,
 * doubled and exchanged. The same seed gives the same texts.
 */
final class FuzzInputs {

  private static final List<String> ELEMENTS =
      List.of(
          ("a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound"
                  + " big blink blockquote body br button canvas caption center cite code col"
                  + " colgroup command content data datalist dd del details dfn dialog dir div dl dt"
                  + " element em embed fieldset figcaption figure font footer form frame frameset h1"
                  + " h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex"
                  + " kbd keygen label legend li link listing main map mark marquee math menu"
                  + " menuitem meta meter multicol nav nextid nobr noembed noframes noscript object"
                  + " ol optgroup option output p param picture plaintext portal pre progress q rb rp"
                  + " rt rtc ruby s samp script search section select shadow slot small source spacer"
                  + " span strike strong style sub summary sup svg table tbody td template textarea"
                  + " tfoot th thead time title tr track tt u ul var video wbr xmp o:p x-own amp-img")
              .split(" "));

  private static final List<String> UNITS =
      List.of(
          " ",
          "\u00a0",
          "« ",
          "» ",
          "\"",
          "“",
          "’",
          "- ",
          "— ",
          ". ",
          "…",
          ", ",
          ": ",
          "; ",
          "(",
          "[",
          "{",
          "%s ",
          "&amp;",
          "<",
          "<b>",
          "#",
          "@",
          "1 000 ",
          "7",
          "a",
          "é\u0301",
          "😀",
          "M. ",
          "dit ",
          "« a » dit ",
          "Jean ",
          "il n’a pas ",
          "\n",
          "\t",
          "a\n",
          "_",
          "/",
          "\\",
          "^",
          "~");

  private static final int LEAST = 3;
  private static final int MOST = 20;

  private final SplittableRandom random;
  private final List<String> articles;

  FuzzInputs(long seed, List<String> articles) {
    this.random = new SplittableRandom(seed);
    this.articles = List.copyOf(articles);
  }

  /**
   * A text.
   *
   * @param name what kind it is, such as the block's name
   * @param html whether it is a page
   */
  record Input(String name, boolean html, String text) {}

  /**
   * One of each kind, in an order of their own each time.
   *
   * @param length characters of a repeated sign
   */
  List<Input> round(int length) {
    List<Input> inputs = new ArrayList<>();
    blocks()
        .forEach(
            (block, points) ->
                inputs.add(
                    new Input(block, false, "Le mot " + some(points) + " est dans le texte.")));
    for (String element : ELEMENTS) {
      inputs.add(new Input("<" + element + ">", true, page(element)));
    }
    for (String unit : UNITS) {
      String repeated = unit.repeat(Math.max(1, length / unit.length()));
      inputs.add(new Input("many " + unit, random.nextBoolean(), repeated));
    }
    for (int i = 0; i < UNITS.size(); i++) {
      inputs.add(new Input("changed article", false, changed()));
    }
    for (int i = inputs.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Input one = inputs.get(i);
      inputs.set(i, inputs.get(j));
      inputs.set(j, one);
    }
    return inputs;
  }

  /** The characters of each block. */
  private static Map<String, List<Integer>> blocks() {
    Map<String, List<Integer>> blocks = new LinkedHashMap<>();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      UnicodeBlock block = UnicodeBlock.of(point);
      boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (block != null && !half && Character.isDefined(point)) {
        blocks.computeIfAbsent(block.toString(), name -> new ArrayList<>()).add(point);
      }
    }
    return blocks;
  }

  private String some(List<Integer> points) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(LEAST, MOST);
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(points.get(random.nextInt(points.size())));
      text.append(random.nextInt(4) == 0 ? " " : "");
    }
    return text.toString();
  }

  private String page(String element) {
    String inside = "la fermeture de la <" + element + ">piscine";
    String end =
        switch (random.nextInt(4)) {
          case 0 -> "";
          case 1 -> "</" + element + ">";
          case 2 -> "</" + element + "></" + element + ">";
          default -> "<" + element + "/>";
        };
    return "<!DOCTYPE html><html><body><article><p>Le conseil municipal a voté "
        + inside
        + end
        + " mardi soir, « malgré les habitants », a dit la maire.</p><p>Il a plu.</p></article>";
  }

  private String changed() {
    StringBuilder text = new StringBuilder(articles.get(random.nextInt(articles.size())));
    int from = random.nextInt(Math.max(1, text.length() / 2));
    text.delete(0, from);
    text.setLength(Math.min(text.length(), 600));
    int changes = random.nextInt(1, 30);
    for (int i = 0; i < changes && text.length() > 2; i++) {
      int at = random.nextInt(text.length() - 1);
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, UNITS.get(random.nextInt(UNITS.size())));
        case 2 -> text.insert(at, text.charAt(random.nextInt(text.length())));
        default -> text.setCharAt(at, text.charAt(at + 1));
      }
    }
    return text.toString();
  }
}
