package dev.verso.quote;

import dev.verso.text.TextSpan;
import java.util.List;

/**
 * What {@link QuoteExtractor} found in one text.
 *
 * @param quotes the quotes by the start of their content
 * @param nonQuotes what stands in quotation marks without being a quote: titles, names, terms,
 *     nicknames, words held at arm's length; in order
 */
public record QuoteReport(List<Quote> quotes, List<TextSpan> nonQuotes) {

  /** Copies the lists. */
  public QuoteReport {
    quotes = List.copyOf(quotes);
    nonQuotes = List.copyOf(nonQuotes);
  }
}
