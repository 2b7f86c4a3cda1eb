package io.github.persona4j.micrometer;

import io.github.persona4j.AttemptReport;
import io.github.persona4j.CallListener;
import io.github.persona4j.CallReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Records metrics of the calls of a client in a registry of Micrometer:
 * <!-- code: examples/micrometer/src/test/java/io/github/persona4j/examples/micrometer/GuideSnippets.java#metrics -->
 *
 * <pre>{@code
 * PersonaClient measured =
 *     PersonaClient.builder()
 *         .apiKey(key)
 *         .callListener(PersonaMetrics.to(registry, Tags.of("client", "eu"))) // tags are optional
 *         .build();
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Name</th><th>Type</th><th>Tags</th><th>What it measures</th></tr>
 * <tr><td>{@code persona.calls}</td><td>timer</td>
 *   <td>{@code operation}, {@code outcome}, {@code status}</td>
 *   <td>calls from beginning to end, with all attempts and waiting</td></tr>
 * <tr><td>{@code persona.requests}</td><td>counter</td><td>{@code operation}</td>
 *   <td>requests made, including retries</td></tr>
 * <tr><td>{@code persona.retries}</td><td>counter</td>
 *   <td>{@code operation}, {@code reason}, {@code status}</td>
 *   <td>failed attempts that were followed by another one</td></tr>
 * <tr><td>{@code persona.rate.limit.waits}</td><td>timer</td><td>none</td>
 *   <td>waiting of calls for the rate limiter; calls that did not wait are not counted</td></tr>
 * <tr><td>{@code persona.rate.limit}, {@code persona.rate.limit.remaining}</td><td>gauge</td>
 *   <td>none</td>
 *   <td>requests allowed in a window, and those that remained at the last response</td></tr>
 * <tr><td>{@code persona.quota}, {@code persona.quota.remaining}</td><td>gauge</td>
 *   <td>{@code operation}</td>
 *   <td>objects that may be created in a quota period, and those that remained at the last
 *   response</td></tr>
 * </table>
 *
 * <p>{@code operation} is a name such as {@code events.list}. {@code outcome} is {@code success} or
 * a value of {@link CallReport.Failure} in lower case, such as {@code refused} or {@code timeout};
 * {@code reason} is the same without {@code success}. {@code status} is the HTTP status of the last
 * response, or {@code none}. No tag has an ID, a key or another argument of a call, so all have few
 * values.
 *
 * <p>A gauge exists once a response has had its value. It is that of the client's last response,
 * whichever key the call had, and does not rise when a window ends without a call. It is {@code
 * NaN} after the client has been garbage-collected.
 *
 * <p>Timers have no histogram. A {@code MeterFilter} of the registry can add one.
 *
 * <p>Several clients can have one registry. Give each a tag of the same name, such as {@code
 * client}; otherwise their calls are counted together, and the gauges have what was reported last.
 */
public final class PersonaMetrics {
  private PersonaMetrics() {}

  /**
   * Creates a listener that records metrics without further tags.
   *
   * @param registry the registry that gets the meters
   */
  public static CallListener to(MeterRegistry registry) {
    return to(registry, Tags.empty());
  }

  /**
   * Creates a listener that records metrics with further tags, such as {@code Tags.of("client",
   * "eu")}.
   *
   * @param registry the registry that gets the meters
   * @param tags the tags of all meters
   * @throws IllegalArgumentException if a tag has the key {@code operation}, {@code outcome},
   *     {@code reason} or {@code status}
   */
  public static CallListener to(MeterRegistry registry, Iterable<Tag> tags) {
    Objects.requireNonNull(registry, "registry");
    Tags copied = Tags.of(Objects.requireNonNull(tags, "tags"));
    for (Tag tag : copied) {
      if (Listener.OWN_KEYS.contains(tag.getKey())) {
        throw new IllegalArgumentException(
            "tags must not have the key " + tag.getKey() + ", which the meters have themselves");
      }
    }
    return new Listener(registry, copied);
  }

  private static final class Listener implements CallListener {
    private static final String OPERATION = "operation";
    private static final String OUTCOME = "outcome";
    private static final String REASON = "reason";
    private static final String STATUS = "status";
    static final List<String> OWN_KEYS = List.of(OPERATION, OUTCOME, REASON, STATUS);

    private final MeterProvider<Timer> calls;
    private final MeterProvider<Counter> requests;
    private final MeterProvider<Counter> retries;
    private final Timer rateLimitWaits;
    private final ReportedLimits limits;

    Listener(MeterRegistry registry, Tags tags) {
      this.calls =
          Timer.builder("persona.calls")
              .description("Calls of the Persona API, with all attempts and waiting")
              .tags(tags)
              .withRegistry(registry);
      this.requests =
          Counter.builder("persona.requests")
              .description("Requests to the Persona API, including retries")
              .baseUnit("requests")
              .tags(tags)
              .withRegistry(registry);
      this.retries =
          Counter.builder("persona.retries")
              .description("Failed attempts of calls that were followed by another one")
              .baseUnit("retries")
              .tags(tags)
              .withRegistry(registry);
      this.rateLimitWaits =
          Timer.builder("persona.rate.limit.waits")
              .description("Waiting of calls for the rate limiter of the client")
              .tags(tags)
              .register(registry);
      this.limits = new ReportedLimits(registry, tags);
    }

    @Override
    public void attemptFailed(AttemptReport attempt) {
      limits.report(attempt.operation(), attempt.rateLimits());
      retries
          .withTags(
              Tags.of(
                  Tag.of(OPERATION, attempt.operation().name()),
                  Tag.of(REASON, CallValues.outcome(attempt.failure())),
                  Tag.of(STATUS, CallValues.status(attempt.status()))))
          .increment();
    }

    @Override
    public void callEnded(CallReport call) {
      limits.report(call.operation(), call.rateLimits());
      Tag operation = Tag.of(OPERATION, call.operation().name());
      calls
          .withTags(
              Tags.of(
                  operation,
                  Tag.of(OUTCOME, CallValues.outcome(call.failure())),
                  Tag.of(STATUS, CallValues.status(call.status()))))
          .record(call.duration());
      requests.withTags(Tags.of(operation)).increment(call.attempts());
      Duration waited = call.waitedForRateLimit();
      if (!waited.isZero()) {
        rateLimitWaits.record(waited);
      }
    }
  }
}
