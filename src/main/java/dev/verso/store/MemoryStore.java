package dev.verso.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Translation memories: French segments and their approved English. */
public final class MemoryStore {

  /** A memory without its units. */
  public record Memory(String id, String name, int units, String created) {}

  private final Database database;

  public MemoryStore(Database database) {
    this.database = database;
  }

  /**
   * Stores a memory.
   *
   * @param owner the key it belongs to; empty for everybody
   * @param units French to English
   */
  public Memory add(String owner, String name, Map<String, String> units) {
    String id = UUID.randomUUID().toString();
    database.transaction(
        session -> {
          session.update("INSERT INTO memory (id, owner, name) VALUES (?, ?, ?)", id, owner, name);
          List<Object[]> rows = new ArrayList<>();
          units.forEach(
              (source, target) ->
                  rows.add(
                      new Object[] {
                        id,
                        rows.size(),
                        source.getBytes(StandardCharsets.UTF_8),
                        target.getBytes(StandardCharsets.UTF_8)
                      }));
          session.each(
              "INSERT INTO memory_unit (memory_id, position, source, target) VALUES (?, ?, ?, ?)",
              rows);
          return id;
        });
    return find(owner, id).orElseThrow();
  }

  /** A memory of an owner. */
  public Optional<Memory> find(String owner, String id) {
    return list(owner).stream().filter(memory -> memory.id().equals(id)).findFirst();
  }

  /** Whether an owner has such a memory. */
  public boolean has(String owner, String id) {
    return revision(owner, id).isPresent();
  }

  /** All memories of an owner, oldest first. */
  public List<Memory> list(String owner) {
    return database.query(
        "SELECT m.*, (SELECT COUNT(*) FROM memory_unit u WHERE u.memory_id = m.id) AS n"
            + " FROM memory m WHERE m.owner = ? ORDER BY m.created, m.id",
        row ->
            new Memory(
                row.getString("id"),
                row.getString("name"),
                row.getInt("n"),
                Database.time(row, "created")),
        owner);
  }

  /** The units of a memory of an owner; empty if there is no such memory. */
  public Optional<Map<String, String>> units(String owner, String id) {
    if (!has(owner, id)) {
      return Optional.empty();
    }
    Map<String, String> units = new LinkedHashMap<>();
    database.query(
        "SELECT source, target FROM memory_unit WHERE memory_id = ? ORDER BY position",
        row ->
            units.put(
                new String(row.getBytes(1), StandardCharsets.UTF_8),
                new String(row.getBytes(2), StandardCharsets.UTF_8)),
        id);
    return Optional.of(units);
  }

  /** The memory of an owner by this name, the oldest of several. */
  public Optional<Memory> named(String owner, String name) {
    return list(owner).stream().filter(memory -> memory.name().equals(name)).findFirst();
  }

  /**
   * Puts a unit into a memory, in the place of one with the same source.
   *
   * @return whether the owner has such a memory
   */
  public boolean put(String owner, String id, String source, String target) {
    return database.transaction(
        session -> {
          if (!revise(session, owner, id)) {
            return false;
          }
          byte[] french = source.getBytes(StandardCharsets.UTF_8);
          removeUnit(session, id, french);
          int next =
              session
                  .query(
                      "SELECT COALESCE(MAX(position) + 1, 0) FROM memory_unit WHERE memory_id = ?",
                      row -> row.getInt(1),
                      id)
                  .get(0);
          session.update(
              "INSERT INTO memory_unit (memory_id, position, source, target) VALUES (?, ?, ?, ?)",
              id,
              next,
              french,
              target.getBytes(StandardCharsets.UTF_8));
          return true;
        });
  }

  /** Takes the unit with this source out of a memory; nothing happens if there is none. */
  public void take(String owner, String id, String source) {
    database.transaction(
        session -> {
          if (revise(session, owner, id)) {
            removeUnit(session, id, source.getBytes(StandardCharsets.UTF_8));
          }
          return true;
        });
  }

  /** Counts a change, and keeps others from changing the memory until the transaction ends. */
  private static boolean revise(Database.Session session, String owner, String id)
      throws SQLException {
    return session.update(
            "UPDATE memory SET revision = revision + 1 WHERE id = ? AND owner = ?", id, owner)
        > 0;
  }

  private static void removeUnit(Database.Session session, String id, byte[] french)
      throws SQLException {
    // Neither database compares byte strings of any length in its WHERE; memories of corrections
    // are small.
    for (Integer position :
        session.query(
            "SELECT position, source FROM memory_unit WHERE memory_id = ?",
            row -> Arrays.equals(row.getBytes(2), french) ? row.getInt(1) : -1,
            id)) {
      if (position >= 0) {
        session.update(
            "DELETE FROM memory_unit WHERE memory_id = ? AND position = ?", id, position);
      }
    }
  }

  /** How often a memory of an owner was changed; empty if there is no such memory. */
  public Optional<Integer> revision(String owner, String id) {
    return database.find(
        "SELECT revision FROM memory WHERE id = ? AND owner = ?", row -> row.getInt(1), id, owner);
  }

  /** Removes a memory. Returns whether there was one. */
  public boolean remove(String owner, String id) {
    return database.update("DELETE FROM memory WHERE id = ? AND owner = ?", id, owner) > 0;
  }
}
