package io.github.persona4j.testing.assertj;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.RecordedRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on the requests for one operation, which are at least one. */
@SuppressWarnings("exports") // AssertJ is optional, and who uses this class has it
public final class ReceivedRequestsAssert
    extends AbstractAssert<ReceivedRequestsAssert, List<RecordedRequest>> {
  private final FakePersona persona;
  private final String operation;

  ReceivedRequestsAssert(List<RecordedRequest> actual, FakePersona persona, String operation) {
    super(actual, ReceivedRequestsAssert.class);
    this.persona = persona;
    this.operation = operation;
  }

  /** Verifies that there was exactly one request. */
  public ReceivedRequestsAssert once() {
    return times(1);
  }

  /** Verifies the number of requests. */
  public ReceivedRequestsAssert times(int expected) {
    if (actual.size() != expected) {
      failWithMessage(
          "%nExpecting %d requests for%n  %s%nbut there were %d.%n%n%s",
          expected, operation, actual.size(), persona.describe());
    }
    String unknown = FakePersonaAssert.unknownRequests(persona);
    if (unknown != null) {
      failWithMessage(
          "%nIt is not certain whether there were %d requests for%n  %s%n%s",
          expected, operation, unknown);
    }
    return this;
  }

  /** Verifies that each request had a header, whatever its value. */
  public ReceivedRequestsAssert withHeader(String name) {
    Objects.requireNonNull(name, "name");
    return each("a header " + name, request -> request.header(name), Objects::nonNull);
  }

  /** Verifies that each request had a header with this value. */
  public ReceivedRequestsAssert withHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return each(
        "the header " + name + ": " + value, request -> request.header(name), value::equals);
  }

  /** Verifies that no request had a header. */
  public ReceivedRequestsAssert withoutHeader(String name) {
    Objects.requireNonNull(name, "name");
    return each("no header " + name, request -> request.header(name), Objects::isNull);
  }

  /** Verifies that each request had a query parameter, such as {@code page[size]}. */
  public ReceivedRequestsAssert withQuery(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return each(
        "the query parameter " + name + "=" + value,
        request -> request.queryParameter(name),
        value::equals);
  }

  /**
   * Verifies that each request had a value in its JSON body.
   *
   * @param pointer a JSON pointer (RFC 6901), such as {@code /data/attributes/reference-id}
   * @param json the value in JSON, such as {@code "\"r1\""} or {@code "true"}; the order of members
   *     is not significant
   * @throws IllegalArgumentException if the pointer is not one, or the value is not JSON
   */
  public ReceivedRequestsAssert withBodyValue(String pointer, String json) {
    Objects.requireNonNull(pointer, "pointer");
    JsonElement expected = parse(json);
    return each(
        "the value " + json + " at " + pointer,
        request -> request.bodyValue(pointer),
        value -> value != null && JsonParser.parseString(value).equals(expected));
  }

  private static JsonElement parse(String json) {
    try {
      return JsonParser.parseString(Objects.requireNonNull(json, "json"));
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("json: must be JSON", e);
    }
  }

  /** Verifies that what a request has fits; null stands for nothing. */
  private ReceivedRequestsAssert each(
      String what,
      Function<RecordedRequest, @Nullable String> actualValue,
      Predicate<@Nullable String> condition) {
    for (RecordedRequest request : actual) {
      String value = actualValue.apply(request);
      if (!condition.test(value)) {
        failWithMessage(
            "%nExpecting requests for%n  %s%nto have %s%nbut this one had %s:%n  %s%n%n%s",
            operation, what, value == null ? "nothing" : value, request, persona.describe());
      }
    }
    return this;
  }
}
