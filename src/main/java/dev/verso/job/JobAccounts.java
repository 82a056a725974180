package dev.verso.job;

import dev.verso.store.Usage;

/** Keeps the owners of jobs to their quotas. */
public interface JobAccounts {

  /**
   * Makes sure that an owner has that many characters left.
   *
   * @throws Usage.QuotaException if not
   */
  void require(String owner, long characters);

  /** Counts characters that were translated. */
  void charge(String owner, long characters);
}
