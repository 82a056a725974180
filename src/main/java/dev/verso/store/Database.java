package dev.verso.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.verso.text.InputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/**
 * The database: a pool of connections to H2 or PostgreSQL, its schema brought up to date.
 *
 * <p>Thread-safe. If the database fails, an {@link UnavailableException} is thrown.
 */
public final class Database implements AutoCloseable {

  /** The largest number of connections kept. */
  private static final int CONNECTIONS = 12;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX");

  private static final long PATIENCE_MILLIS = 10_000;

  /** The database can't be reached or refused to work. */
  public static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(SQLException cause) {
      super("the database failed: " + cause.getMessage(), cause);
    }
  }

  /** Makes a value from a row. */
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Work that is done in one transaction. */
  interface Work<T> {
    T in(Session session) throws SQLException;
  }

  private final HikariDataSource pool;
  private final boolean h2;
  private final Optional<FileLength> length;

  private Database(HikariDataSource pool, boolean h2, Optional<FileLength> length) {
    this.pool = pool;
    this.h2 = h2;
    this.length = length;
  }

  /** The URL of an H2 database in a file, which is created if it is missing. */
  public static String fileUrl(Path file) {
    return "jdbc:h2:file:" + file.toAbsolutePath();
  }

  /**
   * Opens a database and brings its schema up to date.
   *
   * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql:…}
   * @param user empty for H2's default
   * @throws InputException if it can't be opened; the message names it and says what to do
   */
  public static Database open(String url, String user, String password) {
    boolean h2 = url.startsWith("jdbc:h2:");
    if (!h2 && !url.startsWith("jdbc:postgresql:")) {
      throw new InputException(
          "the database " + url + " is neither jdbc:h2:… nor jdbc:postgresql:…");
    }
    HikariConfig config = new HikariConfig();
    // A commit returns once it is being written to disk: what was accepted survives a kill.
    config.setJdbcUrl(h2 ? url + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000" : url);
    config.setUsername(h2 && user.isEmpty() ? "sa" : user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setPoolName("verso");
    Optional<FileLength> length = FileLength.of(url);
    length.ifPresent(FileLength::require);
    HikariDataSource pool = null;
    try {
      pool = new HikariDataSource(config);
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(pool)
          .locations("classpath:dev/verso/store")
          .placeholders(Map.of("bytes", h2 ? "BLOB" : "BYTEA"))
          .load()
          .migrate();
      length.ifPresent(FileLength::noteOpen);
      return new Database(pool, h2, length);
    } catch (RuntimeException e) {
      if (pool != null) {
        pool.close();
      }
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String hint =
          String.valueOf(root.getMessage()).contains("lock")
              ? "; another Verso uses it: while a service runs, ask itself (GET, POST and DELETE"
                  + " /v1/keys, GET /v1/backup, with a key of the scope admin or the token that it"
                  + " showed when it started), stop it, or let both use PostgreSQL"
              : "";
      throw new InputException(
          "can't open the database " + url + ": " + root.getMessage() + hint, e);
    }
  }

  /** Whether this process is the only one that can use the database. */
  public boolean isExclusive() {
    return h2;
  }

  /** Does {@code work} in one transaction: all of it or nothing. */
  <T> T transaction(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(new Session(connection));
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new UnavailableException(e);
    }
  }

  <T> List<T> query(String sql, Row<T> row, Object... arguments) {
    return transaction(session -> session.query(sql, row, arguments));
  }

  <T> Optional<T> find(String sql, Row<T> row, Object... arguments) {
    return query(sql, row, arguments).stream().findFirst();
  }

  int update(String sql, Object... arguments) {
    return transaction(session -> session.update(sql, arguments));
  }

  /** Whether the database answers. */
  public boolean answers() {
    try {
      return find("SELECT 1", row -> row.getInt(1)).isPresent();
    } catch (UnavailableException e) {
      return false;
    }
  }

  /** Records the size of its file, so that a truncated file is noticed. */
  public void noteLength() {
    length.ifPresent(FileLength::noteOpen);
  }

  @Override
  public void close() {
    if (pool.isClosed()) {
      return;
    }
    pool.close();
    length.ifPresent(FileLength::noteClosed);
  }

  /** A transaction in progress. */
  record Session(Connection connection) {

    <T> List<T> query(String sql, Row<T> row, Object... arguments) throws SQLException {
      try (PreparedStatement statement = prepared(sql, arguments);
          ResultSet rows = statement.executeQuery()) {
        List<T> values = new ArrayList<>();
        while (rows.next()) {
          values.add(row.of(rows));
        }
        return values;
      }
    }

    int update(String sql, Object... arguments) throws SQLException {
      try (PreparedStatement statement = prepared(sql, arguments)) {
        return statement.executeUpdate();
      }
    }

    /** The same statement for many rows. */
    void each(String sql, List<Object[]> rows) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        int waiting = 0;
        for (Object[] arguments : rows) {
          fill(statement, arguments);
          statement.addBatch();
          if (++waiting % 500 == 0) {
            statement.executeBatch();
          }
        }
        statement.executeBatch();
      }
    }

    private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      try {
        fill(statement, arguments);
        return statement;
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
    }

    private static void fill(PreparedStatement statement, Object... arguments) throws SQLException {
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof byte[] bytes) {
          statement.setBytes(i + 1, bytes);
        } else {
          statement.setObject(i + 1, arguments[i]);
        }
      }
    }
  }

  /** A time as text, in UTC. */
  static String time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
  }
}
