package dev.verso.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plain text says about itself in separate lines: its title, a byline before the third
 * paragraph ({@code Par Anne Roy}), a date line ({@code Publié le 18 mars 2021}; kept as {@code
 * 2021-03-18}), an address alone on its line or after {@code Source :}.
 */
final class PlainMetadata {

  /** A longer block is text, not a line about it; this also bounds the patterns' work. */
  private static final int LONGEST = 160;

  private static final List<String> MONTHS =
      List.of(
          "janvier",
          "fevrier",
          "mars",
          "avril",
          "mai",
          "juin",
          "juillet",
          "aout",
          "septembre",
          "octobre",
          "novembre",
          "decembre");

  private static final Pattern BYLINE =
      Pattern.compile("(?:Par|By) (\\p{Lu}[^,|•–—(]{1,60}?)(?= le \\d| - |[,|•–—(]|$)");
  private static final Pattern DATE =
      Pattern.compile("\\b(\\d{1,2})(?:er)? (" + String.join("|", MONTHS) + ") (\\d{4})\\b");
  private static final Pattern ADDRESS = Pattern.compile("(?:Source ?: )?(https?://\\S+)");

  private PlainMetadata() {}

  static Map<String, String> of(List<Block> blocks) {
    Map<String, String> metadata = new TreeMap<>();
    BlockClassifier.headline(blocks).ifPresent(title -> metadata.put("title", title));
    int paragraphs = 0;
    for (Block block : blocks) {
      if (block.span().length() > LONGEST || block.segments().size() > 2) {
        paragraphs += block.kind() == BlockKind.PARAGRAPH ? 1 : 0;
        continue;
      }
      for (Segment segment : block.segments()) {
        line(segment.text(), paragraphs < 2, metadata);
      }
    }
    return metadata;
  }

  private static void line(String text, boolean front, Map<String, String> metadata) {
    Matcher byline = BYLINE.matcher(text);
    if (front && byline.lookingAt() && !Marks.endsWithStop(text)) {
      metadata.putIfAbsent("author", byline.group(1).strip());
      date(text).ifPresent(date -> metadata.putIfAbsent("date", date));
    }
    boolean dated =
        BoilerplateCues.cues()
            .match(text)
            .filter(cue -> cue.category().equals("dateline"))
            .isPresent();
    if (dated) {
      date(text).ifPresent(date -> metadata.putIfAbsent("date", date));
    }
    Matcher address = ADDRESS.matcher(text);
    if (address.matches()) {
      metadata.putIfAbsent("url", address.group(1));
    }
  }

  private static Optional<String> date(String text) {
    Matcher date = DATE.matcher(BoilerplateCues.fold(text));
    if (!date.find()) {
      return Optional.empty();
    }
    try {
      int month = MONTHS.indexOf(date.group(2)) + 1;
      return Optional.of(
          LocalDate.of(Integer.parseInt(date.group(3)), month, Integer.parseInt(date.group(1)))
              .toString());
    } catch (DateTimeException e) {
      // The 31st of June, for example, is not a date: then there is none.
      return Optional.empty();
    }
  }
}
