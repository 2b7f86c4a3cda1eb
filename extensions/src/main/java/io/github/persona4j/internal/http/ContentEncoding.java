package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Checks the content encoding of bodies. */
public final class ContentEncoding {
  private static final Pattern ENCODING = Pattern.compile("[A-Za-z0-9-]{1,20}");

  /**
   * The body cannot be decoded; this would recur in another attempt. The message is safe to log.
   */
  public static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String reason) {
      super(reason);
    }
  }

  private ContentEncoding() {}

  /**
   * Checks that the body has no content encoding. OkHttp has already decoded the one that it
   * requested.
   *
   * @throws UnreadableException if the body has another content encoding
   */
  public static void check(Response response) throws UnreadableException {
    String encoding = response.header("Content-Encoding");
    if (encoding != null && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw new UnreadableException(
          "its content encoding"
              + (ENCODING.matcher(encoding).matches() ? " " + encoding : "")
              + " was not requested");
    }
  }

  /** Returns the failure to report instead of a failure to read the start of a body. */
  public static IOException reported(IOException failure) {
    // Okio did not find the first bytes of gzip.
    String message = failure.getMessage();
    return message != null && message.startsWith("ID1ID2")
        ? new UnreadableException("its header states gzip, but it is not compressed")
        : failure;
  }
}
