package dev.verso;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house and the doors between them. */
class HouseTest {

  /** Each room with the rooms it may use. */
  private static final Map<String, Set<String>> DOORS =
      Map.ofEntries(
          Map.entry("text", Set.of()),
          Map.entry("bitext", Set.of("text")),
          Map.entry("model", Set.of("text")),
          Map.entry("decoding", Set.of("model", "text")),
          Map.entry("translation", Set.of("decoding", "model", "bitext", "text")),
          Map.entry("alignment", Set.of("decoding", "model", "bitext", "text")),
          Map.entry("quote", Set.of("translation", "alignment", "decoding", "bitext", "text")),
          Map.entry("corpus", Set.of("translation", "alignment", "decoding", "bitext", "text")),
          Map.entry(
              "evaluation",
              Set.of(
                  "text",
                  "bitext",
                  "model",
                  "decoding",
                  "translation",
                  "alignment",
                  "quote",
                  "corpus")),
          Map.entry(
              "desk",
              Set.of(
                  "text",
                  "bitext",
                  "model",
                  "decoding",
                  "translation",
                  "alignment",
                  "quote",
                  "corpus",
                  "evaluation")),
          Map.entry(
              "service",
              Set.of(
                  "text",
                  "bitext",
                  "model",
                  "decoding",
                  "translation",
                  "alignment",
                  "quote",
                  "corpus",
                  "evaluation",
                  "desk")),
          Map.entry(
              "cli",
              Set.of(
                  "text",
                  "bitext",
                  "model",
                  "decoding",
                  "translation",
                  "alignment",
                  "quote",
                  "corpus",
                  "evaluation",
                  "desk",
                  "service")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.verso");

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
  List<DynamicTest> aRoomUsesOnlyTheRoomsItsRowNames() {
    assertThat(rooms()).isNotEmpty();
    return rooms().stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room,
                    () -> {
                      assertThat(DOORS).containsKey(room);
                      String[] closed =
                          DOORS.keySet().stream()
                              .filter(other -> !other.equals(room))
                              .filter(other -> !DOORS.get(room).contains(other))
                              .map(other -> "dev.verso." + other + "..")
                              .toArray(String[]::new);
                      noClasses()
                          .that()
                          .resideInAPackage("dev.verso." + room + "..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(closed)
                          .allowEmptyShould(true)
                          .check(CLASSES);
                    }))
        .toList();
  }

  @Test
  void roomsFormNoCycle() {
    slices()
        .matching("dev.verso.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CLASSES);
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
