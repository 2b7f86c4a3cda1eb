package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.state.InquiryMoves;
import io.github.persona4j.testing.internal.state.Transitions;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A person in front of the flow of one inquiry. Methods do what the person does, with all that
 * follows from it: sessions, verifications, documents, timestamps and events. They return this
 * object.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#inquiry-flow -->
 *
 * <pre>{@code
 * fake.inquiry(id).start().submit(governmentId(), selfie()).complete();
 * }</pre>
 *
 * <p>Methods throw {@link IllegalStateException} if the status of the inquiry does not allow it,
 * for example because it has expired. Thread-safe.
 */
public final class InquiryFlow {
  private final String id;
  private final InquiryMoves moves;
  private final Transitions transitions;

  InquiryFlow(String id, InquiryMoves moves, Transitions transitions) {
    this.id = moves.inquiry(id).id();
    this.moves = moves;
    this.transitions = transitions;
  }

  /** Starts the flow, in a new session unless one is open. */
  public InquiryFlow start() {
    return check(() -> moves.start(id));
  }

  /**
   * Submits verifications one after another. An inquiry that is not started is started before.
   *
   * @throws IllegalArgumentException if the type of a step is unknown, or cannot have its outcome;
   *     nothing is submitted then
   */
  public InquiryFlow submit(VerificationStep... steps) {
    for (VerificationStep step : Objects.requireNonNull(steps, "steps")) {
      moves.check(Objects.requireNonNull(step, "steps").submission());
    }
    for (VerificationStep step : steps) {
      check(() -> moves.submit(id, step.submission()));
    }
    return this;
  }

  /** Reaches the end of the flow. */
  public InquiryFlow complete() {
    return check(() -> moves.complete(id));
  }

  /** Fails the flow, for example because all attempts are used up. */
  public InquiryFlow fail() {
    return check(() -> moves.fail(id));
  }

  /**
   * Lets the inquiry expire at once. To let it expire at its time, move the clock with {@link
   * FakeClock#advance}.
   */
  public InquiryFlow expire() {
    return check(() -> moves.expire(id));
  }

  private InquiryFlow check(Supplier<?> move) {
    checkState(move);
    return this;
  }

  /** Makes a move, and reports a refusal as a mistake of the test. */
  static <T> T checkState(Supplier<T> move) {
    try {
      return move.get();
    } catch (ApiFailure e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Returns the id of the inquiry. */
  public String id() {
    return id;
  }

  /** Returns the current status of the inquiry, such as {@code pending}. */
  public String status() {
    return transitions.state(moves.inquiry(id));
  }

  /** Returns id and status. */
  @Override
  public String toString() {
    return "InquiryFlow[" + id + ", " + status() + "]";
  }
}
