package io.github.persona4j.jackson3;

import io.github.persona4j.json.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a value of the API token by token, so that trees and other formats get it, too. */
final class PersonaSerializer extends ValueSerializer<Object> {
  @Override
  public void serialize(Object value, JsonGenerator to, SerializationContext context) {
    try {
      JsonCodec.write(value, new GeneratorTokens(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Jackson does not throw it
    }
  }

  /** The ID of the class is beside the value, not in it: models have properties of any name. */
  @Override
  public void serializeWithType(
      Object value, JsonGenerator to, SerializationContext context, TypeSerializer types) {
    WritableTypeId id =
        types.writeTypePrefix(to, context, types.typeId(value, JsonToken.VALUE_STRING));
    serialize(value, to, context);
    types.writeTypeSuffix(to, context, id);
  }
}
