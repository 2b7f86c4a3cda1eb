package io.github.persona4j.testing.assertj;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.RecordedRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

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
    return this;
  }

  /** Verifies that each request had a header, whatever its value. */
  public ReceivedRequestsAssert withHeader(String name) {
    Objects.requireNonNull(name, "name");
    return each("a header " + name, request -> request.header(name) != null);
  }

  /** Verifies that each request had a header with this value. */
  public ReceivedRequestsAssert withHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return each("the header " + name + ": " + value, r -> value.equals(r.header(name)));
  }

  /** Verifies that no request had a header. */
  public ReceivedRequestsAssert withoutHeader(String name) {
    Objects.requireNonNull(name, "name");
    return each("no header " + name, request -> request.header(name) == null);
  }

  /** Verifies that each request had a query parameter, such as {@code page[size]}. */
  public ReceivedRequestsAssert withQuery(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return each(
        "the query parameter " + name + "=" + value, r -> value.equals(r.queryParameter(name)));
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
        request -> {
          String value = request.bodyValue(pointer);
          return value != null && JsonParser.parseString(value).equals(expected);
        });
  }

  private static JsonElement parse(String json) {
    try {
      return JsonParser.parseString(Objects.requireNonNull(json, "json"));
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("json: must be JSON", e);
    }
  }

  private ReceivedRequestsAssert each(String what, Predicate<RecordedRequest> condition) {
    for (RecordedRequest request : actual) {
      if (!condition.test(request)) {
        failWithMessage(
            "%nExpecting requests for%n  %s%nto have %s%nbut one had not.%n%n%s",
            operation, what, persona.describe());
      }
    }
    return this;
  }
}
