package dev.verso.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.verso.text.InputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * API keys and their usage. A key is shown once, when it is created; only its SHA-256 is stored: a
 * key has 192 random bits, so that no slow hash is needed.
 */
public final class KeyStore {

  /** What a key may be allowed to do. */
  public static final Set<String> SCOPES =
      Set.of(
          "translate",
          "align",
          "quotes",
          "trace",
          "check",
          "jobs",
          "models",
          "glossaries",
          "memories",
          "metrics",
          "admin");

  private static final int RANDOM_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A key, without its secret.
   *
   * @param quota characters per month, or null for no limit
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ApiKey(String id, String name, Set<String> scopes, Long quota, String created) {

    /** Copies the scopes, in alphabetical order. */
    public ApiKey {
      scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
    }

    /** Whether it allows that. */
    public boolean allows(String scope) {
      return scopes.contains(scope);
    }
  }

  /** A new key, and its secret, which is never shown again. */
  public record Made(ApiKey key, String secret) {}

  private final Database database;

  public KeyStore(Database database) {
    this.database = database;
  }

  /**
   * The scopes that were requested; all but {@code admin} if none were.
   *
   * @throws InputException if one is unknown
   */
  public static Set<String> scopes(Collection<String> asked) {
    Set<String> scopes = new TreeSet<>(asked.isEmpty() ? SCOPES : asked);
    if (asked.isEmpty()) {
      scopes.remove("admin");
    }
    if (!SCOPES.containsAll(scopes)) {
      scopes.removeAll(SCOPES);
      throw new InputException(
          "unknown scope " + scopes + "; the scopes are " + new TreeSet<>(SCOPES));
    }
    return scopes;
  }

  /**
   * The scopes that were requested; if none were, all but {@code admin}, and of the first key all:
   * with it begins the time in which nobody administers without a key.
   *
   * @throws InputException if one is unknown
   */
  public Set<String> scopesOfNext(Collection<String> asked) {
    return asked.isEmpty() && isEmpty() ? SCOPES : scopes(asked);
  }

  /** What whoever has just made a key ought to know; empty if nothing. */
  public Optional<String> notice() {
    List<ApiKey> keys = list();
    if (keys.stream().noneMatch(key -> key.allows("admin"))) {
      return Optional.of(
          "no key may administer: keys and backups are then for 'verso keys' and 'verso backup' on"
              + " the machine itself, or for a key of the scope admin");
    }
    return keys.size() == 1
        ? Optional.of(
            "this is the first key: from now on the service answers nobody without one, and this"
                + " one may administer it")
        : Optional.empty();
  }

  /** Creates a key. */
  public Made make(String name, Set<String> scopes, Optional<Long> quota) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    String secret = "verso_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String id = UUID.randomUUID().toString();
    database.update(
        "INSERT INTO api_key (id, name, hash, scopes, quota) VALUES (?, ?, ?, ?, ?)",
        id,
        name,
        hash(secret),
        String.join(",", new TreeSet<>(scopes)),
        quota.orElse(null));
    ApiKey key = list().stream().filter(made -> made.id().equals(id)).findFirst().orElseThrow();
    return new Made(key, secret);
  }

  /** All keys, oldest first. */
  public List<ApiKey> list() {
    return database.query("SELECT * FROM api_key ORDER BY created, id", KeyStore::key);
  }

  private static ApiKey key(java.sql.ResultSet row) throws java.sql.SQLException {
    return new ApiKey(
        row.getString("id"),
        row.getString("name"),
        Set.of(row.getString("scopes").split(",")),
        row.getObject("quota", Long.class),
        Database.time(row, "created"));
  }

  /** Whether there are no keys. */
  public boolean isEmpty() {
    return database.find("SELECT 1 FROM api_key LIMIT 1", row -> 1).isEmpty();
  }

  /** The key with this secret. */
  public Optional<ApiKey> find(String secret) {
    return database.find("SELECT * FROM api_key WHERE hash = ?", KeyStore::key, hash(secret));
  }

  /** Removes a key. Returns whether there was one. */
  public boolean remove(String id) {
    return database.update("DELETE FROM api_key WHERE id = ?", id) > 0;
  }

  private static String hash(String secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Characters translated with a key this month (UTC); the empty id stands for everybody without a
   * key.
   */
  public long used(String id) {
    return database
        .find(
            "SELECT characters FROM key_usage WHERE key_id = ? AND period = ?",
            row -> row.getLong(1),
            id,
            period())
        .orElse(0L);
  }

  /** Adds to a key's usage this month. */
  public void use(String id, long characters) {
    String period = period();
    database.transaction(
        session -> {
          int known =
              session.update(
                  "UPDATE key_usage SET characters = characters + ?"
                      + " WHERE key_id = ? AND period = ?",
                  characters,
                  id,
                  period);
          return known > 0
              ? known
              : session.update(
                  "INSERT INTO key_usage (key_id, period, characters) VALUES (?, ?, ?)",
                  id,
                  period,
                  characters);
        });
  }

  private static String period() {
    return YearMonth.now(ZoneOffset.UTC).toString();
  }
}
