package dev.verso.service;

/** What the service keeps, in PostgreSQL. */
class KeepingOnPostgresTest extends KeepingContract {

  @Override
  RunningService start(String... settings) {
    return RunningService.onPostgres(settings);
  }
}
