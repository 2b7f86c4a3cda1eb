package io.github.persona4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonParser;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.KeyCasing;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies and decodes the body of a webhook, of three sizes; prints a table. With our models the
 * subject is typed, and a value of it is read.
 */
public final class WebhookBenchmark {
  private static final String SECRET = "wbhsec_benchmark";
  private static final Instant TIME = Instant.ofEpochSecond(1_764_000_000);
  private static final int ROUNDS = 31;
  private static final long ROUND_BYTES = 8_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.builder().secret(SECRET).clock(Clock.fixed(TIME, ZoneOffset.UTC)).build();

  private WebhookBenchmark() {}

  private interface Reader {
    Object read(WebhookRequest request, byte[] body) throws IOException;
  }

  /** What is measured. */
  private record Contestant(String title, KeyCasing casing, Reader reader) {
    /** Reads a body. */
    Object read(WebhookRequest request) throws IOException {
      return reader.read(request, request.body());
    }

    /** Returns a body with this many included inquiries. */
    WebhookRequest request(int included) {
      String inquiry =
          JsonParser.parseString(new String(EventJson.make(), StandardCharsets.UTF_8))
              .getAsJsonObject()
              .getAsJsonObject("data")
              .getAsJsonObject("attributes")
              .getAsJsonObject("payload")
              .getAsJsonObject("data")
              .toString();
      WebhookRequest.Builder request =
          WebhookRequest.event("inquiry.approved").subject(inquiry).time(TIME).casing(casing);
      for (int i = 0; i < included; i++) {
        request.include(inquiry);
      }
      return request.sign(SECRET);
    }
  }

  private static final int OURS = 1;
  private static final List<Contestant> CONTESTANTS =
      List.of(
          new Contestant("HMAC alone", KeyCasing.KEBAB, (request, body) -> hash(body)),
          new Contestant("ours", KeyCasing.KEBAB, WebhookBenchmark::ours),
          new Contestant("ours, camel casing", KeyCasing.CAMEL, WebhookBenchmark::ours),
          new Contestant(
              "HMAC and Gson's tree",
              KeyCasing.KEBAB,
              (request, body) -> {
                byte[] hash = hash(body);
                String json = new String(body, StandardCharsets.UTF_8);
                return hash.length == 0 ? hash : JsonParser.parseString(json);
              }),
          new Contestant(
              "HMAC and Jackson's tree",
              KeyCasing.KEBAB,
              (request, body) -> {
                byte[] hash = hash(body);
                return hash.length == 0 ? hash : JACKSON.readTree(body);
              }));

  private static Object ours(WebhookRequest request, byte[] body) {
    VERIFIER.verify(body, request.signature());
    Inquiry inquiry = WebhookEvent.read(body).subject(Inquiry.class).orElseThrow();
    return String.valueOf(inquiry.attributes().createdAt());
  }

  private static byte[] hash(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((TIME.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    List<Integer> sizes = List.of(0, 5, 17); // included inquiries
    double[][] micros = new double[sizes.size()][];
    StringBuilder head = new StringBuilder("| |");
    for (int i = 0; i < sizes.size(); i++) {
      micros[i] = measure(sizes.get(i));
      int bytes = CONTESTANTS.get(OURS).request(sizes.get(i)).body().length;
      head.append(String.format(Locale.ROOT, " %.1f kB, µs | ratio to ours |", bytes / 1000.0));
    }
    System.out.println(head);
    System.out.println("|---|" + "---:|---:|".repeat(sizes.size()));
    for (int i = 0; i < CONTESTANTS.size(); i++) {
      StringBuilder line = new StringBuilder("| ").append(CONTESTANTS.get(i).title).append(" |");
      for (double[] each : micros) {
        double own = each[i];
        double ratio = own / each[OURS];
        line.append(String.format(Locale.ROOT, " %.1f | %.2f |", own, ratio));
      }
      System.out.println(line);
    }
  }

  /** Returns the median CPU time of each contestant in microseconds. */
  private static double[] measure(int included) throws IOException {
    double[][] rounds = new double[CONTESTANTS.size()][ROUNDS];
    for (int round = -ROUNDS / 2; round < ROUNDS; round++) { // the first ones warm up
      for (int i = 0; i < CONTESTANTS.size(); i++) {
        double time = measure(CONTESTANTS.get(i), CONTESTANTS.get(i).request(included));
        if (round >= 0) {
          rounds[i][round] = time;
        }
      }
    }
    return Arrays.stream(rounds).mapToDouble(each -> sorted(each)[ROUNDS / 2]).toArray();
  }

  private static double[] sorted(double[] values) {
    Arrays.sort(values);
    return values;
  }

  private static double measure(Contestant contestant, WebhookRequest request) throws IOException {
    long times = ROUND_BYTES / request.body().length;
    long start = THREADS.getCurrentThreadCpuTime();
    for (long i = 0; i < times; i++) {
      if (contestant.read(request) == request) {
        throw new AssertionError(contestant);
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / times;
  }
}
