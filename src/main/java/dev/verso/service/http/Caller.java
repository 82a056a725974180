package dev.verso.service.http;

import dev.verso.store.KeyStore.ApiKey;

/**
 * Who asks.
 *
 * @param key with which key, or null where none is needed
 * @param address from which address
 */
public record Caller(ApiKey key, String address) {

  /** Whose jobs, glossaries and memories it sees. */
  public String owner() {
    return key == null ? "" : key.id();
  }
}
