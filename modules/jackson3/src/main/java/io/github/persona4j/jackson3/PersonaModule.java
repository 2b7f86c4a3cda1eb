package io.github.persona4j.jackson3;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.model.ModelTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.ser.Serializers;

/**
 * Lets Jackson 3 read and write the models of the API: alone, and within your own objects, records,
 * lists and maps.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/Jackson3JavadocTest.java#module -->
 *
 * <pre>{@code
 * JsonMapper mapper = JsonMapper.builder().addModule(new PersonaModule()).build();
 * Inquiry inquiry = mapper.readValue(json, Inquiry.class);
 * }</pre>
 *
 * <p>{@code findAndAddModules()} and Spring Boot find this module. It reads and writes what {@code
 * fromJson} and {@code toJson()} do: names as the API has them, unknown properties, values and
 * types, nulls, and all digits of numbers, whatever the naming strategy, the inclusion and the
 * features of the mapper are. A value that cannot be read throws a {@code DatabindException} with
 * the path to the model; its message contains no value. Thread-safe.
 */
public final class PersonaModule extends JacksonModule {
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
          public @Nullable ValueSerializer<?> findSerializer(
              SerializationConfig config,
              JavaType type,
              BeanDescription.Supplier description,
              JsonFormat.@Nullable Value format) {
            return codec(type) == null ? null : new PersonaSerializer(type);
          }
        });
    context.addDeserializers(
        new Deserializers.Base() {
          @Override
          public @Nullable ValueDeserializer<?> findBeanDeserializer(
              JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
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
