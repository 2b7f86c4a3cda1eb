package io.github.persona4j.webhook;

import io.github.persona4j.json.JsonException;
import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.MalformedJsonException;
import io.github.persona4j.json.SafeText;
import io.github.persona4j.json.UnexpectedTypeException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.EventResponse;
import io.github.persona4j.model.Resource;
import io.github.persona4j.resource.CompoundDocument;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event that a webhook delivers: a change to a resource, with the resource at that time.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#webhook-event -->
 *
 * <pre>{@code
 * WebhookEvent event = WebhookEvent.read(body);
 * Optional<Inquiry> inquiry = event.subject(Inquiry.class);
 * Optional<Account> account = inquiry.flatMap(each -> event.related(each.account()));
 * }</pre>
 *
 * <p>The body may have kebab, camel or snake casing, as the webhook is configured; the models are
 * the same. A webhook also has a version of its own. Attributes of a version that this client does
 * not describe are properties of the models, such as {@code
 * inquiry.attributes().property("name-first")}.
 *
 * <p>A related resource is included only if the webhook is configured to send it. {@code
 * PersonaClient.fetch} retrieves one that is not.
 *
 * <p>Verify the signature of a request with {@link WebhookVerifier} before you read it; {@link
 * WebhookHandler} does both. Immutable and thread-safe.
 */
public final class WebhookEvent implements CompoundDocument<Resource> {
  private static final String ATTEMPTS_MADE = "Persona-Webhook-Attempts-Made";
  private static final String ATTEMPTS_LEFT = "Persona-Webhook-Attempts-Left";
  private static final String FIRST_ATTEMPTED_AT = "Persona-Webhook-First-Attempted-At";

  private final Event event;
  private final String id;
  private final @Nullable EventName name;
  private final @Nullable OffsetDateTime createdAt;
  private final @Nullable Integer attemptsMade;
  private final @Nullable Integer attemptsLeft;
  private final @Nullable Instant firstAttemptedAt;

  private WebhookEvent(Event event, Headers headers) {
    this.event = event;
    this.id = event.id();
    this.name = event.attributes().name();
    this.createdAt = event.attributes().createdAt();
    this.attemptsMade = headers.number(ATTEMPTS_MADE);
    this.attemptsLeft = headers.number(ATTEMPTS_LEFT);
    this.firstAttemptedAt = headers.time(FIRST_ATTEMPTED_AT);
  }

  /**
   * Reads the body of a request. Its signature is not checked.
   *
   * @param body the body as received
   * @throws WebhookBodyException if it is not an event in JSON
   */
  public static WebhookEvent read(byte[] body) {
    return read(body, Headers.NONE);
  }

  /**
   * Reads a request. Its signature is not checked.
   *
   * @param body the body as received
   * @param headers returns the value of a header by its name, or null if the request does not have
   *     it, such as {@code request::getHeader}
   * @throws WebhookBodyException if the body is not an event in JSON
   */
  public static WebhookEvent read(byte[] body, Function<String, @Nullable String> headers) {
    return read(body, Headers.of(headers));
  }

  /**
   * As {@link #read(byte[], Function)}, with the headers as a map. Their names may have any case.
   */
  public static WebhookEvent read(byte[] body, Map<String, ? extends List<String>> headers) {
    return read(body, Headers.of(headers));
  }

  static WebhookEvent read(byte[] body, Headers headers) {
    Objects.requireNonNull(body, "body");
    try {
      Event event = EventResponse.TYPE.readAnyCasing(body, JsonLimits.standard()).data();
      if (!event.type().equals("event")) {
        throw new WebhookBodyException("the data is not an event", null);
      }
      return new WebhookEvent(event, headers);
    } catch (JsonException e) {
      // A path could contain names of an unknown sender.
      Object reason = e instanceof MalformedJsonException json ? json.reason() : e.getMessage();
      throw new WebhookBodyException(String.valueOf(reason), e);
    }
  }

  /**
   * Returns an event of the API, such as one of {@code persona.events().listAll()}, for {@link
   * WebhookHandler#replay}. Its subject is as it was at the time of the event.
   */
  public static WebhookEvent of(Event event) {
    return new WebhookEvent(Objects.requireNonNull(event, "event"), Headers.NONE);
  }

  /**
   * Returns the JSON of the event, as the body of a request in kebab casing, to store it and to
   * {@link #read} it later. It contains personal data.
   */
  public String toJson() {
    return "{\"data\":" + event.toJson() + "}";
  }

  /** Returns the ID, {@code evt_...}, which is the same for each delivery of this event. */
  public String id() {
    return id;
  }

  /** Returns the name, such as {@code inquiry.approved}; null if the body does not contain it. */
  public @Nullable EventName name() {
    return name;
  }

  /**
   * Returns when the change happened; null if the body does not contain it. Events can arrive in
   * another order.
   */
  public @Nullable OffsetDateTime createdAt() {
    return createdAt;
  }

  /** Returns how often Persona has sent this event; null if the request does not say so. */
  public @Nullable Integer attemptsMade() {
    return attemptsMade;
  }

  /** Returns how often Persona will send this event again if it fails; null as above. */
  public @Nullable Integer attemptsLeft() {
    return attemptsLeft;
  }

  /** Returns when Persona first sent this event; null as above. */
  public @Nullable Instant firstAttemptedAt() {
    return firstAttemptedAt;
  }

  /**
   * Returns the resource that the event is about, at the time of the event.
   *
   * @param type the class or the interface of the resource, such as {@code Inquiry.class}
   * @return the resource; empty if it is of another class, or if the body does not contain it
   */
  public <T extends Resource> Optional<T> subject(Class<T> type) {
    return event.subject(type);
  }

  /**
   * Returns the resource that the event is about, of any class; null if the body does not contain
   * it. One of a type that this client does not know is the unknown member of its union, such as
   * {@code Report.Unknown} or {@code Resource.Unknown}.
   *
   * @throws UnexpectedTypeException if it is no object
   */
  public @Nullable Resource subject() {
    return event.payload().data();
  }

  /** Returns the related resources that came along; null if none did. */
  @Override
  public @Nullable List<Resource> included() {
    return event.payload().included();
  }

  /** Returns additional information about the change, of any structure; null if there is none. */
  public @Nullable JsonValue context() {
    return event.attributes().context();
  }

  /** Returns the event as the API has it. */
  public Event event() {
    return event;
  }

  /** Shows the ID and the name. */
  @Override
  public String toString() {
    return "WebhookEvent{id=" + SafeText.of(id) + ", name=" + name + "}";
  }
}
