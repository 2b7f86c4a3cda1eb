package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Signed events of 2 to 30 kB, a fifth of them twice, in any order, from 16 threads to two
 * processes over one table in PostgreSQL, one of which is killed meanwhile. {@code .ci/full} sends
 * 5,000 events.
 */
@Tag("slow")
class WebhookLoadTest {
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 1);
  private static final int EVENTS = FACTOR == 1 ? 300 : 1000 * FACTOR;
  private static final int THREADS = 16;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger again = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();

  private record Node(Process process, int port) {}

  @AfterAll
  static void stop() throws IOException {
    Databases.stop();
  }

  @Test
  void everyEvent_isHandledOncePerConfirmedClaimAlthoughANodeIsKilled() throws Exception {
    DataSource database = Databases.postgres();
    update(database, "drop table if exists handled");
    update(database, "create table handled (event_id varchar(100), node varchar(10))");
    List<Node> nodes = List.of(start("one"), start("two"));
    List<byte[]> deliveries = deliveries();
    ExecutorService senders = Executors.newFixedThreadPool(THREADS);
    long begin = System.nanoTime();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (byte[] body : deliveries) {
        all.add(senders.submit(() -> deliver(body, nodes)));
        // the queue is filled at once, so the node is killed by the number of requests
      }
      while (sent.get() < deliveries.size() / 2) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      nodes.get(1).process.destroyForcibly();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      senders.shutdownNow();
      nodes.forEach(node -> node.process.destroyForcibly());
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

    String confirmed = "select count(*) from persona_events where confirmed_at is not null";
    assertThat(count(database, confirmed)).isEqualTo(EVENTS);
    assertThat(count(database, "select count(*) from persona_events")).isEqualTo(EVENTS);
    assertThat(count(database, "select count(distinct event_id) from handled")).isEqualTo(EVENTS);
    // An event that the killed node handled and did not confirm is handled again by the other one.
    assertThat(
            count(
                database,
                "select count(*) from (select event_id from handled group by event_id, node"
                    + " having count(*) > 1) as twice"))
        .isZero();
    long twice = count(database, "select count(*) from handled") - EVENTS;
    assertThat(twice).isBetween(0L, (long) THREADS);
    long second = count(database, "select count(*) from handled where node = 'two'");
    assertThat(second).isPositive();
    System.out.printf(
        "%d events, %d deliveries, %d requests (%d failed, %d busy) in %d ms; the killed node handled"
            + " %d, %d without confirming%n",
        EVENTS, deliveries.size(), sent.get(), again.get(), busy.get(), millis, second, twice);
  }

  private static List<byte[]> deliveries() {
    Random random = new Random(16);
    List<byte[]> deliveries = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      int size = 1500 + random.nextInt(28_000);
      String subject =
          "{\"type\":\"inquiry\",\"id\":\"inq_%d\",\"attributes\":{\"note\":\"%s\"}}"
              .formatted(i % 100, "x".repeat(size));
      byte[] body =
          Bodies.event("evt_" + i, "inquiry.approved", "2026-01-28T10:15:30.000Z", subject);
      deliveries.add(body);
      if (i % 5 == 0) {
        deliveries.add(body);
      }
    }
    Collections.shuffle(deliveries, random);
    return deliveries;
  }

  /** Sends an event until it is accepted, as Persona does, but with shorter pauses. */
  private void deliver(byte[] body, List<Node> nodes) {
    int next = sent.get();
    while (true) {
      sent.incrementAndGet();
      Node node = nodes.get(next++ % nodes.size()); // the other one than before
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/"))
              .timeout(Duration.ofSeconds(10))
              .header(
                  "Persona-Signature",
                  Signing.header(WebhookNode.SECRET, Instant.now().getEpochSecond(), body))
              .POST(BodyPublishers.ofByteArray(body))
              .build();
      try {
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          return;
        }
        assertThat(status).isIn(500, 503);
        (status == 503 ? busy : again).incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(status == 503 ? 300 : 20);
      } catch (IOException e) {
        again.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Node start(String name) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                WebhookNode.class.getName(),
                Databases.postgresUrl(),
                name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Node(process, Integer.parseInt(output.readLine()));
  }

  private static void update(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
