package dev.verso;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house and the doors between them. */
class HouseTest {

  /** The rooms in their order: each uses only rooms above it. */
  private static final List<String> ROOMS =
      List.of(
          "text",
          "language",
          "bitext",
          "model",
          "decoding",
          "wordalign",
          "translation",
          "alignment",
          "quote",
          "corpus",
          "file",
          "engine",
          "store",
          "job",
          "usecase",
          "evaluation",
          "service",
          "cli");

  private static final String SPARK = "dev.verso.usecase.corpus.spark";

  /** Rooms of which command line and service see the values, not those who make them. */
  private static final String[] WORKSHOPS = {
    "dev.verso.language..",
    "dev.verso.model..",
    "dev.verso.decoding..",
    "dev.verso.wordalign..",
    "dev.verso.translation..",
    "dev.verso.alignment..",
    "dev.verso.quote..",
    "dev.verso.corpus..",
    "dev.verso.evaluation.."
  };

  /** What is compiled against Spark stands apart, where it was built. */
  private static final Path ON_SPARK = Path.of("target", "spark", "classes");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.verso");

  @Test
  void onlyItsDriverKnowsSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(CLASSES);
    assumeTrue(Files.isDirectory(ON_SPARK), "built by 'mvn -f src/spark/pom.xml package'");
    JavaClasses driver = new ClassFileImporter().importPath(ON_SPARK);
    assertThat(driver).allMatch(type -> type.getPackageName().equals(SPARK));
    noClasses()
        .that()
        .resideInAPackage(SPARK)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.verso.evaluation..", "dev.verso.service..", "dev.verso.cli..", "dev.verso.store..")
        .check(driver);
  }

  private static Set<String> rooms() {
    Set<String> rooms = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String name = type.getPackageName();
      if (name.startsWith("dev.verso.")) {
        rooms.add(name.split("\\.")[2]);
      }
    }
    return rooms;
  }

  @TestFactory
  List<DynamicTest> aRoomUsesOnlyRoomsAboveIt() {
    assertThat(ROOMS).containsAll(rooms());
    return rooms().stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room,
                    () -> {
                      String[] below =
                          ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
                              .map(other -> "dev.verso." + other + "..")
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideInAPackage("dev.verso." + room + "..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(below)
                          .allowEmptyShould(true)
                          .check(CLASSES);
                    }))
        .toList();
  }

  @Test
  void useCasesAreNotMadeForEvaluations() {
    noClasses()
        .that()
        .resideInAPackage("dev.verso.service..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.verso.evaluation..")
        .check(CLASSES);
  }

  @Test
  void noTwoPackagesFormACycle() {
    slices().matching("dev.verso.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void commandLineAndServiceReachUseCasesAndValues() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.verso.service..", "dev.verso.cli")
        .should()
        .dependOnClassesThat(resideInAnyPackage(WORKSHOPS).and(not(value())))
        .check(CLASSES);
  }

  /** Records, enumerations, exceptions, and interfaces that others implement. */
  private static DescribedPredicate<JavaClass> value() {
    return describe(
        "are values",
        type ->
            type.isRecord()
                || type.isEnum()
                || type.isInterface()
                || type.isAssignableTo(Throwable.class)
                || type.getEnclosingClass().map(JavaClass::isEnum).orElse(false));
  }

  @Test
  void everyPackageSaysWhatLivesThere() {
    List<String> silent = new ArrayList<>();
    for (String name : new TreeSet<>(CLASSES.stream().map(JavaClass::getPackageName).toList())) {
      Path file =
          Path.of("src", "main", "java")
              .resolve(name.replace('.', '/'))
              .resolve("package-info.java");
      if (!Files.isRegularFile(file)) {
        silent.add(name);
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void noClassIsLong() throws IOException {
    List<String> longOnes = new ArrayList<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        int most = source.toString().contains("translation") ? 350 : 600;
        long lines;
        try (Stream<String> all = Files.lines(source)) {
          lines = all.count();
        }
        boolean exempt = source.startsWith(Path.of("src", "main", "java", "dev", "verso", "quote"));
        if (!exempt && lines > most) {
          longOnes.add(source + ": " + lines);
        }
      }
    }
    assertThat(longOnes).isEmpty();
  }

  @Test
  void theRoomsOfTheServiceFormNoCycle() {
    slices().matching("dev.verso.service.(**)").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.verso.service.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.verso.service")
        .because("it puts them together")
        .check(CLASSES);
  }

  @Test
  void onlyModelImportsTheEngines() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.verso.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void onlyTheOuterRoomsImportTheirFrameworks() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.verso.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.verso.service..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(CLASSES);
  }

  @Test
  void namesAreTheFieldsTerms() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
        .check(CLASSES);
  }
}
