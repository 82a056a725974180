package dev.verso.usecase.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.text.Accents;
import dev.verso.text.Cancellation;
import dev.verso.text.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A built corpus in, a page of its pairs out. Stateless; linear in the corpus. */
public final class BrowseCorpus {

  /** Which lines are looked at. */
  public enum Part {
    CORPUS("corpus.jsonl"),
    REJECTED("corpus.rejected.jsonl");

    private final String file;

    Part(String file) {
      this.file = file;
    }
  }

  /**
   * What is wanted.
   *
   * @param part of the archive
   * @param containing what one of the sides contains, whatever its case and accents; empty for any
   * @param from number of the first pair among those, from 0
   * @param count how many at most
   */
  public record Request(Part part, String containing, int from, int count) {

    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public Request {
      if (from < 0 || count < 0) {
        throw new IllegalArgumentException("a page of " + count + " pairs from " + from);
      }
    }
  }

  /**
   * A page.
   *
   * @param total pairs in all
   * @param found those that contain what was asked for
   * @param pairs lines of the corpus, as {@code CorpusLines} writes them; rejected ones have a
   *     {@code reason}
   */
  public record Page(int total, int found, List<JsonNode> pairs) {

    /** Copies the list. */
    public Page {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Reads a page.
   *
   * @param archive the result of a job that built a corpus
   * @throws java.util.concurrent.CancellationException if it was cancelled
   */
  public Page page(byte[] archive, Request request, Cancellation cancellation) {
    String wanted = folded(request.containing);
    List<JsonNode> pairs = new ArrayList<>();
    int total = 0;
    int found = 0;
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.getName().equals(request.part.file)) {
          continue;
        }
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          cancellation.check();
          total++;
          JsonNode pair = Json.PLAIN.readTree(line);
          if (!wanted.isEmpty() && !contains(pair, wanted)) {
            continue;
          }
          if (found >= request.from && pairs.size() < request.count) {
            pairs.add(pair);
          }
          found++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Page(total, found, pairs);
  }

  private static boolean contains(JsonNode pair, String wanted) {
    return folded(pair.path("source").path("text").asText()).contains(wanted)
        || folded(pair.path("target").path("text").asText()).contains(wanted);
  }

  private static String folded(String text) {
    return Accents.folded(text).toLowerCase(Locale.ROOT);
  }
}
