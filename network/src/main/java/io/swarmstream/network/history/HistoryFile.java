package io.swarmstream.network.history;

import io.swarmstream.schemas.files.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * An SQLite file with one connection for the writer and a few for readers, who see what was
 * committed. A file of another version, or one that is broken, is replaced by an empty one.
 */
final class HistoryFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
  private static final int MOST_READERS = 4;

  /** The id of the contract whose name is a query's first value. */
  static final String CONTRACT = "(SELECT id FROM contracts WHERE name = ?1)";

  /** Changes with the tables. */
  private static final int VERSION = 3;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE positions (topic TEXT, topic_id TEXT, partition INTEGER, next INTEGER,
            PRIMARY KEY (topic, partition)) WITHOUT ROWID
          """,
          "CREATE TABLE contracts (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
          """
          CREATE TABLE sites (id INTEGER PRIMARY KEY, contract INTEGER, name TEXT, account TEXT,
            UNIQUE (contract, name, account))
          """,
          """
          CREATE TABLE rounds (contract INTEGER, round INTEGER, opened INTEGER, closed INTEGER,
            published INTEGER, method TEXT, closed_by TEXT, participants INTEGER, left_out TEXT,
            mean_loss REAL, min_loss REAL, max_loss REAL, mean_metric REAL, min_metric REAL,
            max_metric REAL, base_hash TEXT, model_hash TEXT, record_hash TEXT, parameters INTEGER,
            chunks INTEGER, iterations INTEGER, kafka_partition INTEGER, kafka_offset INTEGER,
            merged_norm REAL, bytes INTEGER, mean_norm REAL, min_norm REAL, max_norm REAL,
            mean_cosine REAL, min_cosine REAL, max_cosine REAL,
            PRIMARY KEY (contract, round)) WITHOUT ROWID
          """,
          """
          CREATE TABLE participations (contract INTEGER, site INTEGER, round INTEGER,
            weight INTEGER, loss REAL, metric REAL, epochs REAL, total REAL, norm REAL,
            cosine REAL, bytes INTEGER, trains INTEGER, behind INTEGER,
            PRIMARY KEY (contract, site, round)) WITHOUT ROWID
          """,
          // What can be told from the other tables, but only by reading all of them.
          """
          CREATE TABLE standings (contract INTEGER, name TEXT, site INTEGER, round INTEGER,
            read_at INTEGER, rounds INTEGER NOT NULL DEFAULT 0, left_out INTEGER NOT NULL DEFAULT 0,
            timed INTEGER NOT NULL DEFAULT 0, behind INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (contract, name)) WITHOUT ROWID
          """);

  private final Path path;
  private final SQLiteDataSource source = new SQLiteDataSource();
  private final Connection writer;
  private final Semaphore free = new Semaphore(MOST_READERS);
  private final ConcurrentLinkedQueue<Connection> readers = new ConcurrentLinkedQueue<>();

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private HistoryFile(Path path) throws SQLException {
    this.path = path;
    source.setUrl("jdbc:sqlite:" + path);
    Connection opened = connect();
    try {
      prepare(opened);
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    writer = opened;
  }

  /** Opens the file in a folder that is there for caches alone. */
  static HistoryFile open(Path folder) throws IOException {
    Path path = PrivateFiles.closedFolder(folder).resolve("history.sqlite");
    try {
      return new HistoryFile(path);
    } catch (SQLException e) {
      LOG.warn("{} is made anew: {}", path, e.getMessage());
      for (String end : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
      }
    }
    try {
      return new HistoryFile(path);
    } catch (SQLException e) {
      throw new IOException(path + " cannot be made: " + e.getMessage(), e);
    }
  }

  private Connection connect() throws SQLException {
    Connection opened = source.getConnection();
    try (Statement statement = opened.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute("PRAGMA cache_size = -8000"); // KiB
    }
    return opened;
  }

  private static void prepare(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      // Loses the newest commits with the machine's power, but not the file; Kafka has them.
      statement.execute("PRAGMA synchronous = NORMAL");
      statement.execute("PRAGMA wal_autocheckpoint = 4000");
      statement.execute("PRAGMA cache_size = -32000");
      int version = rows(opened, "PRAGMA user_version", row -> row.getInt(1)).get(0);
      if (version != 0 && version != VERSION) {
        throw new SQLException("it has version " + version + ", this program has " + VERSION);
      }
      opened.setAutoCommit(false);
      if (version == 0) {
        for (String table : TABLES) {
          statement.execute(table);
        }
        statement.execute("PRAGMA user_version = " + VERSION);
        opened.commit();
      }
    }
  }

  Path path() {
    return path;
  }

  /** The only connection that writes; for one thread, which commits. */
  Connection writer() {
    return writer;
  }

  /** The rows of a query, at most some thousands. */
  <T> List<T> rows(String sql, Row<T> row, @Nullable Object... values) {
    free.acquireUninterruptibly();
    @Nullable Connection reader = readers.poll();
    try {
      if (reader == null) {
        reader = connect();
      }
      return rows(reader, sql, row, values);
    } catch (SQLException e) {
      throw new HistoryException(path, e);
    } finally {
      if (reader != null) {
        readers.add(reader);
      }
      free.release();
    }
  }

  /** The first row of a query. */
  <T> Optional<T> row(String sql, Row<T> row, @Nullable Object... values) {
    return rows(sql, row, values).stream().findFirst();
  }

  static <T> List<T> rows(Connection on, String sql, Row<T> row, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = on.prepareStatement(sql)) {
      fill(statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet results = statement.executeQuery()) {
        while (results.next()) {
          rows.add(row.of(results));
        }
      }
      return rows;
    }
  }

  static void execute(Connection on, String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = on.prepareStatement(sql)) {
      fill(statement, values);
      statement.executeUpdate();
    }
  }

  static void fill(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /** A number that may be unknown. */
  static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** A number that may be unknown. */
  static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  /** A whole number that may be unknown. */
  static @Nullable Long whole(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  @Override
  public void close() {
    free.acquireUninterruptibly(MOST_READERS);
    readers.forEach(HistoryFile::close);
    readers.clear();
    close(writer);
    free.release(MOST_READERS);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("a connection to the history did not close: {}", e.getMessage());
    }
  }
}
