package dev.verso.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Glossaries: French terms and the English to use for them. */
public final class GlossaryStore {

  /** A glossary without its terms. */
  public record Glossary(String id, String name, int entries, String created) {}

  private final Database database;

  public GlossaryStore(Database database) {
    this.database = database;
  }

  /**
   * Stores a glossary.
   *
   * @param owner the key it belongs to; empty for everybody
   * @param terms French to English, in order
   */
  public Glossary add(String owner, String name, Map<String, String> terms) {
    String id = UUID.randomUUID().toString();
    database.transaction(
        session -> {
          session.update(
              "INSERT INTO glossary (id, owner, name) VALUES (?, ?, ?)", id, owner, name);
          insert(session, id, terms);
          return id;
        });
    return find(owner, id).orElseThrow();
  }

  private static void insert(Database.Session session, String id, Map<String, String> terms)
      throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    terms.forEach((source, target) -> rows.add(new Object[] {id, rows.size(), source, target}));
    session.each(
        "INSERT INTO glossary_entry (glossary_id, position, source, target) VALUES (?, ?, ?, ?)",
        rows);
  }

  /**
   * Renames a glossary and adds to its terms, all at once; what translates reads the terms anew.
   *
   * @param name the new name, or none to keep the one it has
   * @param added terms; one that it already has gets the new translation in its old place
   * @return the glossary as it is now; empty if there is no such glossary
   */
  public Optional<Glossary> edit(
      String owner, String id, Optional<String> name, Map<String, String> added) {
    boolean found =
        database.transaction(
            session -> {
              if (!locked(session, owner, id)) {
                return false;
              }
              if (name.isPresent()) {
                session.update("UPDATE glossary SET name = ? WHERE id = ?", name.get(), id);
              }
              if (!added.isEmpty()) {
                Map<String, String> terms = terms(session, id);
                terms.putAll(added);
                session.update("DELETE FROM glossary_entry WHERE glossary_id = ?", id);
                insert(session, id, terms);
              }
              return true;
            });
    return found ? find(owner, id) : Optional.empty();
  }

  /**
   * Replaces all terms of a glossary.
   *
   * @param terms none to leave it empty
   * @return the glossary as it is now; empty if there is no such glossary
   */
  public Optional<Glossary> replace(String owner, String id, Map<String, String> terms) {
    boolean found =
        database.transaction(
            session -> {
              if (!locked(session, owner, id)) {
                return false;
              }
              session.update("DELETE FROM glossary_entry WHERE glossary_id = ?", id);
              insert(session, id, terms);
              return true;
            });
    return found ? find(owner, id) : Optional.empty();
  }

  /** Whether there is such a glossary, which nobody else changes until the transaction ends. */
  private static boolean locked(Database.Session session, String owner, String id)
      throws SQLException {
    return session.update("UPDATE glossary SET owner = owner WHERE id = ? AND owner = ?", id, owner)
        > 0;
  }

  private static Map<String, String> terms(Database.Session session, String id)
      throws SQLException {
    Map<String, String> terms = new LinkedHashMap<>();
    session.query(
        "SELECT source, target FROM glossary_entry WHERE glossary_id = ? ORDER BY position",
        row -> terms.put(row.getString(1), row.getString(2)),
        id);
    return terms;
  }

  /** A glossary of an owner. */
  public Optional<Glossary> find(String owner, String id) {
    return list(owner).stream().filter(glossary -> glossary.id().equals(id)).findFirst();
  }

  /** All glossaries of an owner, oldest first. */
  public List<Glossary> list(String owner) {
    return database.query(
        "SELECT g.*, (SELECT COUNT(*) FROM glossary_entry e WHERE e.glossary_id = g.id) AS n"
            + " FROM glossary g WHERE g.owner = ? ORDER BY g.created, g.id",
        row ->
            new Glossary(
                row.getString("id"),
                row.getString("name"),
                row.getInt("n"),
                Database.time(row, "created")),
        owner);
  }

  /** The terms of a glossary of an owner, in order; empty if there is no such glossary. */
  public Optional<Map<String, String>> terms(String owner, String id) {
    if (find(owner, id).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(database.transaction(session -> terms(session, id)));
  }

  /** Removes a glossary. Returns whether there was one. */
  public boolean remove(String owner, String id) {
    return database.update("DELETE FROM glossary WHERE id = ? AND owner = ?", id, owner) > 0;
  }
}
