package io.github.persona4j.paging;

import io.github.persona4j.error.MalformedResponseException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Takes the cursor out of a page link. Links are host-relative by protocol, and only their cursor
 * is used, so nothing is ever sent where a link points. One that names a host is still refused: it
 * shows that the answer is not the API's own.
 *
 * <p>Messages name the link, never its text, because a link may repeat the values of filters.
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

  private static String decode(String text, String linkName) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedResponseException(linkName + " is not percent-encoded properly");
    }
  }
}
