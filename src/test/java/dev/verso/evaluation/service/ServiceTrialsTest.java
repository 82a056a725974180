package dev.verso.evaluation.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.store.Postgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small versions of {@code verso evaluate service}. */
class ServiceTrialsTest {

  @TempDir private Path folder;

  @Test
  void aJobSurvivesKills() throws Exception {
    JobTrial.Outcome outcome = JobTrial.kill(folder, 30, 2);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.right()).isEqualTo(30);
  }

  @Test
  void anInstanceFinishesWhatAnotherLeft() throws Exception {
    Optional<String> database = Postgres.newDatabase();
    Assumptions.assumeTrue(database.isPresent(), "PostgreSQL is not installed");
    JobTrial.Outcome outcome =
        JobTrial.instances(
            folder,
            List.of("verso.database.url=" + database.get(), "verso.database.user=verso"),
            60,
            1);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.kills()).isEqualTo(1);
    assertThat(outcome.right()).isEqualTo(60);
    assertThat(outcome.shares()).hasSize(2).allMatch(share -> share > 0);
  }

  @Test
  void hostileRequestsAreTurnedAway() throws Exception {
    HostileTrial.Outcome outcome = HostileTrial.run(folder, 300, 7);
    assertThat(outcome.faults()).isEmpty();
    assertThat(outcome.statuses()).containsKeys(400, 404);
    // Not refused at once.
    assertThat(outcome.statuses().getOrDefault(401, 0)).isLessThan(30);
  }

  @Test
  void nobodyGetsIn() throws Exception {
    List<Attack> attacks = AttackTrial.intrusions(folder, List.of());
    assertThat(attacks).hasSizeGreaterThan(2000);
    assertThat(attacks.stream().filter(attack -> !attack.held())).isEmpty();
  }

  @Test
  void manyClientsBesideAJob() throws Exception {
    LoadTrial.Outcome outcome = LoadTrial.run(folder, 16, 30);
    assertThat(outcome.statuses().keySet()).isSubsetOf(200, 429);
    assertThat(outcome.statuses().get(200)).isGreaterThan(50);
    assertThat(outcome.jobDone()).isPositive();
  }
}
