package dev.verso.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    return !database
        .query("SELECT 1 FROM memory WHERE id = ? AND owner = ?", row -> row.getInt(1), id, owner)
        .isEmpty();
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

  /** Removes a memory. Returns whether there was one. */
  public boolean remove(String owner, String id) {
    return database.update("DELETE FROM memory WHERE id = ? AND owner = ?", id, owner) > 0;
  }
}
