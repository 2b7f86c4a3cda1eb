package io.github.persona4j.request;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of an operation by the names of the API, such as {@code page[size]}, not
 * percent-encoded.
 *
 * <p>{@link ResourceQuery} is for operations that only take {@code include} and {@code fields}; the
 * other subclasses are generated, one per operation. Retrofit requires a map. Immutable and
 * thread-safe.
 */
public abstract class QueryParameters extends AbstractMap<String, String> {
  private final Map<String, String> parameters;

  /** For generated subclasses. */
  protected QueryParameters(Builder<?> builder) {
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.parameters));
  }

  @Override
  public final Set<Entry<String, String>> entrySet() {
    return parameters.entrySet();
  }

  /** Returns the names only: values may be personal data. */
  @Override
  public final String toString() {
    return parameters.keySet().toString();
  }

  /**
   * The base class of the builders of queries. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** For generated subclasses. */
    protected Builder() {}

    /** For {@code toBuilder()}. */
    protected Builder(QueryParameters query) {
      parameters.putAll(query.parameters);
    }

    /**
     * Sets a parameter; null leaves it out.
     *
     * @throws IllegalArgumentException if the value holds half of a surrogate pair
     */
    protected final B set(String name, @Nullable Object value) {
      if (value == null) {
        parameters.remove(name);
      } else {
        String text = UrlArgument.text(value);
        UrlArgument.checkEncodable(name, text);
        parameters.put(name, text);
      }
      return self();
    }

    /**
     * Sets a parameter with several values, which are joined by commas.
     *
     * @throws NullPointerException if the values or one of them is null; the message names the
     *     parameter
     */
    protected final B set(String name, Object[] values) {
      for (Object value : Objects.requireNonNull(values, name)) {
        Objects.requireNonNull(value, name);
      }
      return set(name, Arrays.asList(values));
    }

    /**
     * Sets the relationships to include.
     *
     * @throws NullPointerException if the relationships or one of them is null
     */
    protected final B setInclude(Include<?>[] relationships) {
      String[] paths = new String[Objects.requireNonNull(relationships, "include").length];
      for (int i = 0; i < paths.length; i++) {
        paths[i] = Objects.requireNonNull(relationships[i], "include").path();
      }
      return set("include", paths);
    }

    /** Checks the range of a number and sets it. */
    protected final B setWithin(
        String argument, String name, @Nullable Number value, long min, long max) {
      if (value != null && (value.longValue() < min || value.longValue() > max)) {
        throw new IllegalArgumentException(
            argument + " must be " + min + " to " + max + ", not " + value);
      }
      return set(name, value);
    }

    /** Sets the attributes to return for resources of a type. */
    protected final B setFields(String type, String... attributes) {
      if (Objects.requireNonNull(type, "type").isEmpty()) {
        throw new IllegalArgumentException("type must not be empty");
      }
      if (!type.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '[' && c != ']')) {
        throw new IllegalArgumentException("type must be visible ASCII without brackets");
      }
      return set("fields[" + type + "]", attributes);
    }

    @SuppressWarnings("unchecked") // B is the subclass itself
    private B self() {
      return (B) this;
    }
  }
}
