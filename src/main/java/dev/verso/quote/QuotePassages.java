package dev.verso.quote;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.QuotedPassage;
import dev.verso.quote.trace.QuoteTracer;
import dev.verso.text.Cancellation;
import dev.verso.text.Language;
import dev.verso.text.TextSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * The quotes of a translated document, each with its words in the translation: those that the word
 * links lead to, or what stands between the quotation marks around them.
 */
public final class QuotePassages {

  private QuotePassages() {}

  /** The quotes of {@code bitext}, in the order of the source. */
  public static List<QuotedPassage> of(Bitext bitext) {
    return of(bitext, Cancellation.NONE);
  }

  /**
   * The quotes of {@code bitext}, in the order of the source.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public static List<QuotedPassage> of(Bitext bitext, Cancellation cancellation) {
    QuoteTracer tracer = new QuoteTracer(bitext, cancellation);
    List<QuotedPassage> passages = new ArrayList<>();
    for (Quote quote : QuoteExtractor.of(Language.FRENCH).extract(bitext.source(), cancellation)) {
      cancellation.check();
      TextSpan target = tracer.toEnglish(quote.content()).orElse(null);
      passages.add(
          new QuotedPassage(
              quote.type().label(),
              quote.speakerName(),
              quote.attribution().label(),
              quote.attributionSpan(),
              quote.content(),
              target,
              quote.repaired()));
    }
    return passages;
  }
}
