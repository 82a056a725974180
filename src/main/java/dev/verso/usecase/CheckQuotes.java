package dev.verso.usecase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.engine.Engine;
import dev.verso.quote.Quote;
import dev.verso.quote.QuoteExtractor;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.check.ArticleChecker;
import dev.verso.quote.check.CheckItem;
import dev.verso.quote.check.CheckPage;
import dev.verso.quote.check.CheckWeights;
import dev.verso.quote.check.CheckWriter;
import dev.verso.quote.check.CheckedQuote;
import dev.verso.quote.check.Judgement;
import dev.verso.quote.check.QuoteChecker;
import dev.verso.quote.check.Signals;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.Language;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * English quotes in, what each does to the French it renders out.
 *
 * <p>The article is read once for all of its quotes. Passes of the network take their turns on the
 * engine's threads; who lets many checks in at once bounds how many are at work. Thread-safe; the
 * engine stays the caller's.
 */
public final class CheckQuotes {

  private final QuoteChecker checker;
  private final UnaryOperator<Cancellation> courtesy;

  /** Over an engine, in its lane, with the weights that ship with Verso. */
  public CheckQuotes(Engine engine) {
    this.checker =
        new QuoteChecker(engine.translator(), engine.wordAligner(), CheckWeights.shipped());
    this.courtesy = engine.translator()::givingWay;
  }

  /**
   * What is wanted.
   *
   * @param article the French article
   * @param quotes English quotes of it, with or without their marks
   * @param speaker who is said to have said them
   * @param against an English text whose quotes are checked too
   */
  public record Request(
      Document article, List<String> quotes, Optional<String> speaker, Optional<Document> against) {

    /**
     * Copies the list.
     *
     * @throws dev.verso.text.InputException if a text is longer than {@link Excerpts#LONGEST}
     */
    public Request {
      quotes = List.copyOf(quotes);
      quotes.forEach(quote -> Excerpts.requireShort("the quote", quote));
      speaker.ifPresent(name -> Excerpts.requireShort("the speaker", name));
    }
  }

  /**
   * What comes out.
   *
   * @param article the French article
   * @param checked one check for each quote, then one for each quote of the English text, in order
   */
  public record Result(Document article, List<CheckedQuote> checked) {

    /** Copies the list. */
    public Result {
      checked = List.copyOf(checked);
    }

    /** It, printed as JSON without a line break. */
    public String json() {
      return CheckWriter.json(article, checked);
    }

    /** What it comes to, in a line. */
    public String summary() {
      return CheckPage.summary(checked);
    }

    /** Prints it as a page. */
    public void writePage(Writer out) throws IOException {
      CheckPage.write(article, checked, out);
    }

    /** Whether every quote is faithful. */
    public boolean isFaithful() {
      return checked.stream().allMatch(c -> c.judgement().label() == Judgement.Label.FAITHFUL);
    }
  }

  /**
   * Checks quotes.
   *
   * @throws dev.verso.text.InputException if a quote of the English text is longer than {@link
   *     Excerpts#LONGEST}
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Result check(Request request, Cancellation asked) {
    Cancellation cancellation = courtesy.apply(asked);
    ArticleChecker article = new ArticleChecker(request.article, checker, cancellation);
    List<CheckedQuote> checked = new ArrayList<>();
    for (String quote : request.quotes) {
      cancellation.check();
      checked.add(article.check(unmarked(quote), request.speaker.orElse(null), true));
    }
    if (request.against.isPresent()) {
      Document english = request.against.get();
      for (Quote quote : QuoteExtractor.of(Language.ENGLISH).extract(english, cancellation)) {
        cancellation.check();
        String words = quote.words(english);
        Excerpts.requireShort("a quote of " + english.name(), words);
        checked.add(article.check(words, quote.speakerName(), quote.type() != QuoteType.INDIRECT));
      }
    }
    return new Result(request.article, checked);
  }

  /**
   * Judges a passage and its rendering.
   *
   * @throws dev.verso.text.InputException if a text is longer than {@link Excerpts#LONGEST}
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Judgement judge(CheckItem item, Cancellation cancellation) {
    requireShort(item);
    return checker.check(item, courtesy.apply(cancellation));
  }

  /**
   * A judgement as a line of JSON.
   *
   * @param id the item's, as it came
   */
  public static String json(JsonNode id, Judgement judgement) {
    return CheckWriter.json(id, judgement);
  }

  /**
   * What the comparisons see in an item; for fitting and measuring.
   *
   * @throws dev.verso.text.InputException if a text is longer than {@link Excerpts#LONGEST}
   */
  public Signals look(CheckItem item) {
    requireShort(item);
    return checker.look(item, Cancellation.NONE);
  }

  private static void requireShort(CheckItem item) {
    Excerpts.requireShort("the French passage", item.french());
    Excerpts.requireShort("the quote", item.english());
  }

  /** The words of a quote given with its marks. */
  private static String unmarked(String english) {
    String words = english.strip();
    boolean marked =
        words.length() > 2
            && "\"“«".indexOf(words.charAt(0)) >= 0
            && "\"”»".indexOf(words.charAt(words.length() - 1)) >= 0;
    return marked ? words.substring(1, words.length() - 1).strip() : words;
  }
}
