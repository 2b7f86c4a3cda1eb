package io.github.persona4j.webhook;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that receives webhooks and inserts each event that it handles into the table {@code
 * handled}. Prints its port.
 */
final class WebhookNode {
  static final String SECRET = "wbhsec_load";
  static final Duration LEASE = Duration.ofSeconds(3);

  private WebhookNode() {}

  /**
   * Runs until the process is killed.
   *
   * @param arguments the URL of the database, and the name of this node
   */
  public static void main(String... arguments) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setURL(arguments[0]);
    WebhookHandler webhook =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(SECRET))
            .processedEvents(JdbcProcessedEvents.of(database, Databases.TABLE, LEASE))
            .otherwise(
                event -> {
                  try (Connection connection = database.getConnection();
                      PreparedStatement insert =
                          connection.prepareStatement("insert into handled values (?, ?)")) {
                    insert.setString(1, event.id());
                    insert.setString(2, arguments[1]);
                    insert.executeUpdate();
                  }
                })
            .build();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            WebhookResult result =
                webhook.handle(exchange.getRequestBody(), exchange.getRequestHeaders());
            exchange.sendResponseHeaders(result.status(), -1);
          }
        });
    server.start();
    System.out.println(server.getAddress().getPort());
  }
}
