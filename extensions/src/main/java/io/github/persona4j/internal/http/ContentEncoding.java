package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Response;

/** Bodies that are to be decoded, and what makes that impossible. */
public final class ContentEncoding {
  private static final Pattern ENCODING = Pattern.compile("[A-Za-z0-9-]{1,20}");

  /** The body has come, and another attempt would bring the same. The message is safe to log. */
  public static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableException(String reason) {
      super(reason);
    }
  }

  private ContentEncoding() {}

  /**
   * Checks that the body is plain text by now: OkHttp has unpacked what it asked for.
   *
   * @throws UnreadableException if not
   */
  public static void check(Response response) throws UnreadableException {
    String encoding = response.header("Content-Encoding");
    if (encoding != null && !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw new UnreadableException(
          "its content encoding"
              + (ENCODING.matcher(encoding).matches() ? " " + encoding : "")
              + " was not asked for");
    }
  }

  /** What to report in place of a failure to read the start of a body. */
  public static IOException reported(IOException failure) {
    // The first bytes of gzip, by which Okio knows it.
    String message = failure.getMessage();
    return message != null && message.startsWith("ID1ID2")
        ? new UnreadableException("it is not compressed with gzip, as its header says")
        : failure;
  }
}
