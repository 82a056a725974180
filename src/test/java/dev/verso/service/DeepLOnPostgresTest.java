package dev.verso.service;

import org.junit.jupiter.api.condition.EnabledIf;

/** DeepL's interface over PostgreSQL. */
@EnabledIf(
    value = "dev.verso.store.Postgres#isInstalled",
    disabledReason = "PostgreSQL is not installed")
class DeepLOnPostgresTest extends DeepLContract {

  @Override
  RunningService start(String... settings) {
    return RunningService.onPostgres(settings);
  }
}
