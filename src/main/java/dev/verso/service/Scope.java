package dev.verso.service;

import java.util.Locale;

/** What a caller must be allowed to do before a handler runs. */
enum Scope {
  /** Anybody may. */
  PUBLIC,
  TRANSLATE,
  ALIGN,
  QUOTES,
  TRACE,
  CHECK,
  JOBS,
  MODELS,
  GLOSSARIES,
  MEMORIES,
  /** Read the service's metrics. */
  METRICS,
  /** Keys and backups. */
  ADMIN;

  /** As in the database and in {@code --scope}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
