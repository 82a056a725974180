package dev.verso.evaluation.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One client that translates a sentence at a time: alone, and beside clients that check quotes. */
public final class CheckTrial {

  private static final List<String> QUOTES =
      List.of("any kind of equal dialogue", "ordered the closure of its office in Moscow");

  /** Checks and translations before the measuring begins: the first ones of a JVM are slow. */
  private static final int WARM_CHECKS = 40;

  private CheckTrial() {}

  /**
   * The outcome.
   *
   * @param alone sentences a second without other work
   * @param beside sentences a second beside the checks
   * @param p95Alone 95th percentile in milliseconds without other work
   * @param p95Beside the same beside the checks
   * @param checks requests of two quotes each that were answered meanwhile
   */
  public record Outcome(
      double alone, double beside, double p95Alone, double p95Beside, int checks) {}

  /**
   * Runs both parts, each of the given time.
   *
   * @param article a French article
   * @param clients how many check at the same time
   */
  public static Outcome run(Path folder, Path article, int clients, int seconds)
      throws IOException, InterruptedException {
    Map<String, Object> check = Map.of("text", Files.readString(article), "quotes", QUOTES);
    try (ServiceProcess service = ServiceProcess.start(folder, List.of())) {
      AtomicLong number = new AtomicLong();
      Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
      for (int i = 0; i < WARM_CHECKS; i++) {
        service.post("/v1/check", check);
      }
      LoadTrial.clients(service, 1, Math.max(3, seconds / 3), number, statuses);
      List<Double> alone = LoadTrial.clients(service, 1, seconds, number, statuses);
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger checked = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        Thread thread = new Thread(() -> check(service, check, over, checked), "checker-" + i);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
      TimeUnit.SECONDS.sleep(2);
      int before = checked.get();
      List<Double> beside = LoadTrial.clients(service, 1, seconds, number, statuses);
      int during = checked.get() - before;
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      return new Outcome(
          alone.size() / (double) seconds,
          beside.size() / (double) seconds,
          LoadTrial.p95(alone),
          LoadTrial.p95(beside),
          during);
    }
  }

  private static void check(
      ServiceProcess service, Map<String, Object> check, AtomicBoolean over, AtomicInteger done) {
    try {
      while (!over.get()) {
        if (service.post("/v1/check", check).statusCode() == 200) {
          done.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // The service is gone: what it answered before is the outcome.
      over.set(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
