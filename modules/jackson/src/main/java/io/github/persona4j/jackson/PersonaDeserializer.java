package io.github.persona4j.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.JsonException;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.JsonWritable;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.model.ModelTypes;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads a value of the API from the tokens of a parser. Immutable. */
final class PersonaDeserializer extends StdDeserializer<Object> {
  private static final long serialVersionUID = 1;

  private final transient JsonCodec<?> codec;

  PersonaDeserializer(JavaType type, JsonCodec<?> codec) {
    super(type);
    this.codec = codec;
  }

  @Override
  public boolean isCachable() {
    return true;
  }

  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    return handledType() == JsonValue.class ? JsonValue.NULL : null;
  }

  /** An absent {@code JsonValue} is not a JSON null. */
  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context) {
    return null;
  }

  @Override
  public Object deserialize(JsonParser from, DeserializationContext context) throws IOException {
    return read(codec, from, context);
  }

  /** Replaces the properties that the JSON has, for {@code updateValue} and {@code JsonMerge}. */
  @Override
  public Object deserialize(JsonParser from, DeserializationContext context, Object value)
      throws IOException {
    JsonCodec<?> own = JsonCodec.of(value.getClass(), ModelTypes.ALL);
    if (own != null && own.isReadable() && value instanceof JsonObject before) {
      try {
        return codec.merge(before, (JsonObject) read(own, from, context));
      } catch (JsonException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }
    return deserialize(from, context);
  }

  private Object read(JsonCodec<?> codec, JsonParser from, DeserializationContext context)
      throws IOException {
    if (!codec.isReadable()) {
      return context.reportBadDefinition(
          getValueType(context),
          handledType().getName()
              + " cannot be read from JSON: name the class of a model or of a union");
    }
    JsonCodec.Reading<?> reading = codec.reading();
    try {
      copy(from, context, reading);
      return reading.value();
    } catch (JsonException e) {
      return context.reportInputMismatch(this, "%s", e.getMessage());
    }
  }

  private void copy(JsonParser from, DeserializationContext context, JsonCodec.Reading<?> to)
      throws IOException {
    int depth = 0;
    JsonToken token = from.currentToken();
    if (token == JsonToken.FIELD_NAME || token == JsonToken.END_OBJECT) {
      to.beginObject(); // Jackson has consumed the beginning, with the ID of a class
      depth = 1;
    }
    while (true) {
      if (token == null || token == JsonToken.NOT_AVAILABLE) { // more bytes may come later
        context.reportInputMismatch(this, "The JSON ends too early");
        return;
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      copy(token, from, context, to);
      if (depth == 0) {
        return;
      }
      token = from.nextToken();
    }
  }

  private void copy(
      JsonToken token, JsonParser from, DeserializationContext context, JsonCodec.Reading<?> to)
      throws IOException {
    switch (token) {
      case START_OBJECT -> to.beginObject();
      case END_OBJECT -> to.endObject();
      case START_ARRAY -> to.beginArray();
      case END_ARRAY -> to.endArray();
      case FIELD_NAME -> to.name(from.currentName());
      case VALUE_STRING -> to.string(from.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.number(number(from, context));
      case VALUE_TRUE -> to.bool(true);
      case VALUE_FALSE -> to.bool(false);
      case VALUE_NULL -> to.nothing();
      default -> embedded(from.getEmbeddedObject(), context, to);
    }
  }

  /**
   * Returns the digits as received; a number in another notation than that of JSON is converted.
   */
  private String number(JsonParser from, DeserializationContext context) throws IOException {
    String digits = from.getText();
    if (JsonCodec.isNumber(digits)) {
      return digits;
    }
    return from.isNaN()
        ? context.reportInputMismatch(this, "JSON has no infinite number and no NaN")
        : from.getDecimalValue().toString();
  }

  /** An object within a tree, or binary data in another format. */
  private void embedded(
      @Nullable Object object, DeserializationContext context, JsonCodec.Reading<?> to)
      throws IOException {
    if (object == null) {
      to.nothing();
    } else if (object instanceof byte[] bytes) {
      to.string(Base64.getEncoder().encodeToString(bytes));
    } else if (object instanceof JsonWritable
        || object instanceof OpenValue
        || object instanceof JsonValue) {
      JsonCodec.write(object, to);
    } else {
      context.reportInputMismatch(this, "An object of %s is no JSON", object.getClass().getName());
    }
  }
}
