package dev.verso.usecase;

import dev.verso.quote.QuoteExtractor;
import dev.verso.quote.QuoteReport;
import dev.verso.quote.QuoteWriter;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Language;
import java.io.IOException;
import java.io.Writer;

/** A text in, its quotes and who said them out. Stateless. */
public final class FindQuotes {

  /**
   * What is wanted.
   *
   * @param document the text
   * @param language what it is written in
   */
  public record Request(Document document, Language language) {}

  /** What comes out. */
  public record Result(Document document, QuoteReport report) {

    /** Prints it. */
    public void write(QuoteWriter format, Writer out) throws IOException {
      format.write(document, report, out);
    }
  }

  /**
   * Finds the quotes of a text.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result find(Request request, Cancellation cancellation) {
    return new Result(
        request.document,
        QuoteExtractor.of(request.language).report(request.document, cancellation));
  }
}
