package io.github.persona4j.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import java.io.IOException;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Marks a request as one for a file, as a tag; for {@code PersonaClient}, which sends such requests
 * without the key and tells here what came back. One instance belongs to one call, whose attempts
 * follow one another.
 */
public final class FileRequest {
  private final FileRules rules;
  private final Receiver receiver;
  private volatile @Nullable Answer answer;

  /** Takes a file or the head of it; what it throws counts as a failure of the attempt. */
  interface Receiver {
    void receive(Answer answer) throws IOException;
  }

  /**
   * The head of an answer with its body.
   *
   * @param response the answer
   * @param call the call as exceptions show it
   */
  record Answer(Response response, FailedCall call) {}

  FileRequest(FileRules rules, Receiver receiver) {
    this.rules = rules;
    this.receiver = receiver;
  }

  /** Whether the request may go there. */
  public boolean allows(HttpUrl url) {
    return rules.allow(url);
  }

  /**
   * An answer came over the network, the last of an attempt. Nobody tells when an interceptor of
   * the user's own client answers by itself.
   *
   * @param response the answer, whose body is not read yet
   * @param call the call as exceptions show it
   */
  public void answered(Response response, FailedCall call) {
    this.answer = new Answer(response, call);
  }

  /**
   * Takes the answer as a part of the attempt.
   *
   * @param response the successful answer as it leaves the last interceptor
   */
  public void receive(Response response) throws IOException {
    Answer known = answer;
    FailedCall call = FailedCall.of(response.request(), response);
    receiver.receive(
        new Answer(
            response,
            known == null
                ? call
                : call.withAttempts(known.call().attempts(), known.call().waited())));
  }

  /** The call that was refused, at the place to which redirects led it. */
  FailedCall refused(PersonaApiException e) {
    Answer last = answer;
    return last != null && last.response().code() == e.status()
        ? last.call()
        : Objects.requireNonNull(e.call());
  }

  /** What is wrong if the last answer is a redirect that was not followed; otherwise null. */
  @Nullable MalformedResponseException unfollowed() {
    Answer last = answer;
    String location = last == null ? null : last.response().header("Location");
    if (last == null || location == null || !last.response().isRedirect()) {
      return null;
    }
    HttpUrl target = last.response().request().url().resolve(location);
    if (target == null) {
      return null;
    }
    return new MalformedResponseException(
        last.call(),
        rules.allow(target)
            ? "the link leads on and on; no more redirects are followed"
            : "the link leads on to the host "
                + target.host()
                + ", from which files are not allowed",
        null,
        null);
  }
}
