package dev.verso.service;

/** What the service keeps, in H2. */
class KeepingOnH2Test extends KeepingContract {

  @Override
  RunningService start(String... settings) {
    return RunningService.start(settings);
  }
}
