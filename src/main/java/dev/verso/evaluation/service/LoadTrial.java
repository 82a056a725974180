package dev.verso.evaluation.service;

import dev.verso.text.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * One-sentence requests: alone, while a bulk job runs, and from many clients at once while it still
 * runs.
 */
public final class LoadTrial {

  private static final int BULK = 200;

  private LoadTrial() {}

  /**
   * The outcome.
   *
   * @param idle 95th percentile, in milliseconds, for a lone client without other work
   * @param underJob for a lone client while a job runs
   * @param crowded for each of many clients while a job runs
   * @param statuses how many answers had which status; 0 is no answer
   * @param perSecond answers of status 200 a second, of all clients
   * @param resident MiB of memory, after each fifth of the time
   * @param jobDone documents of the bulk job that were done meanwhile
   */
  public record Outcome(
      double idle,
      double underJob,
      double crowded,
      Map<Integer, Integer> statuses,
      double perSecond,
      List<Long> resident,
      int jobDone) {

    /** Copies the collections. */
    public Outcome {
      statuses = Map.copyOf(statuses);
      resident = List.copyOf(resident);
    }
  }

  /** Runs the three parts: a sixth of the time, a sixth, and the rest. */
  public static Outcome run(Path folder, int clients, int seconds)
      throws IOException, InterruptedException {
    try (ServiceProcess service = ServiceProcess.start(folder, List.of())) {
      AtomicLong number = new AtomicLong();
      Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
      // The first requests of a JVM are not representative.
      clients(service, 1, Math.max(3, seconds / 12), number, new ConcurrentHashMap<>());
      double idle = p95(clients(service, 1, Math.max(5, seconds / 6), number, statuses));
      String text =
          String.join(
              " ",
              IntStream.range(0, 12)
                  .mapToObj(i -> "La commission numéro @" + i + " a examiné le budget de la ville.")
                  .toList());
      List<String> jobs = new ArrayList<>();
      AtomicLong written = new AtomicLong();
      jobs.add(bulk(service, text, written));
      double underJob = p95(clients(service, 1, Math.max(5, seconds / 6), number, statuses));
      List<Double> crowded = new ArrayList<>();
      List<Long> resident = new ArrayList<>();
      int stretch = Math.max(4, seconds * 2 / 15);
      for (int i = 0; i < 5; i++) {
        if (service.json("/v1/jobs/" + jobs.get(jobs.size() - 1)).path("progress").asDouble()
            > 0.5) {
          jobs.add(bulk(service, text, written));
        }
        crowded.addAll(clients(service, clients, stretch, number, statuses));
        service.resident().ifPresent(resident::add);
      }
      int done = 0;
      for (String job : jobs) {
        done += service.json("/v1/jobs/" + job).at("/documents/done").asInt();
        service.post("/v1/jobs/" + job + "/cancel", Map.of());
      }
      return new Outcome(
          idle,
          underJob,
          p95(crowded),
          new TreeMap<>(statuses),
          crowded.size() / (5.0 * stretch),
          resident,
          done);
    }
  }

  private static String bulk(ServiceProcess service, String text, AtomicLong written)
      throws IOException, InterruptedException {
    List<Map<String, String>> documents = new ArrayList<>();
    for (int i = 0; i < BULK; i++) {
      // Each different, so that nothing is cached.
      String own = Long.toString(written.incrementAndGet());
      documents.add(Map.of("name", "bulk-" + i, "text", text.replace("@", own)));
    }
    HttpResponse<String> accepted =
        service.post("/v1/jobs", Map.of("documents", documents, "force", true));
    return Json.PLAIN.readTree(accepted.body()).get("id").asText();
  }

  /** Milliseconds of all answers of status 200. */
  static List<Double> clients(
      ServiceProcess service,
      int count,
      int seconds,
      AtomicLong number,
      Map<Integer, Integer> statuses)
      throws InterruptedException {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    CountDownLatch left = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread client =
          new Thread(
              () -> {
                try {
                  while (System.nanoTime() < until) {
                    ask(service, number.incrementAndGet(), millis, statuses);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  left.countDown();
                }
              },
              "client-" + i);
      client.setDaemon(true);
      client.start();
    }
    left.await();
    return millis;
  }

  private static void ask(
      ServiceProcess service, long number, List<Double> millis, Map<Integer, Integer> statuses)
      throws InterruptedException {
    long started = System.nanoTime();
    try {
      HttpResponse<String> answer =
          service.post(
              "/v1/translate",
              Map.of("text", "Le ministre a présenté le rapport " + number + " à l’Assemblée."));
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      if (answer.statusCode() == 200) {
        millis.add((System.nanoTime() - started) / 1e6);
      } else {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (IOException e) {
      statuses.merge(0, 1, Integer::sum);
    }
  }

  static double p95(List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[(int) (0.95 * (sorted.length - 1))];
  }
}
