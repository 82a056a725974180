package dev.verso.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of the reading page that the documentation shows; see CONTRIBUTING. */
@EnabledIfSystemProperty(named = "verso.pictures", matches = ".+")
class ReaderPicturesTest {

  private static final String ARTICLE = "evaluation/articles/otan-moscou.txt";

  private Chromium page;

  private void picture(String name) throws Exception {
    Thread.sleep(400);
    Path folder = Files.createDirectories(Path.of(System.getProperty("verso.pictures")));
    Path file = folder.resolve(name + ".png");
    Files.write(file, Base64.getDecoder().decode(page.picture()));
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void pictures(@TempDir Path folder) throws Exception {
    try (RunningService service = RunningService.start();
        Chromium browser = new Chromium(folder, service.uri("/"))) {
      page = browser;
      page.size(1200, 760);
      page.await("document.querySelector('#draft')");
      page.evaluate(
          "(e => { e.value = "
              + RunningService.MAPPER.writeValueAsString(Files.readString(Path.of(ARTICLE)))
              + "; e.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector('#draft'))");
      page.click("document.querySelector('#translate:not([disabled])')");
      page.await("document.querySelector('.status').textContent.includes('sentences,')");
      page.evaluate("scrollTo(0, 0)");
      for (boolean dark : new boolean[] {false, true}) {
        String tone = dark ? "dark" : "light";
        page.dark(dark);
        page.mouse("mouseMoved", "document.querySelector('#fr4')");
        picture("reader-" + tone);
        page.click("document.querySelector('#panel-quotes')");
        page.click("document.querySelectorAll('.quotes .jump')[2]");
        picture("quotes-" + tone);
        page.click("document.querySelector('#panel-check')");
        page.await("document.querySelector('#claim')");
        page.evaluate(
            "(e => { e.value = 'NATO is interested in a dialogue'; e.dispatchEvent(new Event('input',"
                + " {bubbles: true})); })(document.querySelector('#claim'))");
        page.click("document.querySelector('aside form button:not([disabled])')");
        page.await("document.querySelector('.verdict')");
        picture("check-" + tone);
        page.click("document.querySelector('aside .close')");
      }
      page.dark(false);
      page.size(390, 760);
      page.evaluate("scrollTo(0, 260)");
      picture("phone");
    }
  }
}
