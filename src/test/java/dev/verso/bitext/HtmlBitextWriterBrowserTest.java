package dev.verso.bitext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verso.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real Chromium, driven over its DevTools protocol: the page is the one written,
 * including its content security policy, and the mouse and keyboard events are the browser's own.
 */
class HtmlBitextWriterBrowserTest {

  @TempDir static Path folder;

  private static Chromium page;

  @BeforeAll
  static void open() throws Exception {
    Path file = folder.resolve("page.html");
    Files.writeString(file, new HtmlBitextWriter().format(BitextSketch.article()));
    page = new Chromium(folder, file.toUri());
    page.await("document.readyState === 'complete' && document.getElementById('bar')");
  }

  @AfterAll
  static void close() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  private static List<String> lit(String selector) throws Exception {
    List<String> found = new ArrayList<>();
    page.evaluate(
            "[...document.querySelectorAll('" + selector + "')].map(e => e.id || e.textContent)")
        .forEach(node -> found.add(node.asText()));
    return found;
  }

  private static String word(String segment, String text) {
    return "[...document.querySelectorAll('#"
        + segment
        + " [data-l]')].find(e => e.textContent.trim() === '"
        + text
        + "')";
  }

  @Test
  void aHoveredWordLightsItsSentenceOnBothSidesAndItsLinks() throws Exception {
    page.press("Escape");
    page.mouse("mouseMoved", word("t3", "not"));
    assertThat(lit("main .on")).containsExactly("s3", "t3");
    assertThat(lit("main .sure")).containsExactly("ne", "pas", "not");
    assertThat(lit("main .possible")).isEmpty();
    assertThat(page.evaluate("document.getElementById('bar').textContent").asText())
        .isEqualTo("Sentence 3 · characters 91–153 of the original · estimated quality 0.31");

    page.mouse("mouseMoved", word("s3", "voyons"));
    assertThat(lit("main .sure")).containsExactly("voyons", "see");
    assertThat(lit("main .possible")).containsExactly("do");

    page.mouse("mouseMoved", "document.querySelector('h1')");
    assertThat(lit("main .on, main .sure, main .possible")).isEmpty();
  }

  @Test
  void aClickHoldsASentenceAndEscapeLetsGo() throws Exception {
    page.mouse("mouseMoved", "document.getElementById('t4')");
    page.mouse("mousePressed", "document.getElementById('t4')");
    page.mouse("mouseReleased", "document.getElementById('t4')");
    page.mouse("mouseMoved", "document.querySelector('h1')");
    assertThat(lit("main .on")).containsExactly("s4", "t4");
    page.press("Escape");
    assertThat(lit("main .on")).isEmpty();
  }

  @Test
  void arrowKeysWalkThroughTheSentences() throws Exception {
    page.mouse("mouseMoved", "document.querySelector('h1')");
    page.evaluate("document.getElementById('s1').focus()");
    assertThat(lit("main .on")).containsExactly("s1", "t1");
    page.press("ArrowDown");
    page.press("ArrowDown");
    assertThat(lit("main .on")).containsExactly("s3", "t3");
    page.press("ArrowUp");
    assertThat(lit("main .on")).containsExactly("s2", "t2");
    assertThat(lit(".seg[tabindex=\"0\"]")).containsExactly("s2");
  }

  @Test
  void anAddressLeadsToItsSentence() throws Exception {
    page.mouse("mouseMoved", "document.querySelector('h1')");
    page.press("Escape");
    page.evaluate("location.hash = '#t2'");
    // The event comes after the script that changed the address has ended.
    for (int tries = 0; tries < 100 && lit("main .on").isEmpty(); tries++) {
      Thread.sleep(20);
    }
    assertThat(lit("main .on")).containsExactly("s2", "t2");
  }
}
