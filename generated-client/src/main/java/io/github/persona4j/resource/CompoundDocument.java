package io.github.persona4j.resource;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response, or the payload of an event, with the related resources that it includes.
 * <!-- code: examples/src/main/java/io/github/persona4j/examples/RelatedResources.java#relations -->
 *
 * <pre>{@code
 * InquiryResponse response =
 *     persona
 *         .inquiries()
 *         .retrieve(id, include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS));
 * Inquiry inquiry = response.data();
 * Optional<Account> account = response.related(inquiry.account());
 * List<GovernmentIdVerification> ids =
 *     response.related(inquiry.verifications(), GovernmentIdVerification.class);
 * List<Verification> all = response.related(inquiry.verifications());
 * }</pre>
 *
 * <p>A response includes only what the query asks for, so a resource that is not included may still
 * exist. For many lookups in one large response, create an {@link Included} once.
 *
 * @param <R> the interface of all resources
 */
public interface CompoundDocument<R extends Identified> {
  /** Returns the included resources in the order of the response; null if there are none. */
  @Nullable List<R> included();

  /**
   * Returns the target of a relationship.
   *
   * @return the resource; empty if the relationship is empty, or if its target is not included or
   *     is of another class, see {@link Included#find(ToOne)}
   */
  default <T extends Identified> Optional<T> related(ToOne<T> relationship) {
    return Included.of(included()).related(relationship);
  }

  /**
   * Returns the targets of a relationship, in its order. Targets that are not included are left
   * out: {@link #missing} has them.
   *
   * @return an unmodifiable list
   */
  default <T extends Identified> List<T> related(ToMany<T> relationship) {
    return Included.of(included()).related(relationship);
  }

  /**
   * Returns those targets of a relationship that are of a class, in its order.
   *
   * @param type such as {@code GovernmentIdVerification.class}
   * @return an unmodifiable list
   */
  default <T extends Identified> List<T> related(ToMany<? super T> relationship, Class<T> type) {
    return Included.of(included()).related(relationship, type);
  }

  /**
   * Returns the targets that {@link #related(ToMany)} leaves out, in the order of the relationship.
   *
   * @return an unmodifiable list
   */
  default <T extends Identified> List<ToOne<T>> missing(ToMany<T> relationship) {
    return Included.of(included()).missing(relationship);
  }
}
