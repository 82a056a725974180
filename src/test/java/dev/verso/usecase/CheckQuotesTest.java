package dev.verso.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.engine.Engine;
import dev.verso.quote.check.Judgement;
import dev.verso.text.Cancellation;
import dev.verso.text.Document;
import dev.verso.text.ReadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckQuotesTest {

  private static final Document ARTICLE =
      ReadArticle.from(Path.of("evaluation/articles/otan-moscou.txt"), ReadOptions.defaults());

  private static Engine engine;
  private static CheckQuotes checks;

  @BeforeAll
  static void open() {
    engine = Engine.open(Engine.shippedModel(), 2);
    checks = new CheckQuotes(engine);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static CheckQuotes.Request of(List<String> quotes) {
    return new CheckQuotes.Request(ARTICLE, quotes, Optional.empty(), Optional.empty());
  }

  /** Counts how often it is asked. */
  private static int asked(List<String> quotes) {
    AtomicInteger count = new AtomicInteger();
    Cancellation counting =
        () -> {
          count.incrementAndGet();
          return false;
        };
    assertThat(checks.check(of(quotes), counting).checked())
        .hasSize(quotes.size())
        .allMatch(quote -> quote.judgement().label() == Judgement.Label.NOT_IN_SOURCE);
    return count.get();
  }

  @Test
  void theArticleIsReadOnceForAllOfItsQuotes() {
    // What no sentence resembles takes nothing but the reading of the article.
    List<String> strange =
        IntStream.range(0, 100).mapToObj(i -> "zzyzx qwfp" + i + " xylk").toList();
    int one = asked(strange.subList(0, 1));
    int ten = asked(strange.subList(0, 10));
    int hundred = asked(strange);
    int quote = (ten - one) / 9;
    int reading = one - quote;
    assertThat(reading).isGreaterThan(100);
    assertThat(hundred).isEqualTo(reading + 100 * quote);
  }

  @Test
  void aCancelledCheckEnds() throws InterruptedException {
    List<String> quotes =
        Collections.nCopies(
            60, "He ended the mission of NATO and ordered the closure of its office");
    AtomicBoolean cancelled = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    Thread thread =
        new Thread(
            () -> {
              try {
                checks.check(
                    of(quotes),
                    () -> {
                      begun.countDown();
                      return cancelled.get();
                    });
              } catch (CancellationException e) {
                thrown.add(e);
              }
            });
    thread.start();
    begun.await();
    Thread.sleep(200);
    cancelled.set(true);
    long asked = System.nanoTime();
    thread.join();
    assertThat(thrown).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void whatIsTooLongIsNamed() {
    assertThatThrownBy(() -> of(List.of("a ".repeat(Excerpts.LONGEST))))
        .hasMessageContaining("the quote has");
  }
}
