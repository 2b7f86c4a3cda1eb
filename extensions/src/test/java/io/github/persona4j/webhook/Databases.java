package io.github.persona4j.webhook;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** Databases with an empty table of processed events. */
final class Databases {
  static final String TABLE = "persona_events";

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres postgres;

  private Databases() {}

  /** Returns a new database in memory. */
  static DataSource h2() throws SQLException {
    DataSource database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:events" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1", "sa", "");
    createTable(database);
    return database;
  }

  /** Returns the database of a PostgreSQL server, which is started once. */
  static synchronized DataSource postgres() throws SQLException, IOException {
    if (postgres == null) {
      postgres = EmbeddedPostgres.start();
    }
    DataSource database = postgres.getPostgresDatabase();
    createTable(database);
    return database;
  }

  /** Returns the URL of that database. */
  static synchronized String postgresUrl() {
    return Objects.requireNonNull(postgres).getJdbcUrl("postgres", "postgres");
  }

  static synchronized void stop() throws IOException {
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }

  /** Returns a source of connections that fail when they are closed or restored. */
  static DataSource failing(DataSource database, boolean close) {
    return (DataSource)
        Proxy.newProxyInstance(
            Databases.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (source, method, arguments) -> {
              Connection connection = database.getConnection();
              connection.setAutoCommit(close);
              return Proxy.newProxyInstance(
                  Databases.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, called, values) -> {
                    Object result = called.invoke(connection, values);
                    if (close
                        ? called.getName().equals("close")
                        : called.getName().equals("setAutoCommit") && values[0].equals(false)) {
                      throw new SQLException("broken");
                    }
                    return result;
                  });
            });
  }

  /** Creates the table as the Javadoc of {@link JdbcProcessedEvents} says. */
  private static void createTable(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists " + TABLE);
      statement.execute(
          """
          create table persona_events (
            event_id varchar(100) primary key,
            token varchar(36) not null,
            lease_end bigint not null,
            confirmed_at bigint,
            object_key varchar(200),
            created_at bigint)
          """);
      statement.execute(
          "create index persona_events_object on persona_events (object_key, created_at)");
    }
  }

  /** One connection without auto-commit, which stays open. */
  record OneConnection(Connection connection) {
    OneConnection(DataSource database) throws SQLException {
      this(database.getConnection());
      connection.setAutoCommit(false);
    }

    DataSource source() {
      ClassLoader loader = Databases.class.getClassLoader();
      Object kept =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                try {
                  return method.getName().equals("close")
                      ? null
                      : method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
      return (DataSource)
          Proxy.newProxyInstance(
              loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> kept);
    }
  }
}
