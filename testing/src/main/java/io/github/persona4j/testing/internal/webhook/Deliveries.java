package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.LoggedEvent;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends each recorded event to the webhooks that want it, as tasks of the clock, one after another.
 * An attempt without one of the statuses 200, 201, 202 and 204 within 5 seconds is followed by the
 * next one after the wait of the API, seven times at most. Thread-safe.
 */
public final class Deliveries {
  /** Changes the body of an event before it is signed. */
  @FunctionalInterface
  public interface BodyChange {
    /**
     * Returns the body to send.
     *
     * @param fileLifetime the time for which its links to files are valid
     * @param inflection the casing of its keys
     */
    String apply(String body, Duration fileLifetime, Inflection inflection);
  }

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Set<Integer> DELIVERED = Set.of(200, 201, 202, 204);
  private static final int MAX_RECORDED = 10_000;

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(3),
          Duration.ofSeconds(64),
          Duration.ofSeconds(729),
          Duration.ofSeconds(4096),
          Duration.ofSeconds(15_625),
          Duration.ofSeconds(46_656),
          Duration.ofSeconds(117_649));

  /** An event on its way to a webhook. The body is that of the first attempt. */
  private record Delivery(
      String id, String webhookId, LoggedEvent event, String body, Instant first) {}

  private final ObjectStore store;
  private final Timetable timetable;
  private final EventBody bodies;
  private final CustomHeaders customHeaders;
  private final BodyChange bodyChange;
  private final Predicate<URI> allowed;
  private final DeliveryRecords records;
  private final DeliveryFaults faults = new DeliveryFaults();
  private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();

  /**
   * Starts to listen to the events.
   *
   * @param allowed whether the fake may send requests to a URL
   */
  public Deliveries(
      ObjectStore store,
      EventLog events,
      Timetable timetable,
      CustomHeaders customHeaders,
      BodyChange bodyChange,
      Predicate<URI> allowed) {
    this.store = store;
    this.timetable = timetable;
    this.bodies = new EventBody(store);
    this.records = new DeliveryRecords(store);
    this.customHeaders = customHeaders;
    this.bodyChange = bodyChange;
    this.allowed = allowed;
    events.addListener(this::onEvent);
  }

  /** Returns the faults of the next deliveries. */
  public DeliveryFaults faults() {
    return faults;
  }

  /** Returns the last 10,000 attempts in the order in which they ended; immutable. */
  public List<Attempt> attempts() {
    synchronized (attempts) {
      return List.copyOf(attempts);
    }
  }

  private void onEvent(LoggedEvent event) {
    List<StoredObject> webhooks = store.all("webhook");
    for (int i = webhooks.size() - 1; i >= 0; i--) { // the oldest webhook first
      WebhookSettings settings = new WebhookSettings(webhooks.get(i));
      if (settings.isEnabled() && settings.wants(event.name())) {
        faults.order(() -> start(settings, event)).forEach(Runnable::run);
      }
    }
  }

  private void start(WebhookSettings settings, LoggedEvent event) {
    JsonObject document = bodies.of(event, settings);
    String body =
        bodyChange.apply(document.toString(), settings.fileLifetime(), settings.inflection());
    Instant now = timetable.instant();
    Delivery delivery = new Delivery(records.add(now), settings.id(), event, body, now);
    JsonObject filter = settings.payloadFilter();
    if (filter != null && !PayloadFilter.accepts(filter, payload(document))) {
      records.set(delivery.id, "skipped");
      record(delivery, settings, 0, Attempt.Result.SKIPPED, null, "payload-filter", Map.of());
      return;
    }
    int copies = faults.takeDuplicate() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      timetable.at(now, () -> attempt(delivery, 1));
    }
  }

  private static @Nullable JsonElement payload(JsonObject document) {
    return document.getAsJsonObject("data").getAsJsonObject("attributes").get("payload");
  }

  private void attempt(Delivery delivery, int number) {
    StoredObject webhook = store.find("webhook", delivery.webhookId);
    if (webhook == null || !new WebhookSettings(webhook).isEnabled()) {
      records.set(delivery.id, "skipped"); // it was disabled or archived in the meantime
      return;
    }
    WebhookSettings settings = new WebhookSettings(webhook);
    Instant now = timetable.instant();
    List<String> secrets =
        faults.takeWrongSignature() ? List.of("wbhsec_of_nobody") : settings.secrets(now);
    String signature =
        WebhookSignature.of(secrets, now, delivery.body.getBytes(StandardCharsets.UTF_8));
    Map<String, List<String>> headers =
        new LinkedHashMap<>(WebhookHeaders.of(signature, number, delivery.first));
    customHeaders.of(settings.id()).forEach((name, value) -> headers.put(name, List.of(value)));
    boolean lost = faults.takeLostResponse();
    Integer status = null;
    String failure = null;
    try {
      status = send(settings.url(), headers, delivery.body);
      failure = lost ? "response lost" : null;
    } catch (HttpTimeoutException e) {
      failure = "no response within 5 seconds";
    } catch (IOException | IllegalArgumentException e) {
      failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = "closed";
    }
    boolean delivered = failure == null && status != null && DELIVERED.contains(status);
    record(
        delivery,
        settings,
        number,
        delivered ? Attempt.Result.DELIVERED : Attempt.Result.FAILED,
        lost ? null : status,
        failure,
        Collections.unmodifiableMap(headers));
    if (delivered) {
      records.set(delivery.id, "completed");
    } else if (number == WebhookHeaders.MAX_ATTEMPTS) {
      records.set(delivery.id, "failed");
    } else {
      timetable.at(now.plus(WAITS.get(number - 1)), () -> attempt(delivery, number + 1));
    }
  }

  private int send(String url, Map<String, List<String>> headers, String body)
      throws IOException, InterruptedException {
    URI uri = URI.create(url);
    if (!allowed.test(uri)) {
      throw new IOException("not a loopback address");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).POST(BodyPublishers.ofString(body));
    headers.forEach((name, values) -> request.setHeader(name, values.get(0)));
    var response = Shared.CLIENT.sendAsync(request.build(), BodyHandlers.discarding());
    try { // the time-out of the request ends with the headers of the response
      return response.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no end of the response");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  /** One client for all fakes, because the thread of a client ends only with its collection. */
  private static final class Shared {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  private void record(
      Delivery delivery,
      WebhookSettings settings,
      int number,
      Attempt.Result result,
      @Nullable Integer status,
      @Nullable String failure,
      Map<String, List<String>> headers) {
    Attempt attempt =
        new Attempt(
            delivery.webhookId,
            settings.url(),
            delivery.event.id(),
            delivery.event.name(),
            number,
            timetable.instant(),
            result,
            status,
            failure,
            delivery.body,
            headers);
    synchronized (attempts) {
      if (attempts.size() == MAX_RECORDED) {
        attempts.removeFirst();
      }
      attempts.addLast(attempt);
    }
  }
}
