package dev.verso.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

@Timeout(60)
class RequestExecutorTest {

  static Settings settings(Map<String, String> given) {
    return new Binder(new MapConfigurationPropertySource(given))
        .bindOrCreate("verso", Bindable.of(Settings.class));
  }

  private static RequestExecutor executor(String... given) {
    Map<String, String> all = new java.util.HashMap<>();
    for (int i = 0; i < given.length; i += 2) {
      all.put(given[i], given[i + 1]);
    }
    MemoryExhaustion exhaustion =
        new MemoryExhaustion(
            new StaticListableBeanFactory().getBeanProvider(dev.verso.job.JobWorkers.class));
    return new RequestExecutor(settings(all), exhaustion);
  }

  private static int status(Mono<?> answer) {
    try {
      answer.block(Duration.ofSeconds(30));
      return 200;
    } catch (Problem problem) {
      return problem.status();
    }
  }

  @Test
  void workThatLooksAtNothingIsAnsweredInTime() throws Exception {
    RequestExecutor executor = executor("verso.limits.timeout", "200ms");
    CountDownLatch stuck = new CountDownLatch(1);
    Mono<String> answer =
        executor.run(
            cancellation -> {
              stuck.await();
              return "late";
            });
    assertThat(status(answer)).isEqualTo(503);
    stuck.countDown();
    assertThat(executor.run(cancellation -> "soon").block(Duration.ofSeconds(30)))
        .isEqualTo("soon");
    executor.close();
  }

  @Test
  void aStreamEndsInTimeToo() {
    RequestExecutor executor = executor("verso.limits.timeout", "200ms");
    CountDownLatch stuck = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                executor
                    .<String>tell(
                        (listener, cancellation) -> {
                          listener.accept("first");
                          stuck.await();
                        })
                    .collectList()
                    .block(Duration.ofSeconds(30)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("longest");
    stuck.countDown();
    executor.close();
  }

  @Test
  void stoppingIsSeenByWorkUnderWay() throws Exception {
    RequestExecutor executor = executor();
    AtomicReference<Throwable> ended = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    executor
        .run(
            cancellation -> {
              begun.countDown();
              return endless(cancellation);
            })
        .subscribe(
            result -> {},
            error -> {
              ended.set(error);
              over.countDown();
            });
    begun.await();
    executor.stop();
    assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.get()).isInstanceOf(CancellationException.class);
  }

  private static String endless(Cancellation cancellation) throws InterruptedException {
    while (true) {
      cancellation.check();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void moreThanCanWaitAreTurnedAway() throws Exception {
    RequestExecutor executor =
        executor("verso.limits.concurrent", "1", "verso.limits.waiting", "1");
    CountDownLatch hold = new CountDownLatch(1);
    List<Mono<String>> two = List.of(held(executor, hold).cache(), held(executor, hold).cache());
    two.forEach(Mono::subscribe);
    assertThat(status(held(executor, hold))).isEqualTo(429);
    hold.countDown();
    assertThat(two.get(1).block(Duration.ofSeconds(30))).isEqualTo("done");
    executor.close();
  }

  @Test
  void slowWorkLeavesOthersTheirTurn() throws Exception {
    RequestExecutor executor =
        executor("verso.threads", "4", "verso.limits.concurrent", "3", "verso.limits.waiting", "5");
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch two = new CountDownLatch(2);
    AtomicInteger started = new AtomicInteger();
    List<Mono<String>> slow = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      slow.add(
          executor
              .runSlow(
                  cancellation -> {
                    started.incrementAndGet();
                    two.countDown();
                    hold.await();
                    return "slow";
                  })
              .cache());
    }
    slow.forEach(Mono::subscribe);
    two.await();
    assertThat(status(executor.runSlow(cancellation -> "one too many"))).isEqualTo(429);
    for (int i = 0; i < 20; i++) {
      assertThat(executor.run(cancellation -> "soon").block(Duration.ofSeconds(30)))
          .isEqualTo("soon");
    }
    // Half of the decoder's threads, whatever came.
    assertThat(started).hasValue(2);
    hold.countDown();
    for (Mono<String> one : slow) {
      assertThat(one.block(Duration.ofSeconds(30))).isEqualTo("slow");
    }
    executor.close();
  }

  @Test
  void whoLeavesMakesRoomInTheLine() throws Exception {
    RequestExecutor executor =
        executor("verso.limits.concurrent", "1", "verso.limits.waiting", "1");
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Mono<String> first =
        executor
            .run(
                cancellation -> {
                  begun.countDown();
                  hold.await();
                  return "done";
                })
            .cache();
    first.subscribe();
    begun.await();
    Disposable left = held(executor, hold).subscribe();
    assertThat(executor.waiting()).isEqualTo(1);
    left.dispose();
    assertThat(executor.waiting()).isZero();
    Mono<String> next = held(executor, hold).cache();
    next.subscribe();
    hold.countDown();
    assertThat(next.block(Duration.ofSeconds(30))).isEqualTo("done");
    executor.close();
  }

  private static Mono<String> held(RequestExecutor executor, CountDownLatch hold) {
    return executor.run(
        cancellation -> {
          hold.await();
          return "done";
        });
  }

  @Test
  void bodiesUnderWayHaveABudget() {
    BodyBudget budget =
        new BodyBudget(settings(Map.of("verso.limits.bodies", "1MB", "verso.limits.body", "1MB")));
    BodyBudget.Share first = budget.share();
    first.takeTo(600_000);
    BodyBudget.Share second = budget.share();
    assertThatThrownBy(() -> second.takeTo(600_000))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("Slowdown");
    // Small ones are always let in, and what was refused holds nothing.
    budget.share().takeTo(10_000);
    second.takeTo(400_000);
    first.close();
    first.close();
    second.takeTo(1_000_000);
    second.close();
    BodyBudget.Share whole = budget.share();
    whole.takeTo(1_048_576);
    whole.close();
  }
}
