package dev.verso.evaluation.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Attacks a service like an intruder, the page of another site and a saboteur. */
public final class AttackTrial {

  private AttackTrial() {}

  /** Who gets in: all handlers, keys and spellings of paths; and what other sites' pages can do. */
  public static List<Attack> intrusions(Path folder, List<String> settings)
      throws IOException, InterruptedException {
    List<Attack> attacks = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.start(folder.resolve("intruders"), settings)) {
      // The browser's attacks come first: they need a service without keys.
      attacks.addAll(BrowserAttacks.run(service));
      attacks.addAll(AdmissionAttacks.run(service));
      attacks.addAll(service.leaks(List.of("evil.example", "name=evil", "setup_AAAA")));
    }
    return attacks;
  }

  /**
   * Requests that take time and memory from all others.
   *
   * @param every 1 for all requests, n for every n-th
   * @param listener receives each attack when it is over
   */
  public static List<Attack> sabotage(
      Path folder, List<String> settings, int every, Consumer<Attack> listener)
      throws IOException, InterruptedException {
    return ResourceAttacks.run(folder, settings, every, listener);
  }
}
