package dev.verso.service;

import org.junit.jupiter.api.condition.EnabledIf;

/** What the service keeps, in PostgreSQL. */
@EnabledIf(
    value = "dev.verso.store.Postgres#isInstalled",
    disabledReason = "PostgreSQL is not installed")
class KeepingOnPostgresTest extends KeepingContract {

  @Override
  RunningService start(String... settings) {
    return RunningService.onPostgres(settings);
  }
}
