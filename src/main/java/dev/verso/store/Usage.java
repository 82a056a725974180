package dev.verso.store;

import dev.verso.store.KeyStore.ApiKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts characters against quotas in memory and stores them from time to time, so that a request
 * costs no transaction. A quota may be exceeded by what other instances use in {@value
 * #STALE_SECONDS} seconds. Thread-safe.
 */
public final class Usage {

  private static final long STALE_SECONDS = 5;

  /** A key's characters for this month are used up. */
  public static final class QuotaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QuotaException(long quota) {
      super(
          "the quota of this key, "
              + quota
              + " characters per month, is used up: wait for next month, or ask for a larger one");
    }
  }

  private static final class Account {
    long written;
    long pending;
    long read;
    boolean known;
  }

  private final KeyStore keys;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  public Usage(KeyStore keys) {
    this.keys = keys;
  }

  private Account account(String id) {
    return accounts.computeIfAbsent(id, ignored -> new Account());
  }

  /** The usage this month by a key's id, or by the empty id for requests without a key. */
  public long used(String id) {
    Account account = account(id);
    synchronized (account) {
      return used(account, id);
    }
  }

  /** To be called by whoever holds the account. */
  private long used(Account account, String id) {
    long now = System.nanoTime();
    if (!account.known || now - account.read > TimeUnit.SECONDS.toNanos(STALE_SECONDS)) {
      account.written = keys.used(id);
      account.read = now;
      account.known = true;
    }
    return account.written + account.pending;
  }

  /**
   * Takes characters from a key's quota; a null key has no quota but is counted. Of two calls at
   * once that fit singly but not together, one is refused.
   *
   * @throws QuotaException if not enough are left; none are taken then
   */
  public void charge(ApiKey key, long characters) {
    String id = key == null ? "" : key.id();
    Account account = account(id);
    synchronized (account) {
      if (key != null && key.quota() != null && used(account, id) + characters > key.quota()) {
        throw new QuotaException(key.quota());
      }
      account.pending += characters;
    }
  }

  /**
   * Checks that a key has that many characters left; counts nothing.
   *
   * @param id the key's id; the empty one, for everybody without a key, has no quota
   * @throws QuotaException if not
   */
  public void require(String id, long characters) {
    if (id.isEmpty() || characters == 0) {
      return;
    }
    Optional<Long> quota =
        keys.list().stream().filter(key -> key.id().equals(id)).findFirst().map(ApiKey::quota);
    if (quota.isPresent() && used(id) + characters > quota.get()) {
      throw new QuotaException(quota.get());
    }
  }

  /** Counts characters whatever the quota, as they are already translated. */
  public void add(String id, long characters) {
    Account account = account(id);
    synchronized (account) {
      account.pending += characters;
    }
  }

  /** Stores what was counted; nobody counts on an account while it is stored. */
  public void flush() {
    accounts.forEach(
        (id, account) -> {
          synchronized (account) {
            if (account.pending > 0) {
              keys.use(id, account.pending);
              account.written += account.pending;
              account.pending = 0;
            }
          }
        });
  }
}
