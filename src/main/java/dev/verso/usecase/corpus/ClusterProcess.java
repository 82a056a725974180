package dev.verso.usecase.corpus;

import dev.verso.text.InputException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spark in a process of its own, with a class path of its own: Spark's jars in Spark's versions,
 * and of Verso's only what corpora need. Nothing of the service is on it.
 *
 * <p>Jars are looked for in {@code $SPARK_HOME/jars}, else in {@code target/spark/jars}, where the
 * launcher puts them when {@code --spark} is used first.
 */
public final class ClusterProcess {

  private static final String SPARK = "org/apache/spark/SparkContext.class";

  /** What Spark needs of Java 17's modules; its own launcher opens the same. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /**
   * Libraries of Verso that corpora need and that may stand beside Spark's; where Spark has one,
   * too, Verso's version comes first, since results depend on it. JSON is left to Spark's version:
   * Spark accepts no other.
   */
  private static final Set<String> NEEDED =
      Set.of(
          "api",
          "commons-csv",
          "commons-text",
          "gson",
          "icu4j",
          "jna",
          "jsoup",
          "jwarc",
          "onnxruntime",
          "onnxruntime-engine",
          "opennlp-models-langdetect",
          "opennlp-tools",
          "picocli",
          "protobuf-javalite",
          "tokenizers");

  /**
   * The launcher's options for what runs long: code is left to the quick compiler until it is used
   * ten times as often as usual, since much of Spark is used once.
   */
  public static final List<String> COMPILER =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private static final Pattern JAR = Pattern.compile("(.+?)-\\d[\\w.]*(?:-[\\w.]+)*\\.jar");

  private ClusterProcess() {}

  /** Whether this process has Spark. */
  public static boolean isInside() {
    return ClassLoader.getSystemResource(SPARK) != null
        || Thread.currentThread().getContextClassLoader().getResource(SPARK) != null;
  }

  /** What of Verso runs on Spark: its classes in one jar, first, and the libraries they need. */
  public static List<Path> ownParts() {
    Set<Path> parts = new LinkedHashSet<>();
    parts.add(classes());
    Map<String, Path> libraries = new TreeMap<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        libraries.putIfAbsent(name(Path.of(entry)), Path.of(entry).toAbsolutePath());
      }
    }
    Path beside = own().resolveSibling("lib");
    if (Files.isDirectory(beside)) {
      jars(beside).forEach(jar -> libraries.putIfAbsent(name(jar), jar));
    }
    libraries.forEach(
        (name, path) -> {
          if (NEEDED.contains(name)) {
            parts.add(path);
          }
        });
    return List.copyOf(parts);
  }

  private static Path own() {
    try {
      return Path.of(
              ClusterProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("verso.home", ".")).toAbsolutePath().normalize();
  }

  private static Path classes() {
    Path jar = home().resolve("target").resolve("spark").resolve("verso-spark.jar");
    if (!Files.isRegularFile(jar)) {
      throw new InputException(
          "there is no " + jar + ": './verso corpus build --spark …' in Verso's sources makes it");
    }
    return jar;
  }

  private static Path sparkHome() {
    String given = System.getenv("SPARK_HOME");
    Path folder =
        given == null || given.isBlank()
            ? home().resolve("target").resolve("spark")
            : Path.of(given);
    if (!Files.isDirectory(folder.resolve("jars"))) {
      throw new InputException(
          "no Spark in "
              + folder.resolve("jars")
              + ": set SPARK_HOME to a Spark 4 distribution, or use Verso's sources, which fetch"
              + " one");
    }
    return folder;
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new InputException("can't read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String name(Path jar) {
    Path file = jar.getFileName();
    Matcher matcher = JAR.matcher(file == null ? "" : file.toString());
    return matcher.matches() ? matcher.group(1) : "";
  }

  /**
   * Runs Verso's command line in a process with Spark and waits for its end; its output is this
   * process's.
   *
   * @param arguments the command line
   * @param jvm further options of its virtual machine
   * @return its exit code
   * @throws CancellationException if the thread was interrupted; the process is ended
   */
  public static int run(List<String> arguments, List<String> jvm) throws IOException {
    Process process = start(arguments, jvm).inheritIO().start();
    Thread ending = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(ending);
      return code;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** The process before it is started. */
  public static ProcessBuilder start(List<String> arguments, List<String> jvm) {
    Path spark = sparkHome();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xss4m");
    command.addAll(COMPILER);
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dverso.home=" + home());
    command.add("-Dverso.terminal=" + Boolean.getBoolean("verso.terminal"));
    command.add("-Dverso.trace=" + Boolean.getBoolean("verso.trace"));
    command.add("-Dlog4j2.configurationFile=classpath:verso-log4j2.properties");
    command.add("-Djdk.reflect.useDirectMethodHandle=false");
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(jvm);
    command.add("-cp");
    command.add(
        Stream.concat(ownParts().stream(), jars(spark.resolve("jars")).stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add("dev.verso.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", spark.toString());
    // Asked by Spark's launcher of executors, which else looks for Spark's own build.
    builder.environment().putIfAbsent("SPARK_SCALA_VERSION", "2.13");
    builder.environment().putIfAbsent("SPARK_LOCAL_HOSTNAME", "localhost");
    return builder;
  }
}
