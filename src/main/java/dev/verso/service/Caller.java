package dev.verso.service;

import dev.verso.desk.store.KeyStore.ApiKey;

/**
 * Who asks.
 *
 * @param key with which key, or null where none is needed
 * @param address from which address
 */
record Caller(ApiKey key, String address) {

  /** Whose jobs, glossaries and memories it sees. */
  String owner() {
    return key == null ? "" : key.id();
  }
}
