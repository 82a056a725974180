package dev.verso.usecase;

import dev.verso.bitext.Bitext;
import dev.verso.bitext.BitextFormat;
import dev.verso.engine.Engine;
import dev.verso.quote.trace.QuoteTracer;
import dev.verso.quote.trace.Trace;
import dev.verso.quote.trace.TracePage;
import dev.verso.quote.trace.TraceWriter;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.translation.Progress;
import dev.verso.translation.TranslationOptions;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * English excerpts in, the French that each renders out.
 *
 * <p>Thread-safe; the engine stays the caller's.
 */
public final class TraceExcerpts {

  private final TranslateArticle articles;

  /** Over an engine, in its lane. */
  public TraceExcerpts(Engine engine) {
    this.articles = new TranslateArticle(engine);
  }

  /**
   * What is wanted.
   *
   * @param article the French article
   * @param excerpts English words, of our translation or anybody's
   * @param force whether to look in what does not look French
   */
  public record Request(Document article, List<String> excerpts, boolean force) {

    /**
     * Copies the list.
     *
     * @throws dev.verso.text.InputException if an excerpt is longer than {@link Excerpts#LONGEST}
     */
    public Request {
      excerpts = List.copyOf(excerpts);
      excerpts.forEach(excerpt -> Excerpts.requireShort("an excerpt", excerpt));
    }
  }

  /** An excerpt and where it comes from. */
  public record Traced(String excerpt, Trace trace) {}

  /**
   * What comes out.
   *
   * @param bitext the article and our translation
   * @param traced one for each excerpt, in order
   */
  public record Result(Bitext bitext, List<Traced> traced) {

    /** Copies the list. */
    public Result {
      traced = List.copyOf(traced);
    }

    /** Whether each excerpt was found. */
    public boolean isFound() {
      return traced.stream().noneMatch(one -> one.trace.match() == Trace.Match.NOT_FOUND);
    }

    /** What it comes to, in a line. */
    public String summary() {
      long none = traced.stream().filter(t -> t.trace.match() == Trace.Match.NOT_FOUND).count();
      long exact = traced.stream().filter(t -> t.trace.match() == Trace.Match.EXACT).count();
      return traced.size()
          + (traced.size() == 1 ? " excerpt: " : " excerpts: ")
          + exact
          + " of our translation, "
          + (traced.size() - exact - none)
          + " similar, "
          + none
          + " not found";
    }

    /** Prints it as a page. */
    public void writePage(Writer out) throws IOException {
      TracePage.write(
          bitext.source(),
          summary(),
          traced.stream().map(one -> TracePage.Traced.of(bitext, one.excerpt, one.trace)).toList(),
          out);
    }

    /** Each trace as a line of JSON. */
    public List<String> json() {
      return traced.stream().map(one -> TraceWriter.json(bitext, one.excerpt, one.trace)).toList();
    }
  }

  /** As {@link TranslateArticle#requireFrench}. */
  public void requireFrench(Request request) {
    articles.requireFrench(article(request));
  }

  private static TranslateArticle.Request article(Request request) {
    // A format with word links, and without quotes, which a trace has no use for.
    return new TranslateArticle.Request(
        request.article, TranslationOptions.DEFAULT, request.force, BitextFormat.TSV);
  }

  /**
   * Traces excerpts.
   *
   * @throws dev.verso.text.InputException if the article is in another language and not forced
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result trace(Request request, Progress progress, Cancellation cancellation) {
    Bitext bitext = articles.translate(article(request), progress, cancellation).bitext();
    QuoteTracer tracer = new QuoteTracer(bitext, cancellation);
    List<Traced> traced = new ArrayList<>();
    for (String excerpt : request.excerpts) {
      traced.add(new Traced(excerpt, tracer.trace(excerpt, cancellation)));
    }
    return new Result(bitext, traced);
  }
}
