package io.github.persona4j.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The processed events of several processes, in one table of a database.
 *
 * <pre>
 * create table persona_events (
 *   event_id varchar(100) primary key,
 *   token varchar(36) not null,
 *   lease_end bigint not null,
 *   confirmed_at bigint,
 *   object_key varchar(200),
 *   created_at bigint);
 * create index persona_events_object on persona_events (object_key, created_at);
 * </pre>
 *
 * <p>Times are milliseconds since 1970 by the clocks of the processes, so the lease must be longer
 * than their clocks differ; {@code created_at} is the time of the event in microseconds. Each
 * method uses a connection of its own in auto-commit mode, and one to three statements of standard
 * SQL. So the data source must not return the connection of a running transaction, as one of Spring
 * that is aware of transactions does. A failure of the database is a {@link StorageException}.
 *
 * <p>Persona sends an event again for about two days: call {@link #removeBefore} once in a while,
 * with a time before that. Thread-safe.
 */
public final class JdbcProcessedEvents implements ProcessedEvents {
  /** The database failed. */
  public static final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StorageException(SQLException cause) {
      super(
          "the table of processed events cannot be used (SQLSTATE " + cause.getSQLState() + ")",
          cause);
    }
  }

  private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,99}");
  private static final int MAX_EVENT_ID = 100;
  private static final int MAX_OBJECT_KEY = 200;
  private static final String INTEGRITY_VIOLATION = "23"; // SQL standard, class of SQLSTATE

  // A row can vanish between two statements, if its claim is given back.
  private static final int MAX_TRIES = 3;

  private final DataSource database;
  private final long leaseMillis;
  private final Clock clock;

  private final String insert;
  private final String takeOver;
  private final String select;
  private final String renew;
  private final String confirm;
  private final String delete;
  private final String newer;
  private final String removeOld;

  private JdbcProcessedEvents(DataSource database, String table, Duration lease, Clock clock) {
    this.database = Objects.requireNonNull(database, "database");
    this.leaseMillis = Leases.millis(lease);
    this.clock = Objects.requireNonNull(clock, "clock");
    if (!TABLE.matcher(Objects.requireNonNull(table, "table")).matches()) {
      throw new IllegalArgumentException("table: must be a plain name");
    }
    insert =
        "insert into "
            + table
            + " (event_id, token, lease_end, object_key, created_at) values (?, ?, ?, ?, ?)";
    takeOver =
        "update "
            + table
            + " set token = ?, lease_end = ?"
            + " where event_id = ? and confirmed_at is null and lease_end <= ?";
    select = "select confirmed_at from " + table + " where event_id = ?";
    renew =
        "update "
            + table
            + " set lease_end = ? where event_id = ? and token = ? and confirmed_at is null";
    confirm =
        "update "
            + table
            + " set confirmed_at = ? where event_id = ? and token = ? and confirmed_at is null";
    delete = "delete from " + table + " where event_id = ? and token = ? and confirmed_at is null";
    newer =
        "select count(*) from "
            + table
            + " where object_key = ? and created_at > ? and confirmed_at is not null";
    removeOld =
        "delete from "
            + table
            + " where confirmed_at < ? or (confirmed_at is null and lease_end < ?)";
  }

  /**
   * Uses a table.
   *
   * @param database returns connections, preferably of a pool
   * @param table the name of the table, if necessary with that of its schema
   * @param lease how long a claim lasts that is neither confirmed nor given back; longer than any
   *     event takes to handle, from one second to seven days
   * @throws IllegalArgumentException if the table is not a plain name, or the lease is out of range
   */
  public static JdbcProcessedEvents of(DataSource database, String table, Duration lease) {
    return of(database, table, lease, Clock.systemUTC());
  }

  /** As {@link #of(DataSource, String, Duration)}, with a clock. */
  public static JdbcProcessedEvents of(
      DataSource database, String table, Duration lease, Clock clock) {
    return new JdbcProcessedEvents(database, table, lease, clock);
  }

  @Override
  public Claim claim(WebhookEvent event) {
    String id = Objects.requireNonNull(event, "event").id();
    if (id.length() > MAX_EVENT_ID) {
      throw new IllegalArgumentException(
          "event: its ID must have at most " + MAX_EVENT_ID + " characters");
    }
    String token = UUID.randomUUID().toString();
    EventObject object = EventObject.of(event);
    return with(
        connection -> {
          for (int i = 1; ; i++) {
            long leaseEnd = clock.millis() + leaseMillis;
            SQLException violation = insert(connection, id, token, leaseEnd, object);
            if (violation == null) {
              return new Claim(id, State.CLAIMED, token);
            }
            State state = existing(connection, id, token);
            if (state != null) {
              return new Claim(id, state, token);
            }
            if (i == MAX_TRIES) {
              throw violation; // of another rule than that of the key
            }
          }
        });
  }

  /** Claims an event that exists; returns null if it was given back meanwhile. */
  private @Nullable State existing(Connection connection, String id, String token)
      throws SQLException {
    long now = clock.millis();
    if (update(connection, takeOver, token, now + leaseMillis, id, now) == 1) {
      return State.CLAIMED;
    }
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        return row.getObject(1) == null ? State.CLAIMED_ELSEWHERE : State.CONFIRMED;
      }
    }
  }

  /** Inserts an event. Returns the violation of the key if it exists, or null. */
  private @Nullable SQLException insert(
      Connection connection, String id, String token, long leaseEnd, @Nullable EventObject object)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, id);
      statement.setString(2, token);
      statement.setLong(3, leaseEnd);
      if (object == null || object.key().length() > MAX_OBJECT_KEY) {
        statement.setNull(4, Types.VARCHAR);
        statement.setNull(5, Types.BIGINT);
      } else {
        statement.setString(4, object.key());
        statement.setLong(5, object.createdAt());
      }
      statement.executeUpdate();
      return null;
    } catch (SQLException e) {
      if (e.getSQLState() != null && e.getSQLState().startsWith(INTEGRITY_VIOLATION)) {
        return e;
      }
      throw e;
    }
  }

  @Override
  public boolean renew(Claim claim) {
    Objects.requireNonNull(claim, "claim");
    long leaseEnd = clock.millis() + leaseMillis;
    return with(
        connection -> update(connection, renew, leaseEnd, claim.eventId(), claim.token()) == 1);
  }

  @Override
  public boolean confirm(Claim claim) {
    Objects.requireNonNull(claim, "claim");
    return with(
        connection ->
            update(connection, confirm, clock.millis(), claim.eventId(), claim.token()) == 1);
  }

  @Override
  public void giveBack(Claim claim) {
    Objects.requireNonNull(claim, "claim");
    with(connection -> update(connection, delete, claim.eventId(), claim.token()));
  }

  @Override
  public boolean isOutdated(WebhookEvent event) {
    EventObject object = EventObject.of(event);
    if (object == null) {
      return false;
    }
    return with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(newer)) {
            statement.setString(1, object.key());
            statement.setLong(2, object.createdAt());
            try (ResultSet row = statement.executeQuery()) {
              return row.next() && row.getLong(1) > 0;
            }
          }
        });
  }

  /**
   * Removes the events that were confirmed before a time, and those whose claim ended before it
   * without being confirmed. A duplicate that arrives after that is handled again.
   *
   * @return the number of events
   * @throws IllegalArgumentException if the time is in the future
   */
  public int removeBefore(Instant time) {
    if (Objects.requireNonNull(time, "time").isAfter(clock.instant())) {
      throw new IllegalArgumentException("time: must not be in the future");
    }
    long millis = time.toEpochMilli();
    return with(connection -> update(connection, removeOld, millis, millis));
  }

  private static int update(Connection connection, String sql, Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      return statement.executeUpdate();
    }
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T with(Work<T> work) {
    Connection connection = null;
    boolean autoCommit = true;
    try {
      connection = database.getConnection();
      autoCommit = connection.getAutoCommit();
      if (!autoCommit) {
        connection.setAutoCommit(true);
      }
      return work.on(connection);
    } catch (SQLException e) {
      throw new StorageException(e);
    } finally {
      if (connection != null) {
        release(connection, autoCommit);
      }
    }
  }

  // The work is done and committed, so a failure here must not be reported as one of the work.
  private static void release(Connection connection, boolean autoCommit) {
    try (connection) {
      if (!autoCommit) {
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      // The pool closes a broken connection.
    }
  }
}
