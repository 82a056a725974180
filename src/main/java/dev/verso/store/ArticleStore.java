package dev.verso.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Articles that somebody keeps to read again: the French as it came, its translation as it was
 * made, and what was corrected since, segment by segment. The translation itself never changes, so
 * that a correction can be undone.
 *
 * <p>Thread-safe.
 */
public final class ArticleStore {

  /**
   * An article in a list.
   *
   * @param segments how many it has
   * @param edits how many of them were corrected
   * @param created when it was kept, ISO 8601 in UTC
   */
  public record Article(
      String id, String name, String title, int segments, int edits, String created) {}

  /**
   * An article with its texts.
   *
   * @param source the French, as it came
   * @param bitext its translation: the JSON of a bitext
   * @param edits the corrected English of segments, by their number from 0
   */
  public record Kept(Article article, String source, String bitext, Map<Integer, String> edits) {

    /** Copies the map. */
    public Kept {
      edits = Map.copyOf(edits);
    }
  }

  private final Database database;

  public ArticleStore(Database database) {
    this.database = database;
  }

  /**
   * Keeps an article.
   *
   * @param owner the key it belongs to; empty for everybody
   */
  public Article add(
      String owner, String name, String title, String source, String bitext, int segments) {
    String id = UUID.randomUUID().toString();
    database.update(
        "INSERT INTO article (id, owner, name, title, source, bitext, segments)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        id,
        owner,
        name,
        title,
        source.getBytes(StandardCharsets.UTF_8),
        bitext.getBytes(StandardCharsets.UTF_8),
        segments);
    return list(owner).stream()
        .filter(article -> article.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** All articles of an owner, newest first. */
  public List<Article> list(String owner) {
    return database.query(
        "SELECT a.id, a.name, a.title, a.segments, a.created,"
            + " (SELECT COUNT(*) FROM article_edit e WHERE e.article_id = a.id) AS n"
            + " FROM article a WHERE a.owner = ? ORDER BY a.created DESC, a.id",
        row ->
            new Article(
                row.getString("id"),
                row.getString("name"),
                row.getString("title"),
                row.getInt("segments"),
                row.getInt("n"),
                Database.time(row, "created")),
        owner);
  }

  /** An article of an owner. */
  public Optional<Kept> find(String owner, String id) {
    Optional<Article> known =
        list(owner).stream().filter(article -> article.id().equals(id)).findFirst();
    return known.flatMap(
        article ->
            database.find(
                "SELECT source, bitext FROM article WHERE id = ?",
                row ->
                    new Kept(
                        article,
                        new String(row.getBytes(1), StandardCharsets.UTF_8),
                        new String(row.getBytes(2), StandardCharsets.UTF_8),
                        edits(id)),
                id));
  }

  private Map<Integer, String> edits(String id) {
    Map<Integer, String> edits = new TreeMap<>();
    database.query(
        "SELECT segment, target FROM article_edit WHERE article_id = ?",
        row -> edits.put(row.getInt(1), new String(row.getBytes(2), StandardCharsets.UTF_8)),
        id);
    return edits;
  }

  /** Corrects a segment. Returns whether the owner has such an article with such a segment. */
  public boolean edit(String owner, String id, int segment, String target) {
    return database.transaction(
        session -> {
          if (session.update(
                  "UPDATE article SET owner = owner WHERE id = ? AND owner = ? AND segments > ?",
                  id,
                  owner,
                  segment)
              == 0) {
            return false;
          }
          session.update(
              "DELETE FROM article_edit WHERE article_id = ? AND segment = ?", id, segment);
          session.update(
              "INSERT INTO article_edit (article_id, segment, target) VALUES (?, ?, ?)",
              id,
              segment,
              target.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  /** Takes a correction back. Returns whether there was one. */
  public boolean undo(String owner, String id, int segment) {
    return database.update(
            "DELETE FROM article_edit WHERE segment = ? AND article_id IN"
                + " (SELECT id FROM article WHERE id = ? AND owner = ?)",
            segment,
            id,
            owner)
        > 0;
  }

  /** How many bytes the articles of an owner take up. */
  public long stored(String owner) {
    return database
        .find(
            "SELECT COALESCE(SUM(OCTET_LENGTH(source) + OCTET_LENGTH(bitext)), 0) FROM article WHERE owner = ?",
            row -> row.getLong(1),
            owner)
        .orElse(0L);
  }

  /** Removes an article. Returns whether there was one. */
  public boolean remove(String owner, String id) {
    return database.update("DELETE FROM article WHERE id = ? AND owner = ?", id, owner) > 0;
  }
}
