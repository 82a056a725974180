package dev.verso.quote.trace;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.PageTemplate;
import dev.verso.text.Document;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** Prints traces as a page: each excerpt and the French behind it. Stateless. */
public final class TracePage {

  private static final PageTemplate TEMPLATE = PageTemplate.report("traces");

  private TracePage() {}

  /**
   * An excerpt and where it comes from.
   *
   * @param match a word for the style
   * @param excerpt the English words
   * @param verdict what was found
   * @param about more on that
   * @param passages the French
   */
  public record Traced(
      String match, String excerpt, String verdict, String about, List<Passage> passages) {

    /** Of a trace. */
    public static Traced of(Bitext bitext, String excerpt, Trace trace) {
      String match = trace.match().name().toLowerCase(Locale.ROOT).replace('_', '-');
      Document source = bitext.source();
      return switch (trace.match()) {
        case NOT_FOUND ->
            new Traced(match, excerpt, "no passage of the article says this", "", List.of());
        case EXACT ->
            new Traced(
                match, excerpt, "the very words of our translation", "", passages(source, trace));
        case SIMILAR ->
            new Traced(
                match,
                excerpt,
                "similar",
                String.format(Locale.ROOT, " (%.2f); our translation: ", trace.similarity())
                    + trace.target().of(bitext.targetText()),
                passages(source, trace));
      };
    }

    private static List<Passage> passages(Document source, Trace trace) {
      return trace.source().stream()
          .map(
              span ->
                  new Passage(
                      source.visible(span),
                      source.placeOf(span.start()).map(place -> place + ", ").orElse("")
                          + "characters "
                          + span.start()
                          + "–"
                          + span.end()))
          .toList();
    }
  }

  /** French words and where they stand. */
  public record Passage(String text, String place) {}

  private record Page(String summary, List<Traced> traces) {}

  /** Writes the page. */
  public static void write(Document article, String summary, List<Traced> traces, Writer out)
      throws IOException {
    TEMPLATE.write("Traced to " + article.name(), new Page(summary, traces), out);
  }
}
