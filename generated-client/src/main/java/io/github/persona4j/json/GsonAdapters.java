package io.github.persona4j.json;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Creates the adapters with which {@code Gson} writes and reads the values of the API. Gson finds
 * this class by the annotations of their classes, so that no code needs it.
 *
 * <p>Gson writes the same JSON as {@link JsonWritable#toJson()}, with all properties that are null.
 * Indentation and the escapes of characters of HTML remain those of the {@code Gson}. Thread-safe.
 */
public class GsonAdapters implements TypeAdapterFactory {
  private final @Nullable JsonTypes types;

  /** Called by Gson. */
  public GsonAdapters() {
    this.types = null;
  }

  /**
   * For generated subclasses.
   *
   * @param types the types of the generated classes
   */
  protected GsonAdapters(JsonTypes types) {
    this.types = Objects.requireNonNull(types, "types");
  }

  @Override
  public final <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    @SuppressWarnings("unchecked") // the raw class of a T
    Class<T> raw = (Class<T>) type.getRawType();
    return new Adapter<>(raw, JsonCodec.find(raw, types));
  }

  private static final class Adapter<T> extends TypeAdapter<T> {
    private final Class<T> raw;
    private final @Nullable JsonType<?> type;

    Adapter(Class<T> raw, @Nullable JsonType<?> type) {
      this.raw = raw;
      this.type = type;
    }

    @Override
    public void write(JsonWriter writer, @Nullable T value) throws IOException {
      if (value instanceof JsonWritable object) {
        GsonValue.write(writer, object.toJson());
      } else if (value instanceof OpenValue open) {
        writer.value(open.value());
      } else if (value instanceof JsonValue json) {
        GsonValue.write(writer, json.json());
      } else {
        writer.nullValue();
      }
    }

    @Override
    public @Nullable T read(JsonReader reader) throws IOException {
      if (reader.peek() == JsonToken.NULL) {
        reader.nextNull();
        return raw == JsonValue.class ? raw.cast(JsonValue.NULL) : null;
      }
      if (type == null) {
        throw new JsonParseException(
            raw.getName() + " cannot be read from JSON: name the class of a model or of a union");
      }
      Object value = type.typeAdapter().read(reader);
      if (!raw.isInstance(value)) {
        throw new JsonParseException("The JSON is not that of a " + raw.getName());
      }
      return raw.cast(value);
    }
  }
}
