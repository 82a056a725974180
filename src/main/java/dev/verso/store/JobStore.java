package dev.verso.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Jobs and the queue of their documents.
 *
 * <p>A document is claimed with a lease; its holder renews the lease while working on it. A
 * document whose lease has expired, because its holder died, is claimed by another. The result is
 * written, and the document marked as done, in one transaction, and only by its holder: each
 * document ends exactly once, however often it was begun.
 *
 * <p>Documents are claimed by age, each counted as later the further back it is in its job, so that
 * a small job does not wait for all of a big one. Several instances may share one database.
 */
public final class JobStore {

  /**
   * How often a document is begun before it is given up: after that many deaths the document is at
   * fault.
   */
  static final int MOST_ATTEMPTS = 10;

  private static final int LONGEST_ERROR = 2000;

  /** States of a document, and of a job as the sum of them. */
  public enum State {
    /** Waiting in the queue. */
    WAITING,
    /** Being translated. */
    RUNNING,
    /** Translated. */
    DONE,
    /** Not translated; the error says why. */
    FAILED,
    /** No longer wanted. */
    CANCELLED;

    /** As in the API. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A document to be translated. */
  // Large, passed on and never changed.
  @SuppressWarnings("ArrayRecordComponent")
  public record Submitted(String name, byte[] bytes) {}

  /**
   * A job.
   *
   * @param id its id in requests
   * @param state running until all documents have ended; failed only if no document was translated
   * @param documents how many documents are in which state
   * @param progress in [0, 1]
   * @param characters translated so far
   * @param options how its documents are translated
   * @param created when it was submitted
   * @param finished when its last document ended, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Job(
      String id,
      String state,
      Map<String, Integer> documents,
      double progress,
      long characters,
      JobOptions options,
      String created,
      String finished) {}

  /**
   * A document of a job.
   *
   * @param error why it failed, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Entry(
      int position,
      String name,
      String state,
      double progress,
      long characters,
      String mediaType,
      String error) {}

  /** A document that somebody holds. */
  // Large, passed on and never changed.
  @SuppressWarnings("ArrayRecordComponent")
  public record Claim(
      String job,
      int position,
      String holder,
      String owner,
      String name,
      byte[] source,
      JobOptions options) {}

  /** The result of a document. */
  // Large, passed on and never changed.
  @SuppressWarnings("ArrayRecordComponent")
  public record Result(String name, String mediaType, byte[] bytes) {}

  private final Database database;

  public JobStore(Database database) {
    this.database = database;
  }

  /**
   * Adds a job to the queue.
   *
   * @param owner the key it belongs to; empty for everybody
   * @param token if the owner submitted a job with the same token before, its id is returned
   * @return its id
   */
  public String submit(
      String owner, Optional<String> token, JobOptions options, List<Submitted> documents) {
    String id = UUID.randomUUID().toString();
    try {
      return database.transaction(
          session -> {
            if (token.isPresent()) {
              List<String> known =
                  session.query(
                      "SELECT id FROM job WHERE owner = ? AND token = ?",
                      row -> row.getString(1),
                      owner,
                      token.get());
              if (!known.isEmpty()) {
                return known.get(0);
              }
            }
            session.update(
                "INSERT INTO job (id, owner, token, options, documents) VALUES (?, ?, ?, ?, ?)",
                id,
                owner,
                token.orElse(null),
                options.toJson(),
                documents.size());
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
              Submitted document = documents.get(i);
              rows.add(new Object[] {id, i, document.name(), document.bytes(), i});
            }
            session.each(
                "INSERT INTO job_document (job_id, position, name, source, state, due) VALUES"
                    + " (?, ?, ?, ?, 'WAITING',"
                    + " CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '1' SECOND)",
                rows);
            return id;
          });
    } catch (Database.UnavailableException e) {
      // Two simultaneous requests with one token: the other one was faster.
      return token.flatMap(given -> submitted(owner, given)).orElseThrow(() -> e);
    }
  }

  /** The job that an owner submitted with a token, if there is one. */
  public Optional<String> submitted(String owner, String token) {
    return database.find(
        "SELECT id FROM job WHERE owner = ? AND token = ?", row -> row.getString(1), owner, token);
  }

  /** Bytes that an owner's documents and their results take up. */
  public long stored(String owner) {
    return database
        .find(
            "SELECT COALESCE(SUM(OCTET_LENGTH(d.source)), 0)"
                + " + COALESCE(SUM(OCTET_LENGTH(d.result)), 0)"
                + " FROM job_document d JOIN job j ON j.id = d.job_id WHERE j.owner = ?",
            row -> row.getLong(1),
            owner)
        .orElse(0L);
  }

  /** A job of an owner. */
  public Optional<Job> find(String owner, String id) {
    return database.transaction(
        session -> {
          record Head(JobOptions options, int documents, boolean cancelled, String created) {}
          List<Head> heads =
              session.query(
                  "SELECT * FROM job WHERE id = ? AND owner = ?",
                  row ->
                      new Head(
                          JobOptions.fromJson(row.getString("options")),
                          row.getInt("documents"),
                          row.getBoolean("cancelled"),
                          Database.time(row, "created")),
                  id,
                  owner);
          if (heads.isEmpty()) {
            return Optional.empty();
          }
          Head head = heads.get(0);
          Map<State, Integer> states = new TreeMap<>();
          double[] progress = new double[1];
          long[] characters = new long[1];
          String[] finished = new String[1];
          session.query(
              "SELECT state, COUNT(*) AS n, SUM(progress) AS p, SUM(characters) AS c,"
                  + " MAX(finished) AS f FROM job_document WHERE job_id = ? GROUP BY state",
              row -> {
                State state = State.valueOf(row.getString("state"));
                states.put(state, row.getInt("n"));
                boolean ended = state != State.WAITING && state != State.RUNNING;
                progress[0] += ended ? row.getInt("n") : row.getDouble("p");
                characters[0] += row.getLong("c");
                String at = Database.time(row, "f");
                if (at != null && (finished[0] == null || finished[0].compareTo(at) < 0)) {
                  finished[0] = at;
                }
                return state;
              },
              id);
          State state = state(states, head.cancelled);
          boolean open = state == State.WAITING || state == State.RUNNING;
          Map<String, Integer> counts = new TreeMap<>();
          states.forEach((key, n) -> counts.put(key.label(), n));
          counts.put("total", head.documents);
          return Optional.of(
              new Job(
                  id,
                  state.label(),
                  counts,
                  Math.round(1e4 * progress[0] / Math.max(1, head.documents)) / 1e4,
                  characters[0],
                  head.options,
                  head.created,
                  open ? null : finished[0]));
        });
  }

  private static State state(Map<State, Integer> states, boolean cancelled) {
    if (states.containsKey(State.RUNNING)) {
      return State.RUNNING;
    }
    if (states.containsKey(State.WAITING)) {
      return states.size() == 1 ? State.WAITING : State.RUNNING;
    }
    if (cancelled) {
      return State.CANCELLED;
    }
    return states.containsKey(State.DONE) ? State.DONE : State.FAILED;
  }

  /** The newest jobs of an owner, newest first. */
  public List<Job> list(String owner, int most) {
    List<String> ids =
        database.query(
            "SELECT id FROM job WHERE owner = ? ORDER BY created DESC, id LIMIT ?",
            row -> row.getString(1),
            owner,
            most);
    return ids.stream().map(id -> find(owner, id)).flatMap(Optional::stream).toList();
  }

  /** The documents of a job, starting at a position. */
  public List<Entry> documents(String owner, String id, int from, int most) {
    return database.query(
        "SELECT d.* FROM job_document d JOIN job j ON j.id = d.job_id"
            + " WHERE j.id = ? AND j.owner = ? AND d.position >= ? ORDER BY d.position LIMIT ?",
        row ->
            new Entry(
                row.getInt("position"),
                row.getString("name"),
                State.valueOf(row.getString("state")).label(),
                row.getDouble("progress"),
                row.getLong("characters"),
                row.getString("media_type"),
                row.getString("error")),
        id,
        owner,
        from,
        most);
  }

  /** The result of a document; empty until it is done. */
  public Optional<Result> result(String owner, String id, int position) {
    return database.find(
        "SELECT d.result_name, d.media_type, d.result FROM job_document d JOIN job j ON j.id = d.job_id"
            + " WHERE j.id = ? AND j.owner = ? AND d.position = ? AND d.state = 'DONE'",
        row ->
            new Result(
                row.getString("result_name"), row.getString("media_type"), row.getBytes("result")),
        id,
        owner,
        position);
  }

  /** Stops a job; finished documents are kept. Returns whether there is such a job. */
  public boolean cancel(String owner, String id) {
    return database.transaction(
        session -> {
          int found =
              session.update(
                  "UPDATE job SET cancelled = TRUE WHERE id = ? AND owner = ?", id, owner);
          if (found > 0) {
            session.update(
                "UPDATE job_document SET state = 'CANCELLED', holder = NULL,"
                    + " finished = CURRENT_TIMESTAMP"
                    + " WHERE job_id = ? AND state IN ('WAITING', 'RUNNING')",
                id);
          }
          return found > 0;
        });
  }

  /** Removes a job with all its documents and results. Returns whether there was such a job. */
  public boolean remove(String owner, String id) {
    return database.update("DELETE FROM job WHERE id = ? AND owner = ?", id, owner) > 0;
  }

  /** Removes jobs that ended longer than so many days ago. */
  public int removeOlderThan(int days) {
    return database.update(
        "DELETE FROM job WHERE created < CURRENT_TIMESTAMP - CAST(? AS INTEGER) * INTERVAL '1' DAY"
            + " AND NOT EXISTS (SELECT 1 FROM job_document d WHERE d.job_id = job.id AND (d.state IN"
            + " ('WAITING', 'RUNNING') OR d.finished > CURRENT_TIMESTAMP"
            + " - CAST(? AS INTEGER) * INTERVAL '1' DAY))",
        days,
        days);
  }

  /**
   * Claims the next document.
   *
   * @param holder who claims it; no other may claim under this name at the same time
   * @param leaseSeconds how long it is held unless the lease is renewed
   */
  public Optional<Claim> claim(String holder, int leaseSeconds) {
    record Found(String job, int position, int attempts) {}
    return database.transaction(
        session -> {
          while (true) {
            List<Found> found =
                session.query(
                    "SELECT job_id, position, attempts FROM job_document"
                        + " WHERE state = 'WAITING'"
                        + " OR (state = 'RUNNING' AND lease < CURRENT_TIMESTAMP)"
                        + " ORDER BY due, job_id LIMIT 1 FOR UPDATE SKIP LOCKED",
                    row -> new Found(row.getString(1), row.getInt(2), row.getInt(3)));
            if (found.isEmpty()) {
              return Optional.empty();
            }
            Found next = found.get(0);
            if (next.attempts >= MOST_ATTEMPTS) {
              session.update(
                  "UPDATE job_document SET state = 'FAILED', holder = NULL, error = ?,"
                      + " finished = CURRENT_TIMESTAMP WHERE job_id = ? AND position = ?",
                  "given up: started "
                      + next.attempts
                      + " times, and each time the service stopped before it was done",
                  next.job,
                  next.position);
              continue;
            }
            session.update(
                "UPDATE job_document SET state = 'RUNNING', attempts = attempts + 1, holder = ?,"
                    + " lease = CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '1' SECOND"
                    + " WHERE job_id = ? AND position = ?",
                holder,
                leaseSeconds,
                next.job,
                next.position);
            return session
                .query(
                    "SELECT j.owner, j.options, d.name, d.source FROM job_document d"
                        + " JOIN job j ON j.id = d.job_id WHERE d.job_id = ? AND d.position = ?",
                    row ->
                        new Claim(
                            next.job,
                            next.position,
                            holder,
                            row.getString("owner"),
                            row.getString("name"),
                            row.getBytes("source"),
                            JobOptions.fromJson(row.getString("options"))),
                    next.job,
                    next.position)
                .stream()
                .findFirst();
          }
        });
  }

  /**
   * Renews a lease and records the document's progress.
   *
   * @return whether it is still held; if not, the work is no longer wanted
   */
  public boolean renew(Claim claim, int leaseSeconds, double progress) {
    return database.update(
            "UPDATE job_document SET progress = ?,"
                + " lease = CURRENT_TIMESTAMP + CAST(? AS INTEGER) * INTERVAL '1' SECOND"
                + " WHERE job_id = ? AND position = ? AND holder = ? AND state = 'RUNNING'",
            progress,
            leaseSeconds,
            claim.job(),
            claim.position(),
            claim.holder())
        > 0;
  }

  /**
   * Writes the result of a document that is held.
   *
   * @return whether it was still held; if not, nothing is written
   */
  public boolean finish(Claim claim, Result result, long characters) {
    return end(claim, State.DONE, result, characters, null);
  }

  /** Records why a document that is held can't be translated. */
  public boolean fail(Claim claim, String error) {
    String cut =
        error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR - 1) + "…";
    return end(
        claim, State.FAILED, new Result(null, null, new byte[0]), 0, cut.replace("\u0000", ""));
  }

  private boolean end(Claim claim, State state, Result result, long characters, String error) {
    return database.transaction(
        session -> {
          int ended =
              session.update(
                  "UPDATE job_document SET state = ?, holder = NULL, lease = NULL, progress = 1,"
                      + " result_name = ?, media_type = ?, result = ?, characters = ?, error = ?,"
                      + " finished = CURRENT_TIMESTAMP"
                      + " WHERE job_id = ? AND position = ? AND holder = ? AND state = 'RUNNING'",
                  state.name(),
                  result.name(),
                  result.mediaType(),
                  result.bytes(),
                  characters,
                  error,
                  claim.job(),
                  claim.position(),
                  claim.holder());
          return ended > 0;
        });
  }

  /** Returns a document that is held to the queue; it counts as not begun. */
  public void release(Claim claim) {
    database.update(
        "UPDATE job_document SET state = 'WAITING', holder = NULL, lease = NULL,"
            + " attempts = attempts - 1"
            + " WHERE job_id = ? AND position = ? AND holder = ? AND state = 'RUNNING'",
        claim.job(),
        claim.position(),
        claim.holder());
  }

  /** Returns to the queue all documents held by a process that is known to be gone. */
  public int releaseAll() {
    return database.update(
        "UPDATE job_document SET state = 'WAITING', holder = NULL, lease = NULL"
            + " WHERE state = 'RUNNING'");
  }

  /** How many documents are in which state, over all jobs. */
  public Map<State, Integer> depth() {
    Map<State, Integer> depth = new TreeMap<>();
    database.query(
        "SELECT state, COUNT(*) FROM job_document WHERE state IN ('WAITING', 'RUNNING')"
            + " GROUP BY state",
        row -> depth.put(State.valueOf(row.getString(1)), row.getInt(2)));
    return depth;
  }
}
