package dev.verso.evaluation.service;

import dev.verso.evaluation.service.HostileInputs.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Requests meant to take the service's time and memory from all others. */
final class ResourceAttacks {

  private static final double MOST_CPU_SECONDS = 10;
  private static final long MOST_GROWTH_MIB = 500;
  private static final double MOST_SLOWER = 3;
  private static final long LONGEST_STOP_SECONDS = 20;
  private static final int UPLOADS = 20;
  private static final int UPLOAD_BYTES = 15_000_000;

  private final Path folder;
  private final List<String> settings;
  private final int every;
  private final Consumer<Attack> listener;
  private final List<Attack> attacks = new ArrayList<>();

  private ResourceAttacks(
      Path folder, List<String> settings, int every, Consumer<Attack> listener) {
    this.folder = folder;
    this.settings = settings;
    this.every = every;
    this.listener = listener;
  }

  static List<Attack> run(Path folder, List<String> settings, int every, Consumer<Attack> listener)
      throws IOException, InterruptedException {
    return new ResourceAttacks(folder, settings, every, listener).run();
  }

  private void note(Attack attack) {
    attacks.add(attack);
    listener.accept(attack);
  }

  private List<Attack> run() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      List<Request> all = new ArrayList<>(HostileInputs.files(silent.getLocalPort()));
      all.addAll(HostileInputs.texts());
      List<Request> requests =
          IntStream.range(0, all.size()).filter(i -> i % every == 0).mapToObj(all::get).toList();
      try (ServiceProcess service = ServiceProcess.start(folder.resolve("cost"), settings)) {
        costs(service, requests);
        workersLeft(service, silent.getLocalPort());
      }
      try (ServiceProcess service = ServiceProcess.start(folder.resolve("others"), settings)) {
        beside(service, requests);
        stop(service, requests);
      }
    }
    memory();
    return attacks;
  }

  private static int send(ServiceProcess service, Request request) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          service
              .client()
              .send(
                  service
                      .request(request.path())
                      .header("Content-Type", request.type())
                      .POST(BodyPublishers.ofByteArray(request.body()))
                      .build(),
                  BodyHandlers.ofString());
      return answer.statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Each request alone: its processor time and what it adds to the resident memory. */
  private void costs(ServiceProcess service, List<Request> requests)
      throws IOException, InterruptedException {
    for (int i = 0; i < 20; i++) {
      ask(service, i);
    }
    // What is loaded once in the life of a service is no request's cost.
    for (Request ordinary : HostileInputs.ordinary()) {
      send(service, ordinary);
    }
    double idle = service.cpuSeconds();
    TimeUnit.SECONDS.sleep(2);
    double perSecond = (service.cpuSeconds() - idle) / 2;
    for (Request request : requests) {
      double before = service.cpuSeconds();
      long resident = service.resident().orElse(0L);
      long started = System.nanoTime();
      int status = send(service, request);
      double took = (System.nanoTime() - started) / 1e9;
      // What continues after the answer also counts.
      TimeUnit.MILLISECONDS.sleep(50);
      double cpu = service.cpuSeconds() - before - perSecond * took;
      long grown = service.resident().orElse(0L) - resident;
      note(
          new Attack(
              "the cost of " + request.name() + " at " + request.path(),
              String.format(
                  Locale.ROOT,
                  "%d after %.1f s, %.1f s of CPU, %d MiB more",
                  status,
                  took,
                  cpu,
                  grown),
              status != 0 && status != 500 && cpu <= MOST_CPU_SECONDS && grown <= MOST_GROWTH_MIB));
    }
  }

  /** More uploads than there are workers, all referring to a server that never answers. */
  private void workersLeft(ServiceProcess service, int silentPort) throws InterruptedException {
    Request upload = HostileInputs.file("an XLIFF", "a.xlf", HostileInputs.xliff(silentPort));
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      clients.add(start(() -> send(service, upload)));
    }
    double millis = ask(service, 1_000);
    note(
        new Attack(
            "33 uploads that refer to a server which never answers",
            String.format(Locale.ROOT, "one sentence took %.0f ms", millis),
            millis < 30_000));
    for (Thread client : clients) {
      client.join();
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static Thread start(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "attacker");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Milliseconds until one sentence is translated; NaN if it is not. */
  private static double ask(ServiceProcess service, int number) throws InterruptedException {
    long started = System.nanoTime();
    try {
      HttpResponse<String> answer =
          service.post(
              "/v1/translate",
              Map.of("text", "Le ministre a présenté le rapport " + number + " à l’Assemblée."));
      return answer.statusCode() == 200 ? (System.nanoTime() - started) / 1e6 : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static double p95(List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    // NaN sorts last: a failure counts as slower than anything else.
    return sorted[(int) (0.95 * (sorted.length - 1))];
  }

  /** Two attackers send all they have while a third client requests one sentence at a time. */
  private void beside(ServiceProcess service, List<Request> requests) throws InterruptedException {
    int number = 10_000;
    for (int i = 0; i < 40; i++) {
      ask(service, ++number);
    }
    List<Double> idle = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      idle.add(ask(service, ++number));
    }
    List<Double> attacked = new ArrayList<>();
    AtomicInteger next = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      start(
          () -> {
            for (int at = next.getAndIncrement();
                at < requests.size();
                at = next.getAndIncrement()) {
              send(service, requests.get(at));
            }
            over.countDown();
          });
    }
    while (!over.await(50, TimeUnit.MILLISECONDS)) {
      attacked.add(ask(service, ++number));
    }
    double before = p95(idle);
    double under = p95(attacked);
    note(
        new Attack(
            "one sentence while two clients send the worst",
            String.format(
                Locale.ROOT,
                "p95 %.0f ms idle, %.0f ms under attack (%d sentences)",
                before,
                under,
                attacked.size()),
            under <= MOST_SLOWER * before));
  }

  /** SIGTERM while all workers are busy with the worst. */
  private void stop(ServiceProcess service, List<Request> requests) throws InterruptedException {
    AtomicBoolean stopped = new AtomicBoolean();
    for (int i = 0; i < 40; i++) {
      int from = i * 7;
      start(
          () -> {
            for (int at = from; !stopped.get(); at++) {
              send(service, requests.get(at % requests.size()));
            }
          });
    }
    TimeUnit.SECONDS.sleep(5);
    long started = System.nanoTime();
    boolean ended = service.terminate(LONGEST_STOP_SECONDS + 5);
    double took = (System.nanoTime() - started) / 1e9;
    stopped.set(true);
    note(
        new Attack(
            "SIGTERM under attack",
            String.format(Locale.ROOT, ended ? "ended in %.1f s" : "runs on after %.1f s", took),
            ended && took <= LONGEST_STOP_SECONDS));
  }

  /**
   * Many large uploads in a small heap: each is answered, or the service ends and loses nothing.
   */
  private void memory() throws IOException, InterruptedException {
    Path data = folder.resolve("memory");
    String text = "Le ministre a présenté mardi un rapport à l’Assemblée. ".repeat(300_000);
    byte[] large = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), UPLOAD_BYTES);
    List<String> accepted = Collections.synchronizedList(new ArrayList<>());
    List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    boolean lives;
    try (ServiceProcess service = ServiceProcess.start(data, settings, "512m")) {
      Request small =
          HostileInputs.file("small", "b.txt", "Il pleut.".getBytes(StandardCharsets.UTF_8));
      Request upload = HostileInputs.file("large", "a.txt", large);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < UPLOADS; i++) {
        for (Request request : List.of(upload, small)) {
          clients.add(
              start(
                  () -> {
                    try {
                      HttpResponse<String> answer =
                          service
                              .client()
                              .send(
                                  service
                                      .request("/v1/jobs")
                                      .header("Content-Type", request.type())
                                      .POST(BodyPublishers.ofByteArray(jobBody(request.body())))
                                      .build(),
                                  BodyHandlers.ofString());
                      statuses.add(answer.statusCode());
                      if (answer.statusCode() == 202) {
                        accepted.add(service.parsed(answer).get("id").asText());
                      }
                    } catch (IOException e) {
                      statuses.add(0);
                    }
                  }));
        }
      }
      for (Thread client : clients) {
        client.join();
      }
      lives = service.isAlive();
    }
    int kept = 0;
    try (ServiceProcess again = ServiceProcess.start(data, settings, "512m")) {
      for (String id : accepted) {
        kept += again.get("/v1/jobs/" + id).statusCode() == 200 ? 1 : 0;
      }
    }
    boolean answered = lives && !statuses.contains(0);
    note(
        new Attack(
            UPLOADS + " uploads of " + UPLOAD_BYTES + " bytes in 512 MB",
            (answered ? "all answered, " : lives ? "lives, some unanswered, " : "ended, ")
                + kept
                + " of "
                + accepted.size()
                + " accepted jobs are there after a restart",
            (answered || !lives) && kept == accepted.size()));
  }

  /** The same form without the fields that jobs don't have. */
  private static byte[] jobBody(byte[] form) {
    String head = "name=\"file\"";
    String all = new String(form, StandardCharsets.ISO_8859_1);
    int part = all.lastIndexOf("--cut\r\n", all.indexOf(head));
    return all.substring(part).getBytes(StandardCharsets.ISO_8859_1);
  }
}
