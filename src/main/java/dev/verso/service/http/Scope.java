package dev.verso.service.http;

import java.util.Locale;

/** What a caller must be allowed to do before a handler runs. */
public enum Scope {
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
  /** Fetch and choose models: keys of the scope admin, and without keys anybody on this machine. */
  OPERATE,
  /** Keys and backups. */
  ADMIN;

  /** As in the database and in {@code --scope}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
