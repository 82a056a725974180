package dev.verso.service;

/** DeepL's interface over PostgreSQL. */
class DeepLOnPostgresTest extends DeepLContract {

  @Override
  RunningService start(String... settings) {
    return RunningService.onPostgres(settings);
  }
}
