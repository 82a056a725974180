package dev.verso.cli.evaluate;

import dev.verso.evaluation.service.Attack;
import dev.verso.evaluation.service.AttackTrial;
import dev.verso.evaluation.service.CheckTrial;
import dev.verso.evaluation.service.HostileTrial;
import dev.verso.evaluation.service.JobTrial;
import dev.verso.evaluation.service.LoadTrial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verso evaluate service}: trials of the service. */
@Command(
    name = "service",
    mixinStandardHelpOptions = true,
    description = "Kills, attacks and loads services that it starts itself.",
    synopsisSubcommandLabel = "TRIAL",
    subcommands = {
      EvaluateServiceCommand.Kill.class,
      EvaluateServiceCommand.Instances.class,
      EvaluateServiceCommand.Hostile.class,
      EvaluateServiceCommand.AttackCommand.class,
      EvaluateServiceCommand.Load.class,
      EvaluateServiceCommand.Checks.class
    })
final class EvaluateServiceCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a trial: kill, instances, hostile, attack, load or checks");
  }

  private static Path folder() throws IOException {
    return Files.createTempDirectory("verso-trial");
  }

  private static int print(JobTrial.Outcome outcome, int kills) {
    System.out.printf(
        Locale.ROOT,
        "%d of %d documents exactly once, %d of %d kills, %.0f s%n",
        outcome.right(),
        outcome.documents(),
        outcome.kills(),
        kills,
        outcome.seconds());
    if (outcome.kills() < kills) {
      System.out.println("the job ended before the other kills: more need more --documents");
    }
    if (!outcome.shares().isEmpty()) {
      System.out.printf(
          "segments decoded: %d by the instance that stayed, %d by those that were killed%n",
          outcome.shares().get(0), outcome.shares().get(1));
    }
    outcome.faults().forEach(System.out::println);
    return outcome.faults().isEmpty() ? 0 : 1;
  }

  /** {@code verso evaluate service kill}. */
  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "Kills a service (SIGKILL) again and again in the middle of a job.")
  static final class Kill implements Callable<Integer> {
    @Option(names = "--documents", defaultValue = "500", description = "Default: 500.")
    private int documents;

    @Option(names = "--kills", defaultValue = "20", description = "Default: 20.")
    private int kills;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return print(JobTrial.kill(folder(), documents, kills), kills);
    }
  }

  /** {@code verso evaluate service instances}. */
  @Command(
      name = "instances",
      mixinStandardHelpOptions = true,
      description =
          "Two instances share a job on one PostgreSQL; one is killed on the way, and others in its"
              + " place.")
  static final class Instances implements Callable<Integer> {
    @Option(
        names = "--database",
        paramLabel = "URL",
        required = true,
        description = "jdbc:postgresql://host/name, an empty database.")
    private String database;

    @Option(names = "--user", defaultValue = "", description = "Its user.")
    private String user;

    @Option(names = "--password", defaultValue = "", description = "The user's password.")
    private String password;

    @Option(names = "--documents", defaultValue = "500", description = "Default: 500.")
    private int documents;

    @Option(
        names = "--kills",
        defaultValue = "1",
        description = "At most, as long as the job lasts. Default: 1.")
    private int kills;

    @Override
    public Integer call() throws IOException, InterruptedException {
      List<String> settings = new ArrayList<>();
      settings.add("verso.database.url=" + database);
      settings.add("verso.database.user=" + user);
      settings.add("verso.database.password=" + password);
      return print(JobTrial.instances(folder(), settings, documents, kills), kills);
    }
  }

  /** {@code verso evaluate service hostile}. */
  @Command(
      name = "hostile",
      mixinStandardHelpOptions = true,
      description = "Sends requests that nobody means well with, made from the OpenAPI.")
  static final class Hostile implements Callable<Integer> {
    @Option(names = "--requests", defaultValue = "10000", description = "Default: 10000.")
    private int requests;

    @Option(names = "--seed", defaultValue = "1", description = "Decides with what. Default: 1.")
    private long seed;

    @Override
    public Integer call() throws IOException, InterruptedException {
      HostileTrial.Outcome outcome = HostileTrial.run(folder(), requests, seed);
      System.out.printf(
          Locale.ROOT,
          "%d requests, statuses %s, one sentence %.0f ms before and %.0f ms after,"
              + " memory %s MiB before and after, %d faults%n",
          outcome.requests(),
          outcome.statuses(),
          outcome.before(),
          outcome.after(),
          outcome.resident(),
          outcome.faults().size());
      outcome.faults().stream().limit(50).forEach(System.out::println);
      return outcome.faults().isEmpty() ? 0 : 1;
    }
  }

  /** {@code verso evaluate service attack}. */
  @Command(
      name = "attack",
      mixinStandardHelpOptions = true,
      description =
          "Attacks a service as an intruder, another site's page and a saboteur would; prints what"
              + " succeeds.")
  static final class AttackCommand implements Callable<Integer> {
    @Option(
        names = "--database",
        paramLabel = "URL",
        description = "jdbc:postgresql://host/name, an empty database. Default: H2.")
    private String database;

    @Option(names = "--user", defaultValue = "", description = "Its user.")
    private String user;

    @Option(names = "--password", defaultValue = "", description = "The user's password.")
    private String password;

    @Option(names = "--only", description = "intrusions or sabotage. Default: both.")
    private String only;

    @Option(
        names = "--every",
        defaultValue = "1",
        paramLabel = "N",
        description = "Only each N-th of the requests that take time. Default: 1.")
    private int every;

    @Option(names = "--all", description = "Print what held, too.")
    private boolean all;

    @Override
    public Integer call() throws IOException, InterruptedException {
      List<String> settings = new ArrayList<>();
      if (database != null) {
        settings.add("verso.database.url=" + database);
        settings.add("verso.database.user=" + user);
        settings.add("verso.database.password=" + password);
      }
      List<Attack> attacks = new ArrayList<>();
      if (only == null || only.equals("intrusions")) {
        attacks.addAll(AttackTrial.intrusions(folder(), settings));
        attacks.forEach(this::print);
      }
      if (only == null || only.equals("sabotage")) {
        attacks.addAll(AttackTrial.sabotage(folder(), settings, every, this::print));
      }
      long succeeded = attacks.stream().filter(attack -> !attack.held()).count();
      System.out.printf("%d attacks, %d succeeded%n", attacks.size(), succeeded);
      return succeeded == 0 ? 0 : 1;
    }

    private void print(Attack attack) {
      if (all || !attack.held()) {
        System.out.printf(
            "%s  %s: %s%n",
            attack.held() ? "held     " : "SUCCEEDED", attack.name(), attack.found());
      }
    }
  }

  /** {@code verso evaluate service load}. */
  @Command(
      name = "load",
      mixinStandardHelpOptions = true,
      description = "One-sentence requests: alone, beside a bulk job, and from many clients.")
  static final class Load implements Callable<Integer> {
    @Option(names = "--clients", defaultValue = "64", description = "Default: 64.")
    private int clients;

    @Option(names = "--seconds", defaultValue = "600", description = "Default: 600.")
    private int seconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
      LoadTrial.Outcome outcome = LoadTrial.run(folder(), clients, seconds);
      System.out.printf(
          Locale.ROOT,
          "p95 of one sentence: %.0f ms idle, %.0f ms under a bulk job (%.1f times), %.0f ms with"
              + " %d clients; %.1f answers/s; statuses %s; memory %s MiB; %d bulk documents done%n",
          outcome.idle(),
          outcome.underJob(),
          outcome.underJob() / outcome.idle(),
          outcome.crowded(),
          clients,
          outcome.perSecond(),
          outcome.statuses(),
          outcome.resident(),
          outcome.jobDone());
      return outcome.statuses().keySet().stream().allMatch(s -> s == 200 || s == 429) ? 0 : 1;
    }
  }

  /** {@code verso evaluate service checks}. */
  @Command(
      name = "checks",
      mixinStandardHelpOptions = true,
      description = "Sentences a second, alone and beside clients that check quotes.")
  static final class Checks implements Callable<Integer> {
    @Option(names = "--clients", defaultValue = "20", description = "Default: 20.")
    private int clients;

    @Option(names = "--seconds", defaultValue = "30", description = "Default: 30.")
    private int seconds;

    @Option(names = "--article", paramLabel = "FILE", description = "A French article.")
    private Path article =
        Path.of(System.getProperty("verso.home", "."), "evaluation/articles/otan-moscou.txt");

    @Override
    public Integer call() throws IOException, InterruptedException {
      CheckTrial.Outcome outcome = CheckTrial.run(folder(), article, clients, seconds);
      System.out.printf(
          Locale.ROOT,
          "%.1f sentences a second alone, %.1f beside %d clients that check (%.0f %%); p95 %.0f ms"
              + " and %.0f ms; %d checks answered%n",
          outcome.alone(),
          outcome.beside(),
          clients,
          100 * outcome.beside() / outcome.alone(),
          outcome.p95Alone(),
          outcome.p95Beside(),
          outcome.checks());
      return 0;
    }
  }
}
