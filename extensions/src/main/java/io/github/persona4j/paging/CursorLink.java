package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads the cursor from a page link. By the protocol, links are relative to the host. Only their
 * cursor is used, so no request is sent to the target of a link. A link that names a host is
 * refused, because it shows that the response does not come from the API.
 *
 * <p>Messages name the link but do not quote it, because a link may contain the values of filters.
 */
final class CursorLink {
  private static final Pattern NAMES_A_HOST =
      Pattern.compile("\\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\\\]\\s*[/\\\\]).*", Pattern.DOTALL);

  private CursorLink() {}

  static String cursor(String link, String linkName, String parameter) {
    if (NAMES_A_HOST.matcher(link).matches()) {
      throw new MalformedResponseException(
          linkName + " names a host; links between pages are relative to the API's own host");
    }
    int fragment = link.indexOf('#');
    String target = fragment < 0 ? link : link.substring(0, fragment);
    int query = target.indexOf('?');
    if (query >= 0) {
      for (String pair : target.substring(query + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && decode(pair.substring(0, equals), linkName).equals(parameter)) {
          String cursor = decode(pair.substring(equals + 1), linkName);
          if (!cursor.isEmpty()) {
            return cursor;
          }
        }
      }
    }
    throw new MalformedResponseException(linkName + " has no " + parameter);
  }

  private static String decode(String encoded, String linkName) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedResponseException(linkName + " is not percent-encoded properly");
    }
  }
}
