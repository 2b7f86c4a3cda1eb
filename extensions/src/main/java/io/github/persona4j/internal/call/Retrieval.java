package io.github.persona4j.internal.call;

import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.resource.Identified;
import java.util.function.Function;
import retrofit2.Call;

/**
 * The call that retrieves a resource.
 *
 * @param resource the class of the resource
 * @param call the call
 * @param data finds the resource in the body of the response
 * @param <B> the body of the response
 */
public record Retrieval<B>(
    Class<? extends Identified> resource, Call<B> call, Function<B, ? extends Identified> data) {
  /** Finds the call that retrieves a resource. */
  @FunctionalInterface
  public interface Finder {
    /**
     * Returns the call.
     *
     * @param type the type of the resource as named by the API
     * @throws IllegalArgumentException if no operation retrieves resources of this type
     */
    Retrieval<?> find(String type, String id, RequestOptions options);
  }
}
