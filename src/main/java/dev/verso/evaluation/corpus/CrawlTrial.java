package dev.verso.evaluation.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.corpus.CorpusProgress;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import dev.verso.text.LineFile;
import dev.verso.usecase.corpus.BuildCorpus;
import dev.verso.usecase.corpus.RefinementOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcWriter;

/**
 * A crawl of 200 pages made by a seed: translations, translations of a part, copies under other
 * addresses, pages without partner, all with navigation, teasers of other pages, cookie banners and
 * footers; a third of the pages name their translation, some name the wrong page, a third have
 * telling addresses, the others nothing but their text; some are in windows-1252, some compressed.
 *
 * <p>Precision and recall count pairs of documents; of a page and its copy either is right.
 */
public final class CrawlTrial {

  private static final int WHOLE = 66;
  private static final int PARTIAL = 14;
  private static final int COPIES = 12;
  private static final int ALONE = 28;
  private static final String HOST = "https://journal.example/";

  private record Page(String url, String language, String html, boolean old, boolean packed) {}

  private final List<String> french;
  private final List<String> english;
  private final Random random;
  private final List<Page> pages = new ArrayList<>();
  private final Map<String, Set<String>> gold = new HashMap<>(); // French: English
  private final Set<String> partial = new HashSet<>();
  private int at;
  private int number = 1000;

  private CrawlTrial(List<String> french, List<String> english, long seed) {
    this.french = french;
    this.english = english;
    this.random = new Random(seed);
  }

  /**
   * What came out.
   *
   * @param pages pages in the crawl
   * @param gold pairs of pages in it
   * @param found pairs that were found
   * @param right those that are right
   * @param partialFound partial translations among the right ones
   * @param partialNamed those that are called partial
   */
  public record Score(
      int pages, int gold, int found, int right, int partialFound, int partialNamed) {

    /** Right pairs by found ones. */
    public double precision() {
      return found == 0 ? 0 : (double) right / found;
    }

    /** Right pairs by those that there are. */
    public double recall() {
      return gold == 0 ? 0 : (double) right / gold;
    }

    /** The figures as lines. */
    public String report() {
      return String.format(
          Locale.ROOT,
          "pages           %d, of them %d pairs%n"
              + "document pairs  %d, precision %.4f, recall %.4f%n"
              + "partial ones    %d found, %d of them called partial%n",
          pages,
          gold,
          found,
          precision(),
          recall(),
          partialFound,
          partialNamed);
    }
  }

  /**
   * Makes the crawl, builds a corpus of it and compares.
   *
   * @param french sentences, neighbours from the same text
   * @param english their translations
   * @param seed of all that is chosen
   * @param folder where the crawl and the corpus go
   */
  public static Score run(Path french, Path english, long seed, Path folder) throws IOException {
    CrawlTrial trial = new CrawlTrial(LineFile.read(french), LineFile.read(english), seed);
    trial.make();
    Path crawl = folder.resolve("crawl.warc.gz");
    trial.write(crawl);
    Path corpus = folder.resolve("corpus.jsonl");
    BuildCorpus.fast()
        .build(
            new BuildCorpus.Request(
                List.of(crawl),
                corpus,
                folder.resolve("work"),
                Runtime.getRuntime().availableProcessors(),
                RefinementOptions.DEFAULT),
            CorpusProgress.SILENT,
            Cancellation.NONE);
    return trial.score(folder.resolve("corpus.documents.jsonl"));
  }

  private Score score(Path documents) throws IOException {
    int found = 0;
    int right = 0;
    int partialFound = 0;
    int partialNamed = 0;
    for (String line : LineFile.read(documents)) {
      JsonNode node = Json.PLAIN.readTree(line);
      if (!node.has("partner")) {
        continue;
      }
      found++;
      String source = node.get("document").asText();
      if (gold.getOrDefault(source, Set.of()).contains(node.get("partner").asText())) {
        right++;
        if (partial.contains(source)) {
          partialFound++;
          partialNamed += node.get("kind").asText().equals("partial") ? 1 : 0;
        }
      }
    }
    return new Score(pages.size(), WHOLE + PARTIAL, found, right, partialFound, partialNamed);
  }

  private void make() {
    for (int k = 0; k < WHOLE; k++) {
      int size = 4 + random.nextInt(4);
      pair(french.subList(at, at + size), english.subList(at, at + size), false);
      at += size;
    }
    for (int k = 0; k < PARTIAL; k++) {
      // Half of the French page, and two sentences of its own.
      int size = 8;
      List<String> part = new ArrayList<>(english.subList(at, at + size / 2));
      part.addAll(english.subList(at + size, at + size + 2));
      pair(french.subList(at, at + size), part, true);
      at += size + 2;
    }
    int wholes = 2 * WHOLE;
    for (int k = 0; k < COPIES; k++) {
      copy(pages.get(random.nextInt(wholes)));
    }
    for (int k = 0; k < ALONE; k++) {
      int size = 4 + random.nextInt(3);
      boolean isFrench = k % 2 == 0;
      String url = opaque();
      List<String> text = (isFrench ? french : english).subList(at, at + size);
      pages.add(page(url, isFrench ? "fr" : "en", text, ""));
      at += size;
    }
  }

  private String opaque() {
    return HOST + "node/" + number++;
  }

  private void pair(List<String> source, List<String> target, boolean isPartial) {
    int manner = random.nextInt(3);
    String name = "article-" + number++;
    String frenchUrl = manner == 0 ? opaque() : HOST + "fr/" + name;
    String englishUrl = manner == 0 ? opaque() : HOST + "en/" + name;
    String frenchLinks = "";
    String englishLinks = "";
    if (manner == 1 && !isPartial) {
      frenchLinks = alternate("en", englishUrl);
      englishLinks = alternate("fr", frenchUrl);
    } else if (manner == 0 && random.nextInt(4) == 0) {
      frenchLinks = alternate("en", HOST + "en/");
    }
    pages.add(page(frenchUrl, "fr", source, frenchLinks));
    pages.add(page(englishUrl, "en", target, englishLinks));
    gold.computeIfAbsent(frenchUrl, x -> new HashSet<>()).add(englishUrl);
    if (isPartial) {
      partial.add(frenchUrl);
    }
  }

  private static String alternate(String language, String url) {
    return "<link rel=\"alternate\" hreflang=\"" + language + "\" href=\"" + url + "\">";
  }

  /** The page for the printer: another address, another frame, the same text. */
  private void copy(Page page) {
    String url = page.url + "?print=1";
    pages.add(
        new Page(
            url,
            page.language,
            page.html.replaceAll("<nav>.*?</nav>", "").replaceAll("<aside>.*?</aside>", ""),
            page.old,
            page.packed));
    if (page.language.equals("fr")) {
      gold.computeIfAbsent(url, x -> new HashSet<>()).addAll(gold.get(page.url));
    } else {
      gold.values()
          .forEach(
              targets -> {
                if (targets.contains(page.url)) {
                  targets.add(url);
                }
              });
    }
  }

  private Page page(String url, String language, List<String> sentences, String links) {
    boolean isFrench = language.equals("fr");
    List<String> all = isFrench ? french : english;
    StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=\"").append(language);
    boolean old = random.nextInt(8) == 0;
    html.append("\"><head><meta charset=\"").append(old ? "windows-1252" : "utf-8").append("\">");
    html.append(links)
        .append("<title>")
        .append(escaped(sentences.get(0)))
        .append("</title></head>");
    html.append("<body><nav><ul>");
    for (String entry :
        isFrench
            ? List.of("Accueil", "Politique", "Économie", "Culture", "Sports", "Nous contacter")
            : List.of("Home", "Politics", "Business", "Culture", "Sports", "Contact us")) {
      html.append("<li><a href=\"/\">").append(entry).append("</a></li>");
    }
    html.append("</ul></nav><div class=\"cookie-banner\"><p>");
    html.append(
        isFrench
            ? "Ce site utilise des cookies. En poursuivant, vous acceptez leur utilisation."
            : "This site uses cookies. By continuing you agree to their use.");
    html.append("</p></div><article><h1>").append(escaped(sentences.get(0))).append("</h1>");
    for (int k = 1; k < sentences.size(); k += 2) {
      html.append("<p>").append(escaped(sentences.get(k)));
      if (k + 1 < sentences.size()) {
        html.append(' ').append(escaped(sentences.get(k + 1)));
      }
      html.append("</p>");
    }
    html.append("</article><aside><h2>").append(isFrench ? "À lire aussi" : "Read also");
    html.append("</h2><ul>");
    for (int k = 0; k < 4; k++) {
      html.append("<li><a href=\"/\">");
      html.append(escaped(all.get(random.nextInt(all.size())))).append("</a></li>");
    }
    html.append("</ul></aside><footer><p>");
    html.append(isFrench ? "Tous droits réservés" : "All rights reserved").append("</p></footer>");
    html.append("</body></html>");
    return new Page(url, language, html.toString(), old, random.nextInt(5) == 0);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void write(Path file) throws IOException {
    List<Page> shuffled = new ArrayList<>(pages);
    Collections.shuffle(shuffled, random);
    Files.deleteIfExists(file);
    try (WarcWriter writer =
        new WarcWriter(
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            WarcCompression.GZIP)) {
      int second = 0;
      for (Page page : shuffled) {
        Charset charset = page.old ? Charset.forName("windows-1252") : StandardCharsets.UTF_8;
        HttpResponse.Builder response = new HttpResponse.Builder(200, "OK");
        byte[] body = page.html.getBytes(charset);
        if (page.packed) {
          response.addHeader("Content-Encoding", "gzip");
          body = packed(body);
        }
        String type = "text/html" + (page.old ? "" : "; charset=utf-8");
        writer.write(
            new WarcResponse.Builder(URI.create(page.url))
                .date(Instant.parse("2026-11-01T00:00:00Z").plusSeconds(second++))
                .body(response.body(MediaType.parse(type), body).build())
                .build());
      }
    }
  }

  private static byte[] packed(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
