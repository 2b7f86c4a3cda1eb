package io.github.persona4j.internal.http;

import java.util.LinkedHashSet;
import java.util.Set;
import okhttp3.HttpUrl;

/** Origins that files may come from, and how large a file may be. Immutable and thread-safe. */
public final class FileRules {
  /** One GiB, and the vendor's host of files. */
  public static final FileRules STANDARD =
      new FileRules(Set.of(HttpUrl.get("https://files.withpersona.com/")), 1L << 30);

  private final Set<HttpUrl> origins;
  private final long maxSize;

  private FileRules(Set<HttpUrl> origins, long maxSize) {
    this.origins = origins;
    this.maxSize = maxSize;
  }

  /**
   * These rules with one more origin.
   *
   * @param origin its scheme, host and port count
   */
  public FileRules withOrigin(HttpUrl origin) {
    Set<HttpUrl> more = new LinkedHashSet<>(origins);
    more.add(origin);
    return new FileRules(Set.copyOf(more), maxSize);
  }

  /**
   * These rules with another limit.
   *
   * @param bytes how large a file may be
   * @throws IllegalArgumentException if it is below 1
   */
  public FileRules withMaxSize(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxFileSize must be 1 byte or more");
    }
    return new FileRules(origins, bytes);
  }

  /** Whether files may come from there. */
  public boolean allow(HttpUrl url) {
    return origins.stream().anyMatch(origin -> Origins.isSame(origin, url));
  }

  /** How large a file may be, in bytes. */
  public long maxSize() {
    return maxSize;
  }
}
