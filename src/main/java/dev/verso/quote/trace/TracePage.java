package dev.verso.quote.trace;

import dev.verso.bitext.Bitext;
import dev.verso.quote.page.ReportPage;
import dev.verso.text.Document;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Prints traces as a page: each excerpt and the French behind it. Stateless. */
public final class TracePage {

  private TracePage() {}

  /** Begins a page on an article. */
  public static void open(Document article, String summary, Writer out) throws IOException {
    ReportPage.open("Traced to " + article.name(), out);
    out.write("<p class=\"summary\">" + ReportPage.escaped(summary) + "</p>\n");
  }

  /** One excerpt. */
  public static void write(Bitext bitext, String excerpt, Trace trace, Writer out)
      throws IOException {
    String match = trace.match().name().toLowerCase(Locale.ROOT).replace('_', '-');
    out.write("<article class=\"" + match + "\">\n<blockquote lang=\"en\">“");
    out.write(ReportPage.escaped(excerpt) + "”</blockquote>\n<p class=\"about\"><b>");
    if (trace.match() == Trace.Match.NOT_FOUND) {
      out.write("no passage of the article says this</b></p>\n</article>\n");
      return;
    }
    out.write(
        trace.match() == Trace.Match.EXACT
            ? "the very words of our translation</b></p>\n"
            : String.format(
                    Locale.ROOT, "similar</b> (%.2f); our translation: ", trace.similarity())
                + ReportPage.escaped(trace.target().of(bitext.targetText()))
                + "</p>\n");
    for (TextSpan span : trace.source()) {
      out.write("<blockquote lang=\"fr\">" + ReportPage.escaped(bitext.source().visible(span)));
      out.write("</blockquote>\n<p class=\"place\">");
      out.write(
          bitext
              .source()
              .placeOf(span.start())
              .map(place -> ReportPage.escaped(place.toString()) + ", ")
              .orElse(""));
      out.write("characters " + span.start() + "–" + span.end() + "</p>\n");
    }
    out.write("</article>\n");
  }
}
