package dev.verso.evaluation.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A job whose services are killed while they work on it. Afterwards each document must be there
 * exactly once: its result is from the very bytes that were sent, has its number in the
 * translation, and all characters were counted once.
 */
public final class JobTrial {

  private static final long PATIENCE_SECONDS = 3600;

  private JobTrial() {}

  /**
   * The outcome.
   *
   * @param documents how many were sent
   * @param right how many were returned once and correctly
   * @param kills how many services were killed
   * @param shares segments decoded by the instance that stayed, and by those that were killed;
   *     empty if there was one instance
   * @param seconds from the first request to the end of the job
   * @param faults what was wrong, one line each
   */
  public record Outcome(
      int documents, int right, int kills, List<Long> shares, double seconds, List<String> faults) {

    /** Copies the lists. */
    public Outcome {
      shares = List.copyOf(shares);
      faults = List.copyOf(faults);
    }
  }

  /** Documents of three sentences plus one for each point, all different. */
  private static List<Map<String, String>> documents(int count, int points) {
    List<Map<String, String>> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text =
          new StringBuilder()
              .append("Le conseil a voté la mesure ")
              .append(10_000 + i)
              .append(" mardi soir. Le maire a remercié les habitants du quartier ")
              .append(i % 17)
              .append(". La réunion suivante aura lieu dans ")
              .append(i % 29 + 2)
              .append(" jours.");
      for (int point = 1; point <= points; point++) {
        text.append(" Le point ")
            .append(point)
            .append(" de la mesure ")
            .append(10_000 + i)
            .append(" a été discuté longuement.");
      }
      documents.add(Map.of("name", "article-" + i + ".txt", "text", text.toString()));
    }
    return documents;
  }

  private static String submit(ServiceProcess service, List<Map<String, String>> documents)
      throws IOException, InterruptedException {
    HttpResponse<String> accepted =
        service.post("/v1/jobs", Map.of("documents", documents, "beam", 1, "force", true));
    if (accepted.statusCode() != 202) {
      throw new IOException("the job was not accepted: " + accepted.body());
    }
    return Json.PLAIN.readTree(accepted.body()).get("id").asText();
  }

  /**
   * Waits until so many documents have ended.
   *
   * @return how many have not ended
   */
  private static int await(ServiceProcess service, String job, int ended)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < until) {
      JsonNode counts = service.json("/v1/jobs/" + job).path("documents");
      int open = counts.path("waiting").asInt() + counts.path("running").asInt();
      if (counts.path("total").asInt() - open >= ended) {
        return open;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException("job " + job + " makes no progress");
  }

  /** Waits until one has decoded something; false if the job ends before. */
  private static boolean isAtWork(ServiceProcess one, ServiceProcess other, String job)
      throws IOException, InterruptedException {
    while (one.metric("verso_decoded_total") == 0) {
      if (await(other, job, 0) == 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return true;
  }

  /**
   * One service on a database file, killed again and again in the middle of the job.
   *
   * @param folder an empty one
   */
  public static Outcome kill(Path folder, int documents, int kills)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    List<Map<String, String>> sent = documents(documents, 0);
    ServiceProcess service = ServiceProcess.start(folder, List.of());
    try {
      String job = submit(service, sent);
      for (int i = 1; i <= kills; i++) {
        await(service, job, (int) ((long) i * documents / (kills + 1)));
        service.kill();
        service = ServiceProcess.start(folder, List.of());
      }
      await(service, job, documents);
      return outcome(service, job, sent, kills, List.of(), started);
    } finally {
      service.close();
    }
  }

  /**
   * Two services on one database, of which the second is killed again and again, and replaced by
   * another, for as long as the job lasts.
   *
   * @param folder an empty one
   * @param database settings such as {@code verso.database.url=jdbc:postgresql://…}
   * @param kills how many at most
   */
  public static Outcome instances(Path folder, List<String> database, int documents, int kills)
      throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>(database);
    settings.add("verso.jobs.lease=4s");
    long started = System.nanoTime();
    // Another takes seconds to start; the job must last that long.
    List<Map<String, String>> sent = documents(documents, Math.min(12, 3 * (kills - 1)));
    try (ServiceProcess stays = ServiceProcess.start(folder.resolve("a"), settings)) {
      ServiceProcess dies = ServiceProcess.start(folder.resolve("b"), settings);
      try {
        String job = submit(stays, sent);
        long share = 0;
        int killed = 0;
        while (killed < kills
            && await(stays, job, (int) ((killed + 1L) * documents / (kills + 1))) > 0
            && isAtWork(dies, stays, job)) {
          share += (long) dies.metric("verso_decoded_total");
          dies.kill();
          killed++;
          if (killed < kills) {
            dies = ServiceProcess.start(folder.resolve("b"), settings);
          }
        }
        await(stays, job, documents);
        List<Long> shares = List.of((long) stays.metric("verso_decoded_total"), share);
        return outcome(stays, job, sent, killed, shares, started);
      } finally {
        dies.close();
      }
    }
  }

  private static Outcome outcome(
      ServiceProcess service,
      String job,
      List<Map<String, String>> sent,
      int kills,
      List<Long> shares,
      long started)
      throws IOException, InterruptedException {
    double seconds = (System.nanoTime() - started) / 1e9;
    List<String> faults = new ArrayList<>();
    int right = 0;
    long characters = 0;
    for (int i = 0; i < sent.size(); i++) {
      String text = sent.get(i).get("text");
      characters += text.length();
      HttpResponse<String> result = service.get("/v1/jobs/" + job + "/documents/" + i);
      if (result.statusCode() != 200) {
        faults.add("document " + i + ": " + result.body());
        continue;
      }
      JsonNode json = Json.PLAIN.readTree(result.body());
      String translation = json.path("targetText").asText().replace(",", "");
      if (!json.at("/source/sha256").asText().equals(sha256(text))) {
        faults.add("document " + i + " is another one's translation");
      } else if (!translation.contains(Integer.toString(10_000 + i))) {
        faults.add("document " + i + " lacks its number: " + translation);
      } else {
        right++;
      }
    }
    JsonNode whole = service.json("/v1/jobs/" + job);
    if (whole.path("characters").asLong() != characters) {
      faults.add(
          whole.path("characters").asLong() + " characters counted, " + characters + " sent");
    }
    if (service.json("/v1/jobs").path("jobs").size() != 1) {
      faults.add("there is not exactly one job");
    }
    return new Outcome(sent.size(), right, kills, shares, seconds, faults);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
