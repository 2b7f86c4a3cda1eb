package io.github.persona4j.file;

import io.github.persona4j.error.FailedCall;
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
  private final @Nullable Receiver receiver;
  private volatile @Nullable Answer answer;

  /** Takes a whole file; what it throws counts as a failure of the attempt. */
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

  FileRequest(FileRules rules, @Nullable Receiver receiver) {
    this.rules = rules;
    this.receiver = receiver;
  }

  /** Whether the request may go there. */
  public boolean allows(HttpUrl url) {
    return rules.allow(url);
  }

  /**
   * An answer came.
   *
   * @param response the answer, whose body is not read yet
   * @param call the call as exceptions show it
   */
  public void answered(Response response, FailedCall call) {
    this.answer = new Answer(response, call);
  }

  /**
   * Reads the file if that is a part of the attempt.
   *
   * @param response the answer as it leaves the last interceptor
   */
  public void receive(Response response) throws IOException {
    if (receiver != null) {
      receiver.receive(new Answer(response, answer().call()));
    }
  }

  Answer answer() {
    return Objects.requireNonNull(answer, "answer");
  }

  /** The host that the answer redirects to, although files are not allowed to come from it. */
  @Nullable String refusedHost() {
    Answer last = answer;
    String location = last == null ? null : last.response().header("Location");
    if (last == null || location == null || !last.response().isRedirect()) {
      return null;
    }
    HttpUrl target = last.response().request().url().resolve(location);
    return target == null || rules.allow(target) ? null : target.host();
  }
}
