package io.github.persona4j.micrometer;

import io.github.persona4j.AttemptReport;
import io.github.persona4j.CallListener;
import io.github.persona4j.CallReport;
import io.micrometer.observation.Observation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records one call in its observation. */
final class ObservationListener implements CallListener {
  static final String OUTCOME = "outcome";
  static final String STATUS = "status";

  private final Observation observation;
  private final CallContext context;
  private final Map<String, String> headers;

  /**
   * Creates a listener for one call.
   *
   * @param observation has been started
   * @param headers what is sent with each attempt
   */
  ObservationListener(Observation observation, CallContext context, Map<String, String> headers) {
    this.observation = observation;
    this.context = context;
    this.headers = headers;
  }

  @Override
  public Map<String, String> requestHeaders() {
    return headers;
  }

  @Override
  public void attemptFailed(AttemptReport attempt) {
    Integer status = attempt.status();
    boolean refused = attempt.failure() == CallReport.Failure.REFUSED && status != null;
    String reason = refused ? String.valueOf(status) : CallValues.outcome(attempt.failure());
    observation.event(Observation.Event.of("attempt.failed", "attempt failed: " + reason));
  }

  @Override
  public void callEnded(CallReport call) {
    try {
      CallReport.Failure failure = call.failure();
      String outcome = CallValues.outcome(failure);
      context.setResponse(call);
      observation
          .lowCardinalityKeyValue(OUTCOME, outcome)
          .lowCardinalityKeyValue(STATUS, CallValues.status(call.status()));
      if (failure != null) {
        observation.error(new CallFailedException(outcome, call.status()));
      }
    } finally {
      observation.stop(); // even if a handler of errors throws
    }
  }

  /**
   * The error of an observation. The exception of the call can have personal data; this has none.
   */
  private static final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallFailedException(String outcome, @Nullable Integer status) {
      // Without a stack trace, which would be that of the client.
      super(status == null ? outcome : outcome + ", status " + status, null, false, false);
    }
  }
}
