package io.github.persona4j.testing.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a request with the content type {@code multipart/form-data}. Immutable. */
public final class MultipartForm {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)multipart/form-data\\s*;.*?boundary=(?:\"([^\"]+)\"|([^;\\s]+)).*");
  private static final Pattern NAME = Pattern.compile("(?i);\\s*name=\"([^\"]*)\"");

  private final Map<String, String> parts;

  private MultipartForm(Map<String, String> parts) {
    this.parts = parts;
  }

  /** Returns whether a request has such a form. */
  public static boolean isIn(ApiRequest request) {
    return boundary(request) != null;
  }

  /**
   * Reads the form of a request.
   *
   * @throws ApiFailure with 400 if it is not well-formed
   */
  public static MultipartForm of(ApiRequest request) {
    String boundary = boundary(request);
    if (boundary == null) {
      throw ApiFailure.badRequest("The content type must be multipart/form-data.");
    }
    // One character per byte, so that the bytes of a part can be restored.
    String body = "\r\n" + new String(request.body(), StandardCharsets.ISO_8859_1);
    String delimiter = "\r\n--" + boundary;
    Map<String, String> parts = new LinkedHashMap<>();
    int start = body.indexOf(delimiter);
    while (start >= 0 && !body.startsWith("--", start + delimiter.length())) {
      int headersEnd = body.indexOf("\r\n\r\n", start);
      int end = body.indexOf(delimiter, start + 1);
      if (headersEnd < 0 || end < headersEnd) {
        throw ApiFailure.badRequest("The form is not well-formed.");
      }
      Matcher name = NAME.matcher(body.substring(start, headersEnd));
      if (!name.find()) {
        throw ApiFailure.badRequest("A part of the form has no name.");
      }
      parts.put(utf8(name.group(1)), body.substring(headersEnd + 4, Math.max(end, headersEnd + 4)));
      start = end;
    }
    if (start < 0) {
      throw ApiFailure.badRequest("The form has no end.");
    }
    return new MultipartForm(parts);
  }

  private static @Nullable String boundary(ApiRequest request) {
    String contentType = request.header("Content-Type");
    Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!matcher.matches()) {
      return null;
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Returns a part as text in UTF-8; null if the form does not have it. */
  public @Nullable String text(String name) {
    String part = parts.get(name);
    return part == null ? null : utf8(part);
  }
}
