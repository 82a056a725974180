package dev.verso.service;

import dev.verso.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Measures the reading page; see {@code evaluation/results/reader.tsv}. */
@EnabledIfSystemProperty(named = "verso.speed", matches = ".+")
class ReaderSpeedTest {

  private static final int WORDS = 5_000;
  private static final int RUNS = 5;

  private Chromium page;

  private void translate(String text) throws Exception {
    page.evaluate(
        "(e => { e.value = "
            + RunningService.MAPPER.writeValueAsString(text)
            + "; e.dispatchEvent(new Event('input', {bubbles: true})); })(document.querySelector('#draft'))");
    page.click("document.querySelector('#translate:not([disabled])')");
    page.await("document.querySelector('.status').textContent.includes('sentences,')");
  }

  private void open(RunningService service, int n) throws Exception {
    page.open(service.uri("/?n=" + n));
    page.await("location.search == '?n=" + n + "' && document.querySelector('#draft')");
  }

  private static String longText() throws Exception {
    StringBuilder text = new StringBuilder();
    int words = 0;
    for (String line : Files.readAllLines(Path.of("evaluation/mt/flores-dev.fr"))) {
      text.append(line).append(words / 60 == (words + line.split(" ").length) / 60 ? " " : "\n\n");
      words += line.split(" ").length;
      if (words >= WORDS) {
        return text.toString();
      }
    }
    throw new IllegalStateException("too short");
  }

  @Test
  void figures(@TempDir Path folder) throws Exception {
    String article = Files.readString(Path.of("evaluation/articles/otan-moscou.txt"));
    try (RunningService service = RunningService.start("verso.cache", "0");
        Chromium browser = new Chromium(folder, service.uri("/"))) {
      page = browser;
      page.await("document.querySelector('#draft')");
      for (int run = 0; run < RUNS; run++) {
        open(service, run);
        translate(article);
        System.out.printf(
            Locale.ROOT,
            "first English after %.0f ms%n",
            page.evaluate("performance.getEntriesByName('verso-first-english')[0].duration")
                .asDouble());
      }
      open(service, RUNS);
      translate(longText());
      page.evaluate(
          "window.longest = 0; window.tasks = 0; new PerformanceObserver(l => l.getEntries().forEach(e"
              + " => { window.tasks++; window.longest = Math.max(window.longest, e.duration); }))"
              + ".observe({type: 'longtask'}); window.over = false; (function step(y) {"
              + " if (y > document.documentElement.scrollHeight) { window.over = true; return; }"
              + " scrollTo(0, y); document.elementFromPoint(300, 400)?.dispatchEvent(new"
              + " PointerEvent('pointermove', {bubbles: true, clientX: 300, clientY: 400}));"
              + " requestAnimationFrame(() => step(y + 120)); })(0); undefined");
      page.await("window.over");
      System.out.printf(
          Locale.ROOT,
          "%d rows of %d words scrolled: %d tasks over 50 ms, the longest %.0f ms%n",
          page.evaluate("document.querySelectorAll('.rows .row').length").asInt(),
          WORDS,
          page.evaluate("window.tasks").asInt(),
          page.evaluate("window.longest").asDouble());
    }
  }
}
