package dev.verso;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What Verso is made of: known weaknesses, licences. Works without a network. */
class DependenciesTest {

  private record Component(String group, String name, String version) {}

  private record Advisory(String id, String group, String name, String from, String mended) {
    boolean affects(Component component) {
      return component.group.equals(group)
          && (name.equals("*") || component.name.equals(name))
          && compare(component.version, from) >= 0
          && compare(component.version, mended) < 0;
    }
  }

  private static int compare(String left, String right) {
    String[] a = left.split("[.-]");
    String[] b = right.split("[.-]");
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int difference = Integer.compare(number(a, i), number(b, i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int number(String[] parts, int i) {
    return i < parts.length && parts[i].matches("\\d{1,9}") ? Integer.parseInt(parts[i]) : 0;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DependenciesTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Component> components() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(resource("/META-INF/sbom/application.cdx.json"));
    List<Component> components = new ArrayList<>();
    for (JsonNode one : bill.get("components")) {
      components.add(
          new Component(
              one.path("group").asText(), one.get("name").asText(), one.get("version").asText()));
    }
    return components;
  }

  private static List<Advisory> advisories() throws IOException {
    return resource("/dev/verso/advisories.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(
            cells -> {
              String[] name = cells[2].split(":");
              return new Advisory(cells[1], name[0], name[1], cells[3], cells[4]);
            })
        .toList();
  }

  @Test
  void nothingHasAKnownWeaknessThatIsMended() throws IOException {
    List<String> affected = new ArrayList<>();
    for (Component component : components()) {
      for (Advisory advisory : advisories()) {
        if (advisory.affects(component)) {
          affected.add(component + " has " + advisory.id + ", mended in " + advisory.mended);
        }
      }
    }
    assertThat(affected).isEmpty();
  }

  @Test
  void aWeaknessWouldBeSeen() throws IOException {
    Component old = new Component("io.netty", "netty-codec-http", "4.1.137.Final");
    assertThat(advisories()).anyMatch(advisory -> advisory.affects(old));
    Component fresh = new Component("io.netty", "netty-codec-http", "4.1.138.Final");
    assertThat(advisories()).noneMatch(advisory -> advisory.affects(fresh));
    // Each line names something that is there, or was once.
    assertThat(components()).hasSizeGreaterThan(100);
  }

  @Test
  void everyLicenceIsKnown() throws IOException {
    String notice = resource("/META-INF/THIRD-PARTY.txt");
    assertThat(notice).doesNotContainIgnoringCase("unknown license");
    for (Component component : components()) {
      assertThat(notice).contains(component.group + ":" + component.name + ":");
    }
  }
}
