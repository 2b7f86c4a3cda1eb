package io.github.persona4j.testing.internal.file;

import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.store.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Links to files, which need no key and expire. Objects have links to the host of the API; what
 * leaves the fake gets links to the fake, each valid from then on. Immutable.
 */
public final class FileLinks {
  /** The path that all files are below. */
  public static final String PREFIX = "/files/";

  private static final Pattern LINK =
      Pattern.compile("https://files\\.withpersona\\.com/([^\"?\\\\]*)(?:\\?[^\"\\\\]*)?");
  private static final String TOKEN = "access_token";

  private final Supplier<String> origin;
  private final InstantSource clock;

  /**
   * Creates links.
   *
   * @param origin of the fake, such as {@code http://127.0.0.1:40123}
   */
  public FileLinks(Supplier<String> origin, InstantSource clock) {
    this.origin = origin;
    this.clock = clock;
  }

  /** Returns a JSON text in which all links to files lead to the fake, for this time. */
  public String rewrite(String json, Duration lifetime) {
    Matcher links = LINK.matcher(json);
    if (!links.find()) {
      return json;
    }
    long end = clock.instant().plus(lifetime).getEpochSecond();
    StringBuilder rewritten = new StringBuilder(json.length() + 64);
    do {
      String path = PREFIX + links.group(1);
      String link = origin.get() + path + '?' + TOKEN + '=' + end + '.' + seal(path, end);
      links.appendReplacement(rewritten, Matcher.quoteReplacement(link));
    } while (links.find());
    return links.appendTail(rewritten).toString();
  }

  /**
   * Returns the file that a request is for.
   *
   * @throws ApiFailure with 403 if the link has expired or is not one of the fake
   */
  public FakeResponse serve(ApiRequest request) {
    if (!isValid(request.path(), Query.literal(request.rawQuery()).get(TOKEN))) {
      throw ApiFailure.titleOnly(403, "Forbidden");
    }
    return SampleFiles.named(request.path().substring(PREFIX.length()));
  }

  private boolean isValid(String path, @Nullable String token) {
    int dot = token == null ? -1 : token.indexOf('.');
    if (token == null || dot < 1) {
      return false;
    }
    try {
      long end = Long.parseLong(token.substring(0, dot));
      return token.equals(end + "." + seal(path, end))
          && clock.instant().isBefore(Instant.ofEpochSecond(end));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String seal(String path, long end) {
    return Ids.of("file", path + end);
  }
}
