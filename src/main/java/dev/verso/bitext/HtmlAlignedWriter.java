package dev.verso.bitext;

import dev.verso.text.Segment;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * Prints one self-contained page: a bead a row, source left, target right, its type and posterior
 * between. Beads under a posterior of one half and null beads are marked. Without script; each
 * sentence carries its offsets as {@code data-start} and {@code data-end}. A character that HTML
 * cannot hold becomes U+FFFD.
 */
public final class HtmlAlignedWriter implements AlignedDocumentsWriter {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:75rem;padding:0 1rem}
      table{border-collapse:collapse;width:100%;table-layout:fixed}
      td,th{vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #8884;text-align:left}
      .bead{width:6rem;font-size:.8rem;color:#666;white-space:nowrap}
      tr.doubtful{background:#fa02}tr.null{background:#8882}
      @media print{tr{break-inside:avoid}}
      """;

  @Override
  public void write(AlignedDocuments documents, Writer out) throws IOException {
    out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    text(documents.source().name() + " | " + documents.target().name(), out);
    out.write(
        "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<table>\n<thead><tr><th>");
    text(documents.source().name(), out);
    out.write(
        String.format(
            Locale.ROOT,
            "</th><th class=\"bead\" title=\"probability that the texts are translations\">%.2f</th>",
            documents.documentScore()));
    out.write("<th>");
    text(documents.target().name(), out);
    out.write("</th></tr></thead>\n<tbody>\n");
    for (AlignedBead bead : documents.beads()) {
      boolean isNull = bead.source().isEmpty() || bead.target().isEmpty();
      String mark =
          isNull ? " class=\"null\"" : bead.posterior() < 0.5 ? " class=\"doubtful\"" : "";
      out.write("<tr" + mark + ">");
      side(documents.sourceLanguage(), bead.source(), out);
      out.write(
          String.format(
              Locale.ROOT, "<td class=\"bead\">%s<br>%.2f</td>", bead.type(), bead.posterior()));
      side(documents.targetLanguage(), bead.target(), out);
      out.write("</tr>\n");
    }
    out.write("</tbody>\n</table>\n</body>\n</html>\n");
  }

  private static void side(String language, List<Segment> segments, Writer out) throws IOException {
    out.write("<td lang=\"");
    Xml.write(language, true, Xml.Forbidden.REPLACED, out);
    out.write("\">");
    boolean first = true;
    for (Segment segment : segments) {
      out.write(first ? "" : " ");
      first = false;
      out.write(
          "<span data-start=\""
              + segment.span().start()
              + "\" data-end=\""
              + segment.span().end()
              + "\">");
      text(segment.text(), out);
      out.write("</span>");
    }
    out.write("</td>");
  }

  private static void text(String text, Writer out) throws IOException {
    Xml.write(text, false, Xml.Forbidden.REPLACED, out);
  }
}
