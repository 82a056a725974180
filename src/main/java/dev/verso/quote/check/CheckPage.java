package dev.verso.quote.check;

import dev.verso.bitext.PageTemplate;
import dev.verso.text.Document;
import dev.verso.text.TextSpan;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints checks as a page for whoever reads the quotes again. Stateless. */
public final class CheckPage {

  private static final PageTemplate TEMPLATE = PageTemplate.report("checks");

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

  private record Page(String summary, List<Checked> checks) {}

  private record Checked(
      String code,
      String english,
      String verdict,
      String likely,
      String explanation,
      String note,
      List<Place> passages,
      List<Found> findings) {}

  private record Place(String text, String place) {}

  private record Found(String severity, String kind, String message) {}

  /** Writes the page. */
  public static void write(Document article, List<CheckedQuote> checked, Writer out)
      throws IOException {
    List<Checked> checks = new ArrayList<>();
    for (CheckedQuote quote : checked) {
      Judgement judgement = quote.judgement();
      checks.add(
          new Checked(
              judgement.label().code(),
              quote.english(),
              inWords(judgement.label()),
              String.format(Locale.ROOT, "%.0f %%", 100 * judgement.probability()),
              judgement.explanation(),
              quote.speakerNote(),
              quote.passage().stream()
                  .map(span -> new Place(article.visible(span), place(article, span)))
                  .toList(),
              judgement.findings().stream()
                  .map(
                      finding ->
                          new Found(
                              finding.severity().name().toLowerCase(Locale.ROOT),
                              finding.kind().code().replace('_', ' '),
                              finding.message()))
                  .toList()));
    }
    TEMPLATE.write(
        "Quotes checked against " + article.name(), new Page(summary(checked), checks), out);
  }

  private static String place(Document article, TextSpan span) {
    String characters = "characters " + span.start() + "–" + span.end();
    return article
        .placeOf(span.start())
        .map(place -> place + ", " + characters + " of its text")
        .orElse(characters + " of the article");
  }
}
