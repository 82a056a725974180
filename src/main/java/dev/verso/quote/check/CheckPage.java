package dev.verso.quote.check;

import dev.verso.quote.page.ReportPage;
import dev.verso.text.Document;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** Prints checks as a page for whoever reads the quotes again. Stateless. */
public final class CheckPage {

  private CheckPage() {}

  /**
   * What the checks come to: {@code 8 quotes: 4 faithful, 3 to read again, 1 not in the article}.
   */
  public static String summary(List<CheckedQuote> checked) {
    StringBuilder text = new StringBuilder();
    text.append(checked.size()).append(checked.size() == 1 ? " quote" : " quotes");
    String separator = ": ";
    for (Judgement.Label label : Judgement.Label.values()) {
      long count = checked.stream().filter(c -> c.judgement().label() == label).count();
      if (count > 0) {
        text.append(separator).append(count).append(' ').append(inWords(label));
        separator = ", ";
      }
    }
    return text.toString();
  }

  private static String inWords(Judgement.Label label) {
    return switch (label) {
      case FAITHFUL -> "faithful";
      case UNFAITHFUL -> "to read again";
      case NOT_IN_SOURCE -> "not found in the article";
    };
  }

  /** Writes the page. */
  public static void write(Document article, List<CheckedQuote> checked, Writer out)
      throws IOException {
    ReportPage.open("Quotes checked against " + article.name(), out);
    out.write("<p class=\"summary\">" + ReportPage.escaped(summary(checked)) + "</p>\n");
    for (CheckedQuote quote : checked) {
      Judgement judgement = quote.judgement();
      out.write("<article class=\"" + judgement.label().code() + "\">\n<blockquote lang=\"en\">“");
      out.write(ReportPage.escaped(quote.english()) + "”</blockquote>\n<p class=\"about\"><b>");
      out.write(inWords(judgement.label()) + "</b>");
      out.write(
          String.format(Locale.ROOT, ", %.0f %% likely faithful: ", 100 * judgement.probability()));
      out.write(ReportPage.escaped(judgement.explanation()) + "</p>\n");
      if (!quote.speakerNote().isEmpty()) {
        out.write("<p class=\"note\">" + ReportPage.escaped(quote.speakerNote()) + "</p>\n");
      }
      for (TextSpan span : quote.passage()) {
        out.write("<blockquote lang=\"fr\">" + ReportPage.escaped(article.visible(span)));
        out.write("</blockquote>\n<p class=\"place\">" + place(article, span) + "</p>\n");
      }
      if (!judgement.findings().isEmpty()) {
        out.write("<ul class=\"findings\">\n");
        for (Finding finding : judgement.findings()) {
          String severity = finding.severity().name().toLowerCase(Locale.ROOT);
          out.write("<li class=\"" + severity + "\">");
          out.write(finding.kind().code().replace('_', ' ') + ", " + severity + ": ");
          out.write(ReportPage.escaped(finding.message()) + "</li>\n");
        }
        out.write("</ul>\n");
      }
      out.write("</article>\n");
    }
    ReportPage.close(out);
  }

  private static String place(Document article, TextSpan span) {
    String characters = "characters " + span.start() + "–" + span.end();
    return article
        .placeOf(span.start())
        .map(place -> ReportPage.escaped(place.toString()) + ", " + characters + " of its text")
        .orElse(characters + " of the article");
  }
}
