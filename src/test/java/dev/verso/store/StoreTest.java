package dev.verso.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verso.text.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The store on H2 and, where it is installed, on PostgreSQL. */
class StoreTest {

  private static final JobOptions OPTIONS =
      new JobOptions("json", 4, false, false, "auto", null, null);

  /** New, empty databases. */
  static Stream<Database> databases() {
    return Stream.concat(
        Stream.of(Database.open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "")),
        Postgres.newDatabase().stream().map(url -> Database.open(url, "verso", "")));
  }

  private static List<JobStore.Submitted> documents(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new JobStore.Submitted("d" + i, ("Texte " + i).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aJobGoesFromLineToResult(Database database) {
    try (database) {
      JobStore store = new JobStore(database);
      String id = store.submit("", Optional.empty(), OPTIONS, documents(3));
      assertThat(store.find("", id).orElseThrow().state()).isEqualTo("waiting");
      JobStore.Claim first = store.claim("a", 30).orElseThrow();
      JobStore.Claim second = store.claim("b", 30).orElseThrow();
      assertThat(List.of(first.position(), second.position())).containsExactly(0, 1);
      assertThat(new String(first.source(), StandardCharsets.UTF_8)).isEqualTo("Texte 0");
      assertThat(first.options()).isEqualTo(OPTIONS);
      assertThat(store.renew(first, 30, 0.5)).isTrue();
      assertThat(store.find("", id).orElseThrow().progress()).isBetween(0.16, 0.17);
      byte[] result = {0, 1, 2, (byte) 0xFF};
      assertThat(store.finish(first, new JobStore.Result("r", "application/json", result), 7))
          .isTrue();
      assertThat(store.finish(first, new JobStore.Result("r", "application/json", new byte[0]), 7))
          .isFalse();
      assertThat(store.fail(second, "no \u0000French")).isTrue();
      JobStore.Job job = store.find("", id).orElseThrow();
      assertThat(job.state()).isEqualTo("running");
      assertThat(job.documents())
          .isEqualTo(Map.of("done", 1, "failed", 1, "waiting", 1, "total", 3));
      assertThat(job.finished()).isNull();
      JobStore.Claim third = store.claim("a", 30).orElseThrow();
      assertThat(store.claim("b", 30)).isEmpty();
      store.finish(third, new JobStore.Result("r", "application/json", result), 3);
      job = store.find("", id).orElseThrow();
      assertThat(job.state()).isEqualTo("done");
      assertThat(job.characters()).isEqualTo(10);
      assertThat(job.progress()).isEqualTo(1);
      assertThat(job.finished()).isGreaterThanOrEqualTo(job.created());
      assertThat(store.result("", id, 0).orElseThrow().bytes()).isEqualTo(result);
      assertThat(store.result("", id, 1)).isEmpty();
      assertThat(store.documents("", id, 1, 1).get(0).error()).isEqualTo("no French");
      assertThat(store.list("", 10)).hasSize(1);
      assertThat(store.find("somebody else", id)).isEmpty();
      assertThat(store.result("somebody else", id, 0)).isEmpty();
      assertThat(store.remove("somebody else", id)).isFalse();
      assertThat(store.remove("", id)).isTrue();
      assertThat(store.documents("", id, 0, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void whatADeadHolderLeftIsTakenOverAndItsLateResultRefused(Database database)
      throws InterruptedException {
    try (database) {
      JobStore store = new JobStore(database);
      String id = store.submit("", Optional.empty(), OPTIONS, documents(1));
      JobStore.Claim dead = store.claim("dead", 0).orElseThrow();
      TimeUnit.MILLISECONDS.sleep(20);
      JobStore.Claim alive = store.claim("alive", 30).orElseThrow();
      assertThat(store.renew(dead, 30, 0.9)).isFalse();
      assertThat(store.finish(dead, new JobStore.Result("r", "text/plain", new byte[] {1}), 1))
          .isFalse();
      store.release(dead);
      assertThat(store.finish(alive, new JobStore.Result("r", "text/plain", new byte[] {2}), 1))
          .isTrue();
      assertThat(store.result("", id, 0).orElseThrow().bytes()).containsExactly(2);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void whatKillsItsHolderAgainAndAgainIsGivenUp(Database database) throws InterruptedException {
    try (database) {
      JobStore store = new JobStore(database);
      String id = store.submit("", Optional.empty(), OPTIONS, documents(1));
      for (int i = 0; i < JobStore.MOST_ATTEMPTS; i++) {
        assertThat(store.claim("h" + i, 0)).isPresent();
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(store.claim("last", 30)).isEmpty();
      assertThat(store.find("", id).orElseThrow().state()).isEqualTo("failed");
      assertThat(store.documents("", id, 0, 1).get(0).error()).contains("given up");
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aCancelledJobIsDroppedByThoseAtWork(Database database) {
    try (database) {
      JobStore store = new JobStore(database);
      String id = store.submit("", Optional.empty(), OPTIONS, documents(3));
      JobStore.Claim done = store.claim("a", 30).orElseThrow();
      store.finish(done, new JobStore.Result("r", "text/plain", new byte[] {1}), 1);
      JobStore.Claim running = store.claim("a", 30).orElseThrow();
      assertThat(store.cancel("", id)).isTrue();
      assertThat(store.cancel("x", id)).isFalse();
      assertThat(store.renew(running, 30, 0.5)).isFalse();
      assertThat(store.finish(running, new JobStore.Result("r", "text/plain", new byte[] {1}), 1))
          .isFalse();
      assertThat(store.claim("b", 30)).isEmpty();
      assertThat(store.find("", id).orElseThrow().state()).isEqualTo("cancelled");
      assertThat(store.result("", id, 0)).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void theSameTokenIsTheSameJob(Database database) throws Exception {
    try (database) {
      JobStore store = new JobStore(database);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        var all =
            IntStream.range(0, 8)
                .mapToObj(
                    i ->
                        threads.submit(
                            () ->
                                ids.add(store.submit("", Optional.of("t"), OPTIONS, documents(2)))))
                .toList();
        for (var one : all) {
          one.get();
        }
        assertThat(ids).hasSize(1);
      } finally {
        threads.shutdownNow();
      }
      assertThat(store.submit("other", Optional.of("t"), OPTIONS, documents(1)))
          .isNotEqualTo(store.submit("", Optional.of("t"), OPTIONS, documents(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void manyWorkersClaimEachDocumentOnce(Database database) throws Exception {
    try (database) {
      JobStore store = new JobStore(database);
      String id = store.submit("", Optional.empty(), OPTIONS, documents(60));
      List<Integer> claimed = Collections.synchronizedList(new java.util.ArrayList<>());
      ExecutorService threads = Executors.newFixedThreadPool(6);
      try {
        var all =
            IntStream.range(0, 6)
                .mapToObj(
                    i ->
                        threads.submit(
                            () -> {
                              while (true) {
                                Optional<JobStore.Claim> claim = store.claim("w" + i, 30);
                                if (claim.isEmpty()) {
                                  if (store.depth().isEmpty()) {
                                    return null;
                                  }
                                  continue;
                                }
                                claimed.add(claim.get().position());
                                store.finish(
                                    claim.get(),
                                    new JobStore.Result("r", "text/plain", new byte[] {1}),
                                    1);
                              }
                            }))
                .toList();
        for (var one : all) {
          one.get();
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(claimed).hasSize(60).doesNotHaveDuplicates();
      assertThat(store.find("", id).orElseThrow().documents()).containsEntry("done", 60);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aSmallJobDoesNotWaitForAllOfABigOne(Database database) {
    try (database) {
      JobStore store = new JobStore(database);
      store.submit("", Optional.empty(), OPTIONS, documents(100));
      String small = store.submit("", Optional.empty(), OPTIONS, documents(1));
      List<String> next =
          IntStream.range(0, 4).mapToObj(i -> store.claim("w", 30).orElseThrow().job()).toList();
      assertThat(next).contains(small);
    }
  }

  /** However many charge at once, and whatever is stored meanwhile: a quota is used up exactly. */
  @ParameterizedTest
  @MethodSource("databases")
  void aQuotaIsNeverExceeded(Database database) throws Exception {
    try (database) {
      KeyStore keys = new KeyStore(database);
      int quota = 20_000;
      KeyStore.ApiKey key =
          keys.make("k", KeyStore.scopes(List.of("translate")), Optional.of((long) quota)).key();
      Usage usage = new Usage(keys);
      AtomicInteger taken = new AtomicInteger();
      ExecutorService clients = Executors.newFixedThreadPool(8);
      for (int client = 0; client < 8; client++) {
        clients.execute(
            () -> {
              for (int i = 0; i < quota; i++) {
                try {
                  usage.charge(key, 1);
                  taken.incrementAndGet();
                } catch (Usage.QuotaException e) {
                  // as it must be, for seven of eight
                }
                if (i % 1000 == 0) {
                  usage.flush();
                }
              }
            });
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      usage.flush();
      assertThat(taken.get()).isEqualTo(quota);
      assertThat(keys.used(key.id())).isEqualTo(quota);
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void glossariesAreEdited(Database database) {
    try (database) {
      GlossaryStore store = new GlossaryStore(database);
      String id = store.add("a", "un", new LinkedHashMap<>(Map.of("chat", "cat"))).id();
      assertThat(store.edit("b", id, Optional.of("pris"), Map.of("x", "y"))).isEmpty();
      assertThat(store.replace("b", id, Map.of("x", "y"))).isEmpty();
      GlossaryStore.Glossary edited =
          store.edit("a", id, Optional.of("deux"), Map.of("chien", "dog")).orElseThrow();
      assertThat(edited.name()).isEqualTo("deux");
      assertThat(edited.entries()).isEqualTo(2);
      store.edit("a", id, Optional.empty(), Map.of("chat", "tomcat"));
      assertThat(store.terms("a", id).orElseThrow())
          .containsExactly(Map.entry("chat", "tomcat"), Map.entry("chien", "dog"));
      assertThat(store.find("a", id).orElseThrow().name()).isEqualTo("deux");
      assertThat(store.replace("a", id, Map.of()).orElseThrow().entries()).isZero();
      assertThat(store.terms("a", id)).contains(Map.of());
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void keysAreKeptAsHashesAndCounted(Database database) {
    try (database) {
      KeyStore keys = new KeyStore(database);
      assertThat(keys.isEmpty()).isTrue();
      KeyStore.Made made =
          keys.make("desk", KeyStore.scopes(List.of("translate")), Optional.of(100L));
      assertThat(keys.find(made.secret())).contains(made.key());
      assertThat(keys.find("verso_no")).isEmpty();
      assertThat(made.key().quota()).isEqualTo(100);
      assertThat(keys.make("any", KeyStore.scopes(List.of()), Optional.empty()).key().quota())
          .isNull();
      assertThat(database.query("SELECT hash FROM api_key", row -> row.getString(1)))
          .noneMatch(hash -> hash.contains(made.secret().substring(6)));
      Usage usage = new Usage(keys);
      usage.charge(made.key(), 60);
      assertThatThrownBy(() -> usage.charge(made.key(), 60))
          .isInstanceOf(Usage.QuotaException.class)
          .hasMessageContaining("100");
      usage.charge(made.key(), 40);
      usage.flush();
      usage.flush();
      assertThat(keys.used(made.key().id())).isEqualTo(100);
      assertThat(new Usage(keys).used(made.key().id())).isEqualTo(100);
      usage.charge(null, 5);
      assertThat(usage.used("")).isEqualTo(5);
      assertThat(keys.remove(made.key().id())).isTrue();
      assertThat(keys.find(made.secret())).isEmpty();
      assertThatThrownBy(() -> KeyStore.scopes(List.of("everything")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("everything");
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void aBackupRestoresIntoAnyDatabase(Database database) throws IOException {
    byte[] backup;
    String job;
    try (database) {
      JobStore store = new JobStore(database);
      job = store.submit("", Optional.of("token"), OPTIONS, documents(2));
      JobStore.Claim claim = store.claim("a", 30).orElseThrow();
      store.finish(claim, new JobStore.Result("r", "text/plain", new byte[] {0, 9, (byte) 200}), 5);
      new GlossaryStore(database).add("", "g", Map.of("OTAN", "NATO"));
      new MemoryStore(database).add("", "m", Map.of("Oui.\u0000", "Yes."));
      KeyStore keys = new KeyStore(database);
      KeyStore.Made made = keys.make("k", Set.of("jobs"), Optional.empty());
      keys.use(made.key().id(), 77);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(new Backup(database).write(out)).isEqualTo(1 + 2 + 2 + 2 + 1 + 1);
      backup = out.toByteArray();
    }
    for (Database other : databases().toList()) {
      try (other) {
        new GlossaryStore(other).add("", "old", Map.of("a", "b"));
        Backup into = new Backup(other);
        assertThatThrownBy(
                () ->
                    into.restore(
                        "half",
                        new ByteArrayInputStream(Arrays.copyOf(backup, backup.length - 20))))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("half");
        assertThat(new GlossaryStore(other).list("")).hasSize(1);
        into.restore("whole", new ByteArrayInputStream(backup));
        assertThat(new GlossaryStore(other).list("")).hasSize(1);
        JobStore store = new JobStore(other);
        assertThat(store.result("", job, 0).orElseThrow().bytes()).containsExactly(0, 9, 200);
        assertThat(store.claim("b", 30).orElseThrow().position()).isEqualTo(1);
        String memory = new MemoryStore(other).list("").get(0).id();
        assertThat(new MemoryStore(other).units("", memory).orElseThrow())
            .isEqualTo(Map.of("Oui.\u0000", "Yes."));
        KeyStore.ApiKey key = new KeyStore(other).list().get(0);
        assertThat(new KeyStore(other).used(key.id())).isEqualTo(77);
        assertThatThrownBy(
                () -> into.restore("noise", new ByteArrayInputStream(new byte[] {1, 2, 3})))
            .isInstanceOf(InputException.class);
      }
    }
  }
}
