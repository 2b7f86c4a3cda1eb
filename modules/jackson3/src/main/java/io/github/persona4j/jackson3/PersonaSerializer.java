package io.github.persona4j.jackson3;

import io.github.persona4j.json.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes a value of the API token by token, so that trees and other formats get it, too. */
final class PersonaSerializer extends ValueSerializer<Object> {
  private final JavaType type;

  PersonaSerializer(JavaType type) {
    this.type = type;
  }

  /**
   * Fails if annotations, of a mixin or of the property, hide a part: it may be hidden for privacy,
   * so it must not be written.
   */
  @Override
  public ValueSerializer<?> createContextual(
      SerializationContext context, @Nullable BeanProperty property) {
    AnnotatedMember member = property == null ? null : property.getMember();
    if (hidesParts(context, context.introspectClassAnnotations(type))
        || (member != null && hidesParts(context, member))) {
      return context.reportBadDefinition(
          type,
          type.getRawClass().getName()
              + " is written whole, so that annotations which hide a part of it have no effect: write a"
              + " record of your own instead");
    }
    return this;
  }

  private static boolean hidesParts(SerializationContext context, Annotated annotated) {
    AnnotationIntrospector annotations = context.getAnnotationIntrospector();
    SerializationConfig config = context.getConfig();
    return annotations.findFilterId(config, annotated) != null
        || !annotations.findPropertyIgnoralByName(config, annotated).getIgnored().isEmpty()
        || annotations.findPropertyInclusionByName(config, annotated).getIncluded() != null;
  }

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
