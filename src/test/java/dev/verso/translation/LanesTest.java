package dev.verso.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.model.TranslationModel;
import dev.verso.text.Cancellation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers, one translator: shared batches, lanes, memory. */
class LanesTest {

  private static final TranslationOptions GREEDY = TranslationOptions.DEFAULT.withBeam(1);

  private static TranslationModel model;
  private static Translator translator;

  @BeforeAll
  static void open() {
    model = TranslationModel.load(Path.of("models/fr-en"));
    translator = new Translator(model, 1, 64 << 20);
  }

  @AfterAll
  static void close() {
    translator.close();
    model.close();
  }

  private static List<String> sentences(String subject, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Le " + subject + " numéro " + i + " a parlé lundi devant la commission.")
        .toList();
  }

  @Test
  void callersShareBatchesAndGetWhatTheyWouldGetAlone() {
    List<String> texts = sentences("maire", 24);
    List<String> alone = new ArrayList<>();
    try (Translator other = new Translator(model, 1)) {
      for (String text : texts) {
        alone.add(
            other
                .translate(List.of(text), GREEDY, Progress.SILENT, Cancellation.NONE)
                .get(0)
                .text());
      }
      assertThat(other.load().batches()).isEqualTo(24);
    }
    long batches = translator.load().batches();
    ExecutorService callers = Executors.newFixedThreadPool(24);
    try {
      List<CompletableFuture<String>> together =
          texts.stream()
              .map(
                  text ->
                      CompletableFuture.supplyAsync(
                          () ->
                              translator
                                  .translate(
                                      List.of(text), GREEDY, Progress.SILENT, Cancellation.NONE)
                                  .get(0)
                                  .text(),
                          callers))
              .toList();
      assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
    } finally {
      callers.shutdownNow();
    }
    assertThat(translator.load().batches() - batches).isLessThan(24);
  }

  @Test
  void anInteractiveCallOvertakesABulkOne() {
    Translator bulk = translator.inLane(Lane.BULK);
    CompletableFuture<Long> started = new CompletableFuture<>();
    CompletableFuture<List<SegmentTranslation>> job =
        CompletableFuture.supplyAsync(
            () ->
                bulk.translate(
                    sentences("juge", 200),
                    GREEDY,
                    (done, total) -> started.complete(done),
                    Cancellation.NONE));
    started.join();
    translator.translate(List.of("Il pleut."), GREEDY, Progress.SILENT, Cancellation.NONE);
    assertThat(job).isNotDone();
    assertThat(translator.load().bulkWaiting()).isPositive();
    assertThat(job.join()).hasSize(200);
  }

  @Test
  void aShortTextDoesNotWaitForAllOfALongOne() {
    CompletableFuture<Long> started = new CompletableFuture<>();
    CompletableFuture<List<SegmentTranslation>> book =
        CompletableFuture.supplyAsync(
            () ->
                translator.translate(
                    sentences("greffier", 300),
                    GREEDY,
                    (done, total) -> started.complete(done),
                    Cancellation.NONE));
    started.join();
    translator.translate(List.of("Il grêle."), GREEDY, Progress.SILENT, Cancellation.NONE);
    assertThat(book).isNotDone();
    // Its beginning went first, the rest goes on in the other lane.
    assertThat(translator.load().bulkWaiting()).isPositive();
    assertThat(book.join().stream().map(SegmentTranslation::text).distinct())
        .hasSizeGreaterThan(290);
  }

  @Test
  void twoLongTextsTakeTurns() {
    Translator bulk = translator.inLane(Lane.BULK);
    CompletableFuture<Long> started = new CompletableFuture<>();
    CompletableFuture<List<SegmentTranslation>> first =
        CompletableFuture.supplyAsync(
            () ->
                bulk.translate(
                    sentences("huissier", 300),
                    GREEDY,
                    (done, total) -> started.complete(done),
                    Cancellation.NONE));
    started.join();
    List<SegmentTranslation> second =
        bulk.translate(sentences("avocat", 40), GREEDY, Progress.SILENT, Cancellation.NONE);
    assertThat(second).hasSize(40);
    assertThat(first).isNotDone();
    assertThat(first.join()).hasSize(300);
  }

  @Test
  void whatWasDecodedBeforeIsNotDecodedAgain() {
    List<String> texts = sentences("notaire", 3);
    List<SegmentTranslation> first =
        translator.translate(texts, GREEDY, Progress.SILENT, Cancellation.NONE);
    long decoded = translator.load().decoded();
    long hits = translator.load().cacheHits();
    assertThat(translator.translate(texts, GREEDY, Progress.SILENT, Cancellation.NONE))
        .isEqualTo(first);
    assertThat(translator.load().decoded()).isEqualTo(decoded);
    assertThat(translator.load().cacheHits()).isEqualTo(hits + 3);
    translator.translate(texts, GREEDY.withBeam(2), Progress.SILENT, Cancellation.NONE);
    assertThat(translator.load().decoded()).isEqualTo(decoded + 3);
  }

  @Test
  void aCallerWhoLeavesDoesNotStopTheOthers() {
    AtomicBoolean gone = new AtomicBoolean();
    CompletableFuture<List<SegmentTranslation>> leaving =
        CompletableFuture.supplyAsync(
            () ->
                translator.translate(
                    sentences("pompier", 200), GREEDY, (d, t) -> gone.set(true), gone::get));
    List<SegmentTranslation> stays =
        translator.translate(sentences("facteur", 20), GREEDY, Progress.SILENT, Cancellation.NONE);
    assertThat(stays).hasSize(20).allMatch(rendering -> !rendering.text().isBlank());
    assertThatThrownBy(leaving::join).hasCauseInstanceOf(CancellationException.class);
    // What it left in line is dropped, not decoded.
    translator.translate(List.of("Elle rit."), GREEDY, Progress.SILENT, Cancellation.NONE);
    assertThat(translator.load().interactiveWaiting()).isZero();
  }

  @Test
  void aClosedTranslatorTakesNoMore() {
    Translator other = new Translator(model, 1);
    other.translate(List.of("Oui."), GREEDY, Progress.SILENT, Cancellation.NONE);
    other.close();
    assertThatThrownBy(
            () -> other.translate(List.of("Non."), GREEDY, Progress.SILENT, Cancellation.NONE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void bulkTasksLeaveACoreToTheOthers() throws Exception {
    int cores = 3;
    try (DecodingQueue<String> queue =
        new DecodingQueue<>((inputs, search, stop) -> List.of(), cores)) {
      assertThat(mostAtOnce(queue, Lane.BULK, 3 * cores)).isEqualTo(cores - 1);
      // What a call has beyond its first 200 pieces would go to the bulk lane.
      assertThat(mostAtOnce(queue, Lane.INTERACTIVE, 4)).isEqualTo(cores);
    }
  }

  @Test
  void workBesideTheDecoderGivesWayToInteractiveTranslations() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (DecodingQueue<String> queue =
        new DecodingQueue<>((inputs, search, stop) -> List.of(), 2)) {
      CompletableFuture<String> translated = translationUntil(over, queue);
      Thread beside = new Thread(() -> queue.giveWay(Long.MAX_VALUE / 4));
      beside.start();
      while (beside.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      // It does not wait for ever, whatever the translation does.
      queue.giveWay(1_000_000);
      assertThat(translated).isNotDone();
      over.countDown();
      beside.join();
      translated.get();
      // Nothing is translated: nothing is waited for.
      queue.giveWay(Long.MAX_VALUE / 4);
      AtomicBoolean stop = new AtomicBoolean();
      Cancellation courteous = new GivingWay(stop::get, queue);
      courteous.check();
      stop.set(true);
      assertThatThrownBy(courteous::check).isInstanceOf(CancellationException.class);
    }
  }

  /** An interactive task that has begun and ends with the latch. */
  private static CompletableFuture<String> translationUntil(
      CountDownLatch over, DecodingQueue<String> queue) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Callable<String> translation =
        () -> {
          begun.countDown();
          over.await();
          return "";
        };
    CompletableFuture<String> translated =
        queue.callAll(List.of(translation), Lane.INTERACTIVE, Cancellation.NONE).get(0);
    begun.await();
    return translated;
  }

  @Test
  void bulkTasksRestWhileInteractiveWorkGoesOn() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (DecodingQueue<String> queue =
        new DecodingQueue<>((inputs, search, stop) -> List.of(), 2)) {
      CompletableFuture<String> translated = translationUntil(over, queue);
      Callable<long[]> task =
          () -> {
            long start = System.nanoTime();
            Thread.sleep(50);
            return new long[] {start, System.nanoTime()};
          };
      List<CompletableFuture<long[]>> tasks =
          queue.callAll(Collections.nCopies(2, task), Lane.BULK, Cancellation.NONE);
      long[] first = tasks.get(0).get();
      long[] second = tasks.get(1).get();
      assertThat(second[0] - first[1]).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
      over.countDown();
      translated.get();
    }
  }

  /** Every task waits until so many run as may at once, and then a moment for one too many. */
  private static int mostAtOnce(DecodingQueue<String> queue, Lane lane, int tasks)
      throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Callable<String> task =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.sleep(100);
          running.decrementAndGet();
          return "";
        };
    for (CompletableFuture<String> result :
        queue.callAll(Collections.nCopies(tasks, task), lane, Cancellation.NONE)) {
      result.get();
    }
    return most.get();
  }

  @Test
  void tasksRunAndTheirFailuresComeBack() {
    assertThat(translator.run(() -> 42, Cancellation.NONE)).isEqualTo(42);
    assertThatThrownBy(
            () ->
                translator.run(
                    () -> {
                      throw new IllegalArgumentException("no");
                    },
                    Cancellation.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
  }
}
