package io.github.persona4j.request;

import org.jspecify.annotations.Nullable;

/**
 * A relationship whose resources a response includes. The generated classes, such as {@code
 * InquiryInclude}, have the known ones of a resource; {@link #of} names any other.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#include -->
 *
 * <pre>{@code
 * InquiryResponse response =
 *     persona
 *         .inquiries()
 *         .retrieve(id, include(InquiryInclude.ACCOUNT.then(AccountInclude.ACCOUNT_TYPE)));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the resource that has the relationship, or a union that the resource is a member of
 */
public class Include<R> {
  private final String path;

  private Include(String path) {
    this.path = path;
  }

  /**
   * Returns a relationship by its name in the API, for those that this version does not know.
   *
   * @param path such as {@code account}, or {@code sessions.device} for a relationship of a
   *     relationship
   * @throws IllegalArgumentException if it is null, empty, or not visible ASCII without commas
   */
  public static <R> Include<R> of(String path) {
    return new Include<>(checked("path", path));
  }

  /**
   * Returns a relationship to resources of a known type; for generated constants.
   *
   * @throws IllegalArgumentException if the name is invalid according to {@link #of}
   */
  public static <R, T> To<R, T> to(String name) {
    return new To<>(checked("name", name));
  }

  private static String checked(String argument, String path) {
    UrlArgument.checkQuery(argument, path);
    if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',')) {
      throw new IllegalArgumentException(argument + " must be visible ASCII without commas");
    }
    return path;
  }

  /** Returns the name in the API; a dot separates the levels of a nested relationship. */
  public final String path() {
    return path;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof Include<?> include && path.equals(include.path);
  }

  @Override
  public final int hashCode() {
    return path.hashCode();
  }

  /** Returns {@link #path()}. */
  @Override
  public final String toString() {
    return path;
  }

  /**
   * A relationship to resources of a known type, whose own relationships can be included too.
   *
   * @param <R> the resource that has the relationship
   * @param <T> the resource that it leads to
   */
  public static final class To<R, T> extends Include<R> {
    private To(String name) {
      super(name);
    }

    /**
     * Returns the relationship of the related resources. The resources between them are included
     * too. The API has two levels; {@link Include#of} can name more.
     *
     * @param nested a relationship of the related resources
     * @throws IllegalArgumentException if it is null
     */
    public Include<R> then(To<? super T, ?> nested) {
      return new Include<>(path() + '.' + UrlArgument.present("nested", nested).path());
    }
  }
}
