package dev.verso.bitext;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Word links of sentence pairs, one pair a line. */
public final class LinkFormat {
  private static final Pattern TOKEN = Pattern.compile("\\S+");
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private LinkFormat() {}

  /**
   * Prints one line {@code
   * {"links":[[sourceStart,sourceEnd,targetStart,targetEnd,"S"|"P",probability],…]}}, offsets in
   * UTF-16 units of the two sentences.
   */
  public static void writeJsonLine(List<AlignmentLink> links, Writer out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.writeStartObject();
      json.writeFieldName("links");
      JsonAlignedWriter.links(json, links);
      json.writeEndObject();
    }
    out.write('\n');
  }

  /**
   * Prints one line of links between tokens separated by white space, 0-based: {@code i-j} for a
   * sure link, {@code ipj} for a possible one (the format of Pharaoh and of the NAACL 2003 shared
   * task). A link of part of a token is a link of the token; sure takes precedence.
   */
  public static void writePharaohLine(
      List<AlignmentLink> links, String source, String target, Appendable out) throws IOException {
    List<TextSpan> sourceTokens = tokens(source);
    List<TextSpan> targetTokens = tokens(target);
    SortedMap<Long, Character> marks = new TreeMap<>();
    for (AlignmentLink link : links) {
      char mark = link.strength() == AlignmentLink.Strength.SURE ? '-' : 'p';
      for (int i = 0; i < sourceTokens.size(); i++) {
        if (sourceTokens.get(i).overlaps(link.source())) {
          for (int j = 0; j < targetTokens.size(); j++) {
            if (targetTokens.get(j).overlaps(link.target())) {
              marks.merge((long) i << 32 | j, mark, (a, b) -> a == '-' ? a : b);
            }
          }
        }
      }
    }
    boolean first = true;
    for (var entry : marks.entrySet()) {
      if (!first) {
        out.append(' ');
      }
      first = false;
      out.append(Long.toString(entry.getKey() >> 32))
          .append(entry.getValue())
          .append(Integer.toString(entry.getKey().intValue()));
    }
    out.append('\n');
  }

  private static List<TextSpan> tokens(String text) {
    List<TextSpan> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new TextSpan(matcher.start(), matcher.end()));
    }
    return tokens;
  }
}
