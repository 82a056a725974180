package dev.verso.usecase.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.verso.file.WarcPages;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An input before it is read.
 *
 * @param id its name in the corpus
 * @param url its address, empty if it has none
 * @param language what its source says of its language: a language tag, or empty
 * @param licence what its source says of its licence, or empty
 * @param date when it was fetched, as ISO 8601, or empty: of two of the same name the later counts
 * @param page whether it is HTML whatever its name
 * @param charset what the transport said of its encoding
 * @param content its bytes; nobody changes them
 */
// As large as they are, the bytes are not copied.
@SuppressWarnings("ArrayRecordComponent")
public record RawDocument(
    String id,
    String url,
    String language,
    String licence,
    String date,
    boolean page,
    Optional<Charset> charset,
    byte[] content) {

  /** Part of every key: changes whenever the same input would give something else. */
  private static final String VERSION = "1";

  /** Checks that everything is there. */
  public RawDocument {
    Objects.requireNonNull(id);
    Objects.requireNonNull(url);
    Objects.requireNonNull(language);
    Objects.requireNonNull(licence);
    Objects.requireNonNull(date);
    Objects.requireNonNull(content);
  }

  /** A file of a name. */
  public static RawDocument ofFile(String id, String language, byte[] content) {
    return new RawDocument(id, "", language, "", "", false, Optional.empty(), content);
  }

  /** A page of a crawl. */
  public static RawDocument ofPage(WarcPages.Page page) {
    return new RawDocument(
        page.address(), page.address(), "", "", page.date(), true, page.charset(), page.content());
  }

  /**
   * A line of a list: {@code {"id","url","lang","licence","text"}}, of which only the text must be
   * there.
   *
   * @param list the list's path, for messages
   * @param number of the line, from 1; with the list's name it names a document without a name
   * @throws InputException if the line is not such a document
   */
  public static RawDocument ofLine(String list, long number, String line) {
    JsonNode node;
    try {
      node = Json.PLAIN.readTree(line);
    } catch (JsonProcessingException e) {
      throw new InputException(
          list + ", line " + number + ": not JSON: " + e.getOriginalMessage(), e);
    }
    if (!node.path("text").isTextual()) {
      throw new InputException(
          list + ", line " + number + ": wanted is {\"id\",\"url\",\"lang\",\"text\"}");
    }
    return listed(
        list,
        number,
        node.path("id").asText(""),
        node.path("url").asText(""),
        node.path("lang").asText(""),
        node.path("licence").asText(""),
        node.path("text").asText());
  }

  /**
   * A row of a table whose columns are named as the keys of a line.
   *
   * @throws InputException if it has no text
   */
  public static RawDocument ofRow(String table, long number, Map<String, String> row) {
    if (!row.containsKey("text")) {
      throw new InputException(
          table + ", row " + number + ": wanted are columns id, url, lang, licence and text");
    }
    return listed(
        table,
        number,
        row.getOrDefault("id", ""),
        row.getOrDefault("url", ""),
        row.getOrDefault("lang", ""),
        row.getOrDefault("licence", ""),
        row.get("text"));
  }

  private static RawDocument listed(
      String list,
      long number,
      String id,
      String url,
      String language,
      String licence,
      String text) {
    String name = id.isEmpty() ? url : id;
    return new RawDocument(
        name.isEmpty() ? list.substring(list.lastIndexOf('/') + 1) + ":" + number : name,
        url,
        language,
        licence,
        "",
        false,
        Optional.of(StandardCharsets.UTF_8),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** 32 hexadecimal digits of all that decides on what is read from it. */
  public String key() {
    String head =
        String.join(
            "\u0000",
            VERSION,
            id,
            url,
            language,
            licence,
            page ? "page" : "",
            charset.map(Object::toString).orElse(""),
            DocumentIntake.sha256(content));
    return DocumentIntake.sha256(head.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  /**
   * Which of two documents of a name counts: the later one, of two as late that of the smaller key.
   */
  public static boolean replaces(String date, String key, String dateBefore, String keyBefore) {
    int order = date.compareTo(dateBefore);
    return order > 0 || (order == 0 && key.compareTo(keyBefore) < 0);
  }
}
