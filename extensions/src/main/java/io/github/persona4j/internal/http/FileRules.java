package io.github.persona4j.internal.http;

import java.util.LinkedHashSet;
import java.util.Set;
import okhttp3.HttpUrl;

/** The allowed origins and the maximum size of files. Immutable and thread-safe. */
public final class FileRules {
  /** Files of up to 1 GiB from Persona's host of files. */
  public static final FileRules STANDARD =
      new FileRules(Set.of(HttpUrl.get("https://files.withpersona.com/")), 1L << 30);

  private final Set<HttpUrl> origins;
  private final long maxSize;

  private FileRules(Set<HttpUrl> origins, long maxSize) {
    this.origins = origins;
    this.maxSize = maxSize;
  }

  /**
   * Returns these rules with another allowed origin.
   *
   * @param origin a URL of which the scheme, host and port are used
   */
  public FileRules withOrigin(HttpUrl origin) {
    Set<HttpUrl> more = new LinkedHashSet<>(origins);
    more.add(origin);
    return new FileRules(Set.copyOf(more), maxSize);
  }

  /**
   * Returns these rules with another maximum size.
   *
   * @param bytes the maximum size of a file in bytes
   * @throws IllegalArgumentException if it is below 1
   */
  public FileRules withMaxSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxFileSize must be 1 byte or more");
    }
    return new FileRules(origins, bytes);
  }

  /** Whether files may be downloaded from this URL. */
  public boolean allow(HttpUrl url) {
    return origins.stream().anyMatch(origin -> Origins.isSame(origin, url));
  }

  /** The maximum size of a file in bytes. */
  public long maxSize() {
    return maxSize;
  }
}
