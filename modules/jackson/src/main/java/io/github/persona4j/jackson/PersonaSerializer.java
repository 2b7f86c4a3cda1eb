package io.github.persona4j.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import io.github.persona4j.json.JsonCodec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a value of the API token by token, so that trees and other formats get it, too. */
final class PersonaSerializer extends JsonSerializer<Object> implements ContextualSerializer {
  private final JavaType type;

  PersonaSerializer(JavaType type) {
    this.type = type;
  }

  /**
   * Fails if annotations, of a mixin or of the property, hide a part: it may be hidden for privacy,
   * so it must not be written.
   */
  @Override
  public JsonSerializer<?> createContextual(
      SerializerProvider provider, @Nullable BeanProperty property) throws JsonMappingException {
    AnnotatedMember member = property == null ? null : property.getMember();
    if (hidesParts(provider, provider.getConfig().introspectClassAnnotations(type).getClassInfo())
        || (member != null && hidesParts(provider, member))) {
      return provider.reportBadDefinition(
          type,
          type.getRawClass().getName()
              + " is written whole, so that annotations which hide a part of it have no effect: write a"
              + " record of your own instead");
    }
    return this;
  }

  private static boolean hidesParts(SerializerProvider provider, Annotated annotated) {
    AnnotationIntrospector annotations = provider.getAnnotationIntrospector();
    return annotations.findFilterId(annotated) != null
        || !annotations
            .findPropertyIgnoralByName(provider.getConfig(), annotated)
            .getIgnored()
            .isEmpty()
        || annotations.findPropertyInclusionByName(provider.getConfig(), annotated).getIncluded()
            != null;
  }

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
