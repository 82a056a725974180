package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.Chromium;
import dev.verso.HubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A better model is looked up, fetched and chosen, on the reading page and by its interface. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModelPullsTest {

  private static final Path MODEL = Path.of("models/fr-en");
  private static final Map<String, Object> WANTED = Map.of("repository", "desk/better");

  private HubServer hub;
  private RunningService service;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    hub = new HubServer("desk/better");
    try (Stream<Path> files = Files.list(MODEL)) {
      for (Path file : files.toList()) {
        hub.files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    service =
        RunningService.start("verso.hub", hub.uri().toString(), "verso.data", folder.toString());
  }

  @AfterAll
  void close() {
    service.close();
    hub.close();
  }

  private JsonNode pulls() throws Exception {
    return RunningService.tree(service.get("/v1/models/pulls")).path("pulls");
  }

  private JsonNode ended() throws Exception {
    for (int tries = 0; tries < 600; tries++) {
      JsonNode pull = pulls().path(0);
      if (List.of("done", "failed", "cancelled").contains(pull.path("state").asText())) {
        return pull;
      }
      Thread.sleep(100);
    }
    throw new IOException("the pull goes on: " + pulls());
  }

  @Test
  @Order(1)
  void whatTheHubDoesNotHaveIsSaid() throws Exception {
    assertThat(pulls()).isEmpty();
    assertThat(service.get("/v1/models/offer?repository=desk/none").statusCode()).isEqualTo(502);
    assertThat(service.json("/v1/models/pulls", Map.of("repository", "desk/none")).body())
        .contains("desk/none")
        .contains("not found on the hub");
    assertThat(service.json("/v1/models/pulls", Map.of()).body())
        .contains("'repository' is missing");
    assertThat(
            service
                .json("/v1/models/pulls", Map.of("repository", "desk/better", "precision", "int4"))
                .body())
        .contains("int4")
        .contains("fp32, int8");
    assertThat(pulls()).isEmpty();
  }

  @Test
  @Order(2)
  void aPullIsEndedAndGoesOnFromThere() throws Exception {
    hub.slowness = 50;
    JsonNode begun = RunningService.tree(service.json("/v1/models/pulls", WANTED));
    assertThat(begun.path("state").asText()).isEqualTo("fetching");
    assertThat(begun.path("bytes").asLong()).isGreaterThan(10_000_000);
    assertThat(service.json("/v1/models/pulls", WANTED).statusCode()).isEqualTo(409);
    while (pulls().path(0).path("received").asLong() < 300_000) {
      Thread.sleep(50);
    }
    service.send(service.request("/v1/models/pulls").DELETE());
    assertThat(ended().path("state").asText()).isEqualTo("cancelled");
    hub.slowness = 0;
    hub.requests.clear();
  }

  @Test
  @Order(3)
  void theReadingPageFetchesAndChoosesAModel(@TempDir Path folder) throws Exception {
    try (Chromium page = new Chromium(folder, service.uri("/"))) {
      page.await("document.querySelector('#draft')");
      page.click("[...document.querySelectorAll('.tab')].find(e => e.textContent == 'Settings')");
      page.await("document.querySelector('.list li') && document.querySelector('#pulled')");
      page.evaluate("document.querySelector('#repository').value = 'desk/none'");
      page.click("document.querySelector('#offer')");
      page.await("document.querySelector('.problem')?.textContent.includes('desk/none')");
      page.evaluate("document.querySelector('#repository').value = 'desk/better'");
      page.click("document.querySelector('#offer')");
      page.await("document.querySelector('#offered')");
      assertThat(page.evaluate("document.querySelector('#offered').innerText").asText())
          .contains("desk/better")
          .containsPattern("licence .*\\d+ MB");
      page.click("document.querySelector('#pull')");
      page.await("document.querySelector('#pulled')?.innerText.includes('is here')");
      page.await("document.querySelector('.list').innerText.includes('desk/better')");
    }
    assertThat(hub.requests)
        .as("it went on where it had stopped")
        .anyMatch(r -> r.contains("bytes="));
    assertThat(chosen()).isEqualTo("desk/better");
  }

  private String chosen() throws Exception {
    for (JsonNode model : RunningService.tree(service.get("/v1/models")).path("models")) {
      if (model.path("chosen").asBoolean()) {
        return model.path("name").asText();
      }
    }
    return "";
  }

  @Test
  @Order(4)
  void anotherModelIsChosen() throws Exception {
    assertThat(choose("fr-en")).isEqualTo(204);
    assertThat(chosen()).isEqualTo("fr-en");
    assertThat(choose("/etc")).isEqualTo(404);
    assertThat(chosen()).isEqualTo("fr-en");
  }

  private int choose(String name) throws Exception {
    return service
        .send(
            service
                .request("/v1/models/chosen")
                .header("Content-Type", "application/json")
                .PUT(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"" + name + "\"}")))
        .statusCode();
  }
}
