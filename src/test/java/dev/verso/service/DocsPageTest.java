package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.Chromium;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /docs} as a newcomer meets it: opened in a browser, and an example of it run. */
class DocsPageTest {

  private static final String TRANSLATE = "document.querySelector('[id*=\"translate\"].opblock')";

  @TempDir Path folder;

  @Test
  void anExampleIsOpenedRunAndAnswered() throws Exception {
    try (RunningService service = RunningService.start();
        Chromium page = new Chromium(folder, service.uri("/docs"))) {
      page.click(TRANSLATE + "?.querySelector('.opblock-summary-control')");
      page.click(TRANSLATE + ".querySelector('.try-out__btn')");
      page.click(TRANSLATE + ".querySelector('.execute')");
      String answer =
          TRANSLATE + ".querySelector('.live-responses-table .response .highlight-code')";
      page.await(answer + "?.textContent.includes('targetText')");
      assertThat(page.evaluate(answer + ".textContent").asText())
          .contains("\"sourceText\": \"Le ministre a parlé lundi à Paris.\"")
          .containsPattern("\"targetText\": \"The [Mm]inister[^\"]*Paris");
      assertThat(page.evaluate("document.querySelector('.info .title').textContent").asText())
          .startsWith("Verso");
    }
  }
}
