package io.github.persona4j.micrometer;

import io.github.persona4j.CallReport;
import io.micrometer.observation.transport.RequestReplySenderContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What handlers know of a call, and the headers that they want to send. */
final class CallContext extends RequestReplySenderContext<Map<String, String>, CallReport> {
  /** Not the fields of baggage, which can have any name and can be personal. */
  private static final Set<String> TRACE_HEADERS =
      Set.of(
          "traceparent",
          "tracestate",
          "b3",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-parentspanid",
          "x-b3-sampled",
          "x-b3-flags");

  private final Map<String, String> carrier = new LinkedHashMap<>();

  CallContext() {
    super(
        (headers, name, value) -> {
          if (headers != null && TRACE_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, value);
          }
        });
    setCarrier(carrier);
  }

  /** Returns a copy of the headers so far, which other threads may read. */
  Map<String, String> headers() {
    return Map.copyOf(carrier);
  }
}
