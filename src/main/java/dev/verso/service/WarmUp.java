package dev.verso.service;

import dev.verso.bitext.BitextFormat;
import dev.verso.text.Cancellation;
import dev.verso.text.Documents;
import dev.verso.text.Language;
import dev.verso.text.ReadOptions;
import dev.verso.translation.TranslationOptions;
import dev.verso.usecase.TranslateArticle;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Translates a few words as soon as the service stands, beside the first requests: lexicon, word
 * lists and quotes' cues are loaded then, and not while somebody waits for an article.
 */
@Component
class WarmUp implements SmartLifecycle {

  private static final String ARTICLE =
      "Un pont pour la ville\n\n« Nous ouvrirons le pont en 2030 », a déclaré lundi à Paris la"
          + " ministre Anne Roy. Elle a ajouté que les travaux avaient déjà commencé.\n";

  private final TranslateArticle articles;
  private volatile Thread thread;
  private volatile boolean stopped;

  WarmUp(TranslateArticle articles) {
    this.articles = articles;
  }

  @Override
  public void start() {
    stopped = false;
    thread = new Thread(this::translate, "verso-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private void translate() {
    Cancellation cancellation = () -> stopped;
    try {
      ReadOptions reading = ReadOptions.defaults().withLanguage(Language.FRENCH);
      articles.stream(
              new TranslateArticle.Request(
                  Documents.read("warm-up", ARTICLE, reading, cancellation),
                  TranslationOptions.DEFAULT,
                  false,
                  BitextFormat.JSON),
              (segment, translation) -> {},
              cancellation)
          .printed();
    } catch (CancellationException e) {
      // The service ends before it has begun.
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(WarmUp.class).warn("the service did not warm up: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
