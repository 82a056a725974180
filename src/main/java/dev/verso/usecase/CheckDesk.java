package dev.verso.usecase;

import dev.verso.model.TranslationModel;
import dev.verso.quote.Quote;
import dev.verso.quote.QuoteExtractor;
import dev.verso.quote.attribution.QuoteType;
import dev.verso.quote.check.ArticleChecker;
import dev.verso.quote.check.CheckItem;
import dev.verso.quote.check.CheckWeights;
import dev.verso.quote.check.CheckedQuote;
import dev.verso.quote.check.Judgement;
import dev.verso.quote.check.QuoteChecker;
import dev.verso.quote.check.Signals;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.InputException;
import dev.verso.text.Language;
import dev.verso.translation.Translator;
import dev.verso.wordalign.CombinedAligner;
import dev.verso.wordalign.ForcedAttention;
import dev.verso.wordalign.WordAligner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks English quotes against French articles with one model.
 *
 * <p>Thread-safe. Owns the model unless it was given: close it.
 */
public final class CheckDesk implements AutoCloseable {

  private final TranslationModel model;
  private final Translator translator;
  private final QuoteChecker checker;
  private final boolean owned;

  private CheckDesk(TranslationModel model, boolean owned) {
    this.model = model;
    this.owned = owned;
    this.translator = new Translator(model, 1);
    CombinedAligner lexical = CombinedAligner.shipped();
    WordAligner aligner =
        model.network().attends() ? lexical.withAttention(new ForcedAttention(model)) : lexical;
    this.checker = new QuoteChecker(translator, aligner, CheckWeights.shipped());
  }

  /**
   * Opens a desk.
   *
   * @param directory the model's directory
   * @throws dev.verso.model.ModelException if the model can't be used
   */
  public static CheckDesk open(Path directory) {
    return new CheckDesk(TranslationModel.load(directory), true);
  }

  /** A desk over a model that stays the caller's. */
  public static CheckDesk over(TranslationModel model) {
    return new CheckDesk(model, false);
  }

  /**
   * Judges a passage and its rendering.
   *
   * @throws InputException if a text is longer than {@link Excerpts#LONGEST}
   */
  public Judgement check(CheckItem item) {
    requireShort(item);
    return checker.check(item, Cancellation.NONE);
  }

  /**
   * What the comparisons see in an item; for fitting and measuring.
   *
   * @throws InputException if a text is longer than {@link Excerpts#LONGEST}
   */
  public Signals look(CheckItem item) {
    requireShort(item);
    return checker.look(item, Cancellation.NONE);
  }

  private static void requireShort(CheckItem item) {
    Excerpts.requireShort("the French passage", item.french());
    Excerpts.requireShort("the quote", item.english());
  }

  /**
   * Checks a quote against an article.
   *
   * @param article the French article
   * @param english the quote's words
   * @param speaker who is said to have said it, or null
   * @throws InputException if the quote is longer than {@link Excerpts#LONGEST}
   */
  public CheckedQuote check(Document article, String english, String speaker) {
    return check(article, english, speaker, Cancellation.NONE);
  }

  /**
   * Checks a quote against an article; see {@link #check(Document, String, String)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public CheckedQuote check(
      Document article, String english, String speaker, Cancellation cancellation) {
    Excerpts.requireShort("the quote", english);
    Excerpts.requireShort("the speaker", speaker);
    return new ArticleChecker(article, checker, cancellation)
        .check(unmarked(english), speaker, true);
  }

  /**
   * Checks the quotes of an English text against the article it reports.
   *
   * @return one check for each quote, in the text's order
   * @throws InputException if a quote is longer than {@link Excerpts#LONGEST}
   */
  public List<CheckedQuote> against(Document article, Document english) {
    return against(article, english, Cancellation.NONE);
  }

  /**
   * Checks the quotes of an English text; see {@link #against(Document, Document)}.
   *
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public List<CheckedQuote> against(Document article, Document english, Cancellation cancellation) {
    ArticleChecker articleChecker = new ArticleChecker(article, checker, cancellation);
    List<CheckedQuote> checked = new ArrayList<>();
    for (Quote quote : QuoteExtractor.of(Language.ENGLISH).extract(english, cancellation)) {
      String words = quote.words(english.text());
      Excerpts.requireShort("a quote of " + english.name(), words);
      checked.add(
          articleChecker.check(words, quote.speakerName(), quote.type() != QuoteType.INDIRECT));
    }
    return checked;
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

  @Override
  public void close() {
    translator.close();
    if (owned) {
      model.close();
    }
  }
}
