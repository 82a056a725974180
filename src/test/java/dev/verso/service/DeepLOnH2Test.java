package dev.verso.service;

/** DeepL's interface over H2. */
class DeepLOnH2Test extends DeepLContract {

  @Override
  RunningService start(String... settings) {
    return RunningService.start(settings);
  }
}
