package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextFormat;
import dev.verso.bitext.QuotedPassage;
import dev.verso.engine.Engine;
import dev.verso.quote.QuotePassages;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Segment;
import dev.verso.translation.Progress;
import dev.verso.translation.SegmentTranslation;
import dev.verso.translation.TranslationOptions;
import dev.verso.translation.WordLinks;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * An article in, its translation out: word links and quotes as the format asks for them.
 *
 * <p>Thread-safe; the engine stays the caller's.
 */
public final class TranslateArticle {

  private final Engine engine;

  /** Over an engine, in its lane. */
  public TranslateArticle(Engine engine) {
    this.engine = engine;
  }

  /**
   * What is wanted.
   *
   * @param document the article
   * @param options how it is translated; a format without word links overrides theirs
   * @param force whether to translate what does not look French
   * @param format what the result is printed in
   */
  public record Request(
      Document document, TranslationOptions options, boolean force, BitextFormat format) {

    private TranslationOptions linked() {
      return format.hasLinks() ? options : options.withLinks(WordLinks.NONE);
    }
  }

  /**
   * What comes out.
   *
   * @param bitext the article and its translation
   * @param quotes its quotes, if the format shows them
   * @param format what it is printed in
   */
  public record Result(Bitext bitext, List<QuotedPassage> quotes, BitextFormat format) {

    /** Copies the list. */
    public Result {
      quotes = List.copyOf(quotes);
    }

    /** Prints it. */
    public void write(Writer out) throws IOException {
      format.writer(quotes).write(bitext, out);
    }

    /** It, printed. */
    public String printed() {
      StringWriter out = new StringWriter();
      try {
        write(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toString();
    }
  }

  /**
   * Translates an article.
   *
   * @throws dev.verso.text.InputException if it is in another language and not forced
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result translate(Request request, Progress progress, Cancellation cancellation) {
    requireFrench(request);
    Bitext bitext =
        engine.translator().translate(request.document, request.linked(), progress, cancellation);
    return result(request, bitext, cancellation);
  }

  /**
   * Translates an article like {@link #translate} and reports each segment as soon as it and those
   * before it are translated, still without word links.
   *
   * @param each given the segment and its translation, in order, by the calling thread
   * @throws dev.verso.text.InputException if it is in another language and not forced
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result stream(
      Request request, BiConsumer<Segment, SegmentTranslation> each, Cancellation cancellation) {
    requireFrench(request);
    Bitext bitext =
        engine.translator().stream(request.document, request.linked(), each, cancellation);
    return result(request, bitext, cancellation);
  }

  /**
   * Makes sure that an article is in the language the model translates from, unless it is forced;
   * for those who want to know before they count what it takes.
   *
   * @throws dev.verso.text.InputException if it is in another language and not forced
   */
  public void requireFrench(Request request) {
    if (!request.force) {
      SourceLanguage.require(engine, request.document);
    }
  }

  private static Result result(Request request, Bitext bitext, Cancellation cancellation) {
    List<QuotedPassage> quotes =
        request.format.hasQuotes() ? QuotePassages.of(bitext, cancellation) : List.of();
    return new Result(bitext, quotes, request.format);
  }
}
