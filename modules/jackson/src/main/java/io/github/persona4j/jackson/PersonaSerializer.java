package io.github.persona4j.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.github.persona4j.json.JsonCodec;
import java.io.IOException;

/** Writes a value of the API token by token, so that trees and other formats get it, too. */
final class PersonaSerializer extends JsonSerializer<Object> {
  @Override
  public void serialize(Object value, JsonGenerator to, SerializerProvider provider)
      throws IOException {
    JsonCodec.write(value, new GeneratorTokens(to));
  }

  /** The ID of the class is beside the value, not in it: models have properties of any name. */
  @Override
  public void serializeWithType(
      Object value, JsonGenerator to, SerializerProvider provider, TypeSerializer types)
      throws IOException {
    WritableTypeId id = types.writeTypePrefix(to, types.typeId(value, JsonToken.VALUE_STRING));
    serialize(value, to, provider);
    types.writeTypeSuffix(to, id);
  }
}
