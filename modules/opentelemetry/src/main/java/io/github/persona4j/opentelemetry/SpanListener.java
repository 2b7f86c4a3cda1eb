package io.github.persona4j.opentelemetry;

import io.github.persona4j.AttemptReport;
import io.github.persona4j.CallListener;
import io.github.persona4j.CallReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records one call in its span. */
final class SpanListener implements CallListener {
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ORIGINAL_METHOD =
      AttributeKey.stringKey("http.request.method_original");
  static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("url.template");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RESEND_COUNT =
      AttributeKey.longKey("http.request.resend_count");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<List<String>> REQUEST_ID =
      AttributeKey.stringArrayKey("http.response.header.request-id");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("persona.attempt.number");
  private static final AttributeKey<Double> ATTEMPT_DURATION =
      AttributeKey.doubleKey("persona.attempt.duration");
  private static final AttributeKey<Double> ATTEMPT_WAIT =
      AttributeKey.doubleKey("persona.attempt.wait");

  private final Span span;
  private final Context context;
  private final @Nullable TextMapPropagator propagator;
  private final boolean requestIds;

  /**
   * Creates a listener for one call.
   *
   * @param context what is propagated with each attempt
   * @param propagator null for none
   * @param requestIds whether request IDs are recorded
   */
  SpanListener(
      Span span, Context context, @Nullable TextMapPropagator propagator, boolean requestIds) {
    this.span = span;
    this.context = context;
    this.propagator = propagator;
    this.requestIds = requestIds;
  }

  @Override
  public Map<String, String> requestHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (propagator != null) {
      propagator.inject(context, headers, (carrier, name, value) -> headers.put(name, value));
    }
    return headers;
  }

  @Override
  public void attemptFailed(AttemptReport attempt) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(ATTEMPT, (long) attempt.number())
            .put(ATTEMPT_DURATION, seconds(attempt.duration()))
            .put(ATTEMPT_WAIT, seconds(attempt.waitBeforeNext()))
            .put(ERROR_TYPE, errorType(attempt.failure(), attempt.status()));
    Integer status = attempt.status();
    if (status != null) {
      attributes.put(STATUS, (long) status);
    }
    String requestId = attempt.requestId();
    if (requestIds && requestId != null) {
      attributes.put(REQUEST_ID, List.of(requestId));
    }
    span.addEvent("persona.attempt.failed", attributes.build());
  }

  @Override
  public void callEnded(CallReport call) {
    Integer status = call.status();
    if (status != null) {
      span.setAttribute(STATUS, (long) status);
    }
    if (call.attempts() > 1) {
      span.setAttribute(RESEND_COUNT, (long) call.attempts() - 1);
    }
    String requestId = call.requestId();
    if (requestIds && requestId != null) {
      span.setAttribute(REQUEST_ID, List.of(requestId));
    }
    CallReport.Failure failure = call.failure();
    if (failure != null) {
      span.setAttribute(ERROR_TYPE, errorType(failure, status));
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }

  private static String errorType(CallReport.Failure failure, @Nullable Integer status) {
    return failure == CallReport.Failure.REFUSED && status != null
        ? status.toString()
        : failure.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Duration duration) {
    return (double) duration.toNanos() / 1e9;
  }
}
