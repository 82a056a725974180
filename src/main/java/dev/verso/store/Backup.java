package dev.verso.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.verso.text.InputException;
import dev.verso.text.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The whole content of a database as gzipped JSON lines, one for each row: the same from H2 and
 * from PostgreSQL, so that a backup of one can be restored into the other.
 */
public final class Backup {

  /** In an order in which no row precedes what it refers to. */
  private static final List<String> TABLES =
      List.of(
          "api_key",
          "key_usage",
          "job",
          "job_document",
          "glossary",
          "glossary_entry",
          "memory",
          "memory_unit",
          "article",
          "article_edit");

  private static final String FORMAT = "verso-backup";
  private static final int VERSION = 1;

  private final Database database;

  public Backup(Database database) {
    this.database = database;
  }

  /**
   * Writes everything, as of one moment.
   *
   * @return the number of rows
   */
  public long write(OutputStream out) throws IOException {
    GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16);
    ObjectNode head = Json.PLAIN.createObjectNode();
    head.put("format", FORMAT).put("version", VERSION);
    line(zipped, head);
    long rows;
    try {
      rows =
          database.transaction(
              session -> {
                session
                    .connection()
                    .setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
                long written = 0;
                for (String table : TABLES) {
                  written += write(session, table, zipped);
                }
                return written;
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    ObjectNode end = Json.PLAIN.createObjectNode();
    end.put("rows", rows);
    line(zipped, end);
    zipped.finish();
    return rows;
  }

  private static long write(Database.Session session, String table, OutputStream out)
      throws SQLException {
    long written = 0;
    try (PreparedStatement statement =
        session.connection().prepareStatement("SELECT * FROM " + table)) {
      statement.setFetchSize(100);
      try (ResultSet rows = statement.executeQuery()) {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
          ObjectNode row = Json.PLAIN.createObjectNode();
          row.put("table", table);
          ObjectNode values = row.putObject("row");
          for (int i = 1; i <= columns.getColumnCount(); i++) {
            put(values, columns, rows, i);
          }
          line(out, row);
          written++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written;
  }

  private static void put(ObjectNode values, ResultSetMetaData columns, ResultSet rows, int i)
      throws SQLException {
    String name = columns.getColumnName(i).toLowerCase(Locale.ROOT);
    if (rows.getObject(i) == null) {
      values.putNull(name);
      return;
    }
    switch (columns.getColumnType(i)) {
      case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
        ObjectNode bytes = values.putObject(name);
        bytes.put("base64", Base64.getEncoder().encodeToString(rows.getBytes(i)));
      }
      case Types.BOOLEAN, Types.BIT -> values.put(name, rows.getBoolean(i));
      case Types.INTEGER -> values.put(name, rows.getInt(i));
      case Types.BIGINT -> values.put(name, rows.getLong(i));
      case Types.DOUBLE -> values.put(name, rows.getDouble(i));
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> {
        ObjectNode time = values.putObject(name);
        time.put("time", rows.getObject(i, OffsetDateTime.class).toString());
      }
      default -> values.put(name, rows.getString(i));
    }
  }

  private static void line(OutputStream out, JsonNode node) throws IOException {
    out.write(Json.PLAIN.writeValueAsBytes(node));
    out.write('\n');
  }

  /**
   * Replaces everything with the content of a backup: all of it, or nothing is changed.
   *
   * @param name what to call the backup in an error
   * @return the number of rows
   * @throws InputException if it is not a backup or not complete
   */
  public long restore(String name, InputStream in) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(unzipped(name, in), StandardCharsets.UTF_8))) {
      JsonNode head = parse(name, next(lines));
      if (!FORMAT.equals(head.path("format").asText())) {
        throw new InputException(name + " is not a backup made by 'verso backup'");
      }
      if (head.path("version").asInt() > VERSION) {
        throw new InputException(name + " was made by a newer Verso; restore it with that one");
      }
      return database.transaction(
          session -> {
            for (int i = TABLES.size() - 1; i >= 0; i--) {
              session.update("DELETE FROM " + TABLES.get(i));
            }
            long rows = 0;
            while (true) {
              JsonNode row = parse(name, next(lines));
              if (row.has("rows")) {
                if (row.get("rows").asLong() != rows) {
                  throw new InputException(name + " is not complete: rows are missing");
                }
                return rows;
              }
              insert(name, session, row);
              rows++;
            }
          });
    } catch (UncheckedIOException e) {
      // Unzipping found an early end or damaged data.
      throw new InputException(name + " is damaged: " + e.getCause().getMessage(), e);
    }
  }

  private static GZIPInputStream unzipped(String name, InputStream in) {
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      throw new InputException(name + " is not a backup made by 'verso backup'", e);
    }
  }

  private static String next(BufferedReader lines) {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String name, String line) {
    if (line == null) {
      throw new InputException(name + " is not complete: it ends early");
    }
    try {
      return Json.PLAIN.readTree(line);
    } catch (IOException e) {
      throw new InputException(name + " is damaged: a line is not valid JSON", e);
    }
  }

  private static void insert(String name, Database.Session session, JsonNode row)
      throws SQLException {
    String table = row.path("table").asText();
    if (!TABLES.contains(table)) {
      throw new InputException(name + " contains a table " + table + " that Verso doesn't know");
    }
    List<String> columns = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    row.path("row")
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().matches("[a-z_]{1,40}")) {
                throw new InputException(name + " is damaged: it names a column " + field.getKey());
              }
              columns.add(field.getKey());
              values.add(value(field.getValue()));
            });
    session.update(
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", columns)
            + ") VALUES ("
            + String.join(", ", columns.stream().map(column -> "?").toList())
            + ")",
        values.toArray());
  }

  private static Object value(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (value.has("base64")) {
      return Base64.getDecoder().decode(value.get("base64").asText());
    }
    if (value.has("time")) {
      return OffsetDateTime.parse(value.get("time").asText());
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    if (value.isInt()) {
      return value.asInt();
    }
    if (value.isLong()) {
      return value.asLong();
    }
    return value.isNumber() ? (Object) value.asDouble() : value.asText();
  }
}
