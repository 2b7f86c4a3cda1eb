package io.github.persona4j.jackson;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.ser.Serializers;
import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.model.ModelTypes;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jackson 2 read and write the models of the API: alone, and within your own objects, records,
 * lists and maps.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/Jackson2JavadocTest.java#module -->
 *
 * <pre>{@code
 * ObjectMapper mapper = new ObjectMapper().registerModule(new PersonaModule());
 * Inquiry inquiry = mapper.readValue(json, Inquiry.class);
 * }</pre>
 *
 * <p>{@code findAndRegisterModules()} and Spring Boot find this module. It reads and writes what
 * {@code fromJson} and {@code toJson()} do: names as the API has them, unknown properties, values
 * and types, nulls, and all digits of numbers, whatever the naming strategy, the inclusion and the
 * features of the mapper are. A value that cannot be read throws a {@code JsonMappingException}
 * with the path to the model; its message contains no value. Thread-safe.
 */
public final class PersonaModule extends Module {
  /** Creates a module; all are equal. */
  public PersonaModule() {}

  @Override
  public String getModuleName() {
    return "persona4j";
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    context.addSerializers(
        new Serializers.Base() {
          @Override
          public @Nullable JsonSerializer<?> findSerializer(
              SerializationConfig config, JavaType type, BeanDescription description) {
            return codec(type) == null ? null : new PersonaSerializer(type);
          }
        });
    context.addDeserializers(
        new Deserializers.Base() {
          @Override
          public @Nullable JsonDeserializer<?> findBeanDeserializer(
              JavaType type, DeserializationConfig config, BeanDescription description) {
            JsonCodec<?> codec = codec(type);
            return codec == null ? null : new PersonaDeserializer(type, codec);
          }

          @Override
          public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return JsonCodec.of(type, ModelTypes.ALL) != null;
          }
        });
    context.addKeyDeserializers(
        (type, config, description) -> {
          JsonCodec<?> codec = codec(type);
          return codec != null && OpenValue.class.isAssignableFrom(type.getRawClass())
              ? new OpenValueKey(codec)
              : null;
        });
  }

  private static @Nullable JsonCodec<?> codec(JavaType type) {
    return JsonCodec.of(type.getRawClass(), ModelTypes.ALL);
  }

  /** Reads an open value that is the key of a map. */
  private static final class OpenValueKey extends KeyDeserializer {
    private final JsonCodec<?> codec;

    OpenValueKey(JsonCodec<?> codec) {
      this.codec = codec;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      JsonCodec.Reading<?> reading = codec.reading();
      reading.string(key);
      return reading.value();
    }
  }
}
