package io.github.persona4j.request;

import io.github.persona4j.json.OpenValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form by the names of the API, such as {@code data[attributes][file]}.
 *
 * <p>Subclasses are generated, one per operation. Immutable and thread-safe.
 */
public abstract class FormParameters {
  private final Map<String, Object> fields;
  private final boolean multipart;

  /** For generated subclasses. */
  protected FormParameters(Builder<?> builder, boolean multipart) {
    this.fields = new LinkedHashMap<>(builder.fields);
    this.multipart = multipart;
  }

  /** Returns the form as the body of a request. */
  public final RequestBody toBody() {
    return multipart ? parts() : encoded();
  }

  private RequestBody encoded() {
    FormBody.Builder form = new FormBody.Builder();
    fields.forEach((name, value) -> form.add(name, text(value)));
    return form.build();
  }

  private static String text(Object value) {
    return value instanceof OpenValue open ? open.value() : value.toString();
  }

  private RequestBody parts() {
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    fields.forEach(
        (name, value) -> {
          if (value instanceof FileUpload file) {
            form.addFormDataPart(name, file.name(), file.body());
          } else {
            form.addFormDataPart(name, text(value));
          }
        });
    MultipartBody body = form.build();
    return body.parts().stream().anyMatch(part -> part.body().isOneShot()) ? once(body) : body;
  }

  // In OkHttp 4 a multipart body with a one-shot part is not one-shot itself.
  private static RequestBody once(RequestBody body) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return body.contentType();
      }

      @Override
      public long contentLength() throws IOException {
        return body.contentLength();
      }

      @Override
      public boolean isOneShot() {
        return true;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        body.writeTo(sink);
      }
    };
  }

  /** Returns the names only: values may be secret. */
  @Override
  public final String toString() {
    return fields.keySet().toString();
  }

  /**
   * The base class of the builders of forms. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** For generated subclasses. */
    protected Builder() {}

    /**
     * Sets a field; null leaves it out.
     *
     * @throws IllegalArgumentException if the value holds half of a surrogate pair
     */
    @SuppressWarnings("unchecked") // B is the subclass itself
    protected final B set(String name, @Nullable Object value) {
      if (value == null) {
        fields.remove(name);
      } else {
        if (!(value instanceof FileUpload)) {
          UrlArgument.checkEncodable(name, text(value));
        }
        fields.put(name, value);
      }
      return (B) this;
    }

    /**
     * Checks that a field is set.
     *
     * @throws IllegalStateException if it is not set
     */
    protected final void require(String argument, String name) {
      if (!fields.containsKey(name)) {
        throw new IllegalStateException(new Part(argument, name) + " is required");
      }
    }

    /**
     * Checks that all fields of one of two sets are set.
     *
     * @throws IllegalStateException if both sets are incomplete
     */
    protected final void requireEither(List<Part> one, List<Part> other) {
      if (!hasAll(one) && !hasAll(other)) {
        throw new IllegalStateException("the form needs " + all(one) + ", or " + all(other));
      }
    }

    /** A part by the name of its setter and the one that the API uses. */
    protected static Part part(String argument, String name) {
      return new Part(argument, name);
    }

    private boolean hasAll(List<Part> parts) {
      return parts.stream().allMatch(part -> fields.containsKey(part.name));
    }

    private static String all(List<Part> parts) {
      return parts.stream().map(Part::toString).collect(Collectors.joining(" and "));
    }
  }

  /**
   * A part of a form by its two names.
   *
   * @param argument the name of its setter
   * @param name the name that the API uses
   */
  protected record Part(String argument, String name) {
    /** Both names where they differ. */
    @Override
    public String toString() {
      return argument.equals(name) ? name : argument + " (" + name + ")";
    }
  }
}
