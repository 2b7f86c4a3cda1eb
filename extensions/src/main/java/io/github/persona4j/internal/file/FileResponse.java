package io.github.persona4j.internal.file;

import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.internal.call.CallState;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Checks responses that are files. */
final class FileResponse {
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private FileResponse() {}

  /**
   * Checks that a successful response is a complete file; closes the response if it is not.
   *
   * @param response the head of the response
   * @param body its body
   * @param request the request of the call, for exceptions
   * @param maxSize the maximum size of the file in bytes
   * @throws MalformedResponseException if the response is not a complete file
   * @throws FileTooLargeException if it is larger than allowed
   */
  static void check(Response response, ResponseBody body, Request request, long maxSize) {
    String fault = fault(response, body);
    if (fault != null) {
      body.close();
      throw new MalformedResponseException(
          CallState.describe(request, response), fault, null, null);
    }
    if (body.contentLength() > maxSize) {
      body.close();
      throw new FileTooLargeException(maxSize, CallState.describe(request, response));
    }
  }

  /**
   * Checks that a response has the requested type, such as that of a print; closes it if it has
   * not. The first type that the request accepts is that of the file.
   *
   * @throws MalformedResponseException if the response is of another type, such as a web page
   */
  static void checkType(Response response, ResponseBody body, Request request) {
    String accept = request.header("Accept");
    MediaType wanted = accept == null ? null : MediaType.parse(accept.split(",", 2)[0].strip());
    MediaType type = body.contentType();
    if (wanted == null || type == null || wanted.type().equals("*")) {
      return;
    }
    if (!type.type().equals(wanted.type()) || !type.subtype().equals(wanted.subtype())) {
      body.close();
      throw new MalformedResponseException(
          CallState.describe(request, response),
          "the response is not of the type " + wanted,
          null,
          null);
    }
  }

  private static @Nullable String fault(Response response, ResponseBody body) {
    String encoding = response.header("Content-Encoding");
    if (response.code() != 200) {
      return "this status is not expected";
    } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return "the file is compressed, which was not requested";
    }
    return hasOpenEnd(response, body)
        ? "the response would not show whether the file is complete"
        : null;
  }

  /**
   * Whether the end of the connection is the end of the response, as in HTTP/1.0. A connection that
   * breaks then truncates the file without an error.
   */
  private static boolean hasOpenEnd(Response response, ResponseBody body) {
    Response sent = response.networkResponse();
    if (sent == null || body.contentLength() >= 0) {
      return false; // a response of an interceptor is complete
    }
    // OkHttp drops the length of a response that it decompresses.
    boolean measured = LENGTH.matcher(sent.header("Content-Length", "")).matches();
    boolean sealed =
        "gzip".equalsIgnoreCase(sent.header("Content-Encoding"))
            && response.header("Content-Encoding") == null;
    return (sent.protocol() == Protocol.HTTP_1_0 || sent.protocol() == Protocol.HTTP_1_1)
        && !measured
        && !sealed
        && !"chunked".equalsIgnoreCase(sent.header("Transfer-Encoding"));
  }
}
