package io.github.persona4j.request;

import java.util.Objects;

/**
 * The query of an operation that returns a resource: what to include, and which attributes to
 * return. Lists and operations with further parameters have query classes of their own.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#resource-query -->
 *
 * <pre>{@code
 * InquiryResponse response =
 *     persona
 *         .inquiries()
 *         .retrieve(id, include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the resource, or the union of the resources that may be returned
 */
public final class ResourceQuery<R> extends QueryParameters {
  private static final ResourceQuery<?> NONE = new ResourceQuery<>(new Builder<>());

  private ResourceQuery(Builder<R> builder) {
    super(builder);
  }

  /** Returns a query without parameters. */
  @SuppressWarnings("unchecked") // it has no include, so it is a query of any resource
  public static <R> ResourceQuery<R> none() {
    return (ResourceQuery<R>) NONE;
  }

  /**
   * Returns a query that includes related resources in the response.
   *
   * @param include the relationships; none of them sends the empty value, which includes nothing
   * @throws NullPointerException if a relationship is null; the message is {@code include}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R> ResourceQuery<R> include(Include<? super R>... include) {
    return ResourceQuery.<R>builder().setInclude(include).build();
  }

  /**
   * Returns a query that limits the attributes of the resources of a type.
   *
   * @param type such as {@code inquiry} or {@code verification/selfie}
   * @param attributes the names of the attributes in JSON
   * @throws IllegalArgumentException if the type is empty, or not visible ASCII without brackets
   * @throws NullPointerException if the type or an attribute is null
   */
  public static <R> ResourceQuery<R> fields(String type, String... attributes) {
    return ResourceQuery.<R>builder().fields(type, attributes).build();
  }

  /** Returns a builder without parameters. */
  public static <R> Builder<R> builder() {
    return new Builder<>();
  }

  /** Returns a builder with the parameters of this query. */
  public Builder<R> toBuilder() {
    return new Builder<>(this);
  }

  /**
   * Returns this query with a limit of the attributes of the resources of a type. It replaces one
   * for the same type.
   *
   * @param type such as {@code inquiry} or {@code verification/selfie}
   * @param attributes the names of the attributes in JSON
   * @throws IllegalArgumentException if the type is empty, or not visible ASCII without brackets
   * @throws NullPointerException if the type or an attribute is null
   */
  public ResourceQuery<R> withFields(String type, String... attributes) {
    return toBuilder().fields(type, attributes).build();
  }

  /**
   * Builds a {@link ResourceQuery}. Not thread-safe.
   *
   * @param <R> the resource
   */
  public static final class Builder<R> extends QueryParameters.Builder<Builder<R>> {
    private Builder() {}

    private Builder(ResourceQuery<R> query) {
      super(query);
    }

    /**
     * Includes related resources in the response. It replaces an earlier include.
     *
     * @param include the relationships; none of them sends the empty value, which includes nothing
     * @throws NullPointerException if a relationship is null; the message is {@code include}
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Builder<R> include(Include<? super R>... include) {
      return setInclude(include);
    }

    /**
     * Limits the attributes of the resources of a type; several types can be limited.
     *
     * @param type such as {@code inquiry} or {@code verification/selfie}
     * @param attributes the names of the attributes in JSON
     * @throws IllegalArgumentException if the type is empty, or not visible ASCII without brackets
     * @throws NullPointerException if the type or an attribute is null
     */
    public Builder<R> fields(String type, String... attributes) {
      return setFields(type, Objects.requireNonNull(attributes, "attributes"));
    }

    /** Returns the query. */
    public ResourceQuery<R> build() {
      return new ResourceQuery<>(this);
    }
  }
}
