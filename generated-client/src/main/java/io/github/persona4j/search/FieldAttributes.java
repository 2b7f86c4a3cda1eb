package io.github.persona4j.search;

import io.github.persona4j.request.UrlArgument;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Attributes with keys that an organization defines, such as the fields of its account types. The
 * API finds only fields that the type or template marks as searchable.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#field-attributes -->
 *
 * <pre>{@code
 * Search<Account> loyal = where(AccountSearch.FIELDS.number("loyalty-level").gte(3));
 * }</pre>
 *
 * <p>Immutable and thread-safe. All methods throw an {@link IllegalArgumentException} if the key is
 * null or blank. Keys are sent as given.
 *
 * @param <R> the resource
 */
public final class FieldAttributes<R> {
  private final String prefix;

  private FieldAttributes(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Returns the attributes of an object.
   *
   * @param prefix the name of the object in searches, such as {@code fields}
   * @throws IllegalArgumentException if it is null or blank
   */
  public static <R> FieldAttributes<R> of(String prefix) {
    UrlArgument.checkQuery("prefix", prefix);
    return new FieldAttributes<>(prefix);
  }

  /** Returns a field with text, or with one of several choices. */
  public Attribute<R, String> text(String key) {
    return Attribute.of(name(key));
  }

  /** Returns a field with a number. */
  public OrderedAttribute<R, Number> number(String key) {
    return OrderedAttribute.of(name(key));
  }

  /** Returns a field with a boolean. */
  public Attribute<R, Boolean> bool(String key) {
    return Attribute.of(name(key));
  }

  /** Returns a field with a date. */
  public OrderedAttribute<R, LocalDate> date(String key) {
    return OrderedAttribute.of(name(key));
  }

  /** Returns a field with a timestamp. */
  public OrderedAttribute<R, OffsetDateTime> dateTime(String key) {
    return OrderedAttribute.of(name(key));
  }

  private String name(String key) {
    UrlArgument.checkQuery("key", key);
    return prefix + '.' + key;
  }
}
