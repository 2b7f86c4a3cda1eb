package io.github.persona4j.testing.internal.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import io.github.persona4j.testing.internal.description.Schema;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON body of a request by its schema: converts names to kebab casing where the schema
 * names them, and rejects missing members and wrong types with 400, and values that are not
 * accepted with 422. Unknown members are kept.
 */
final class BodyReader {
  /** The schemas of the open sets whose values are checked, by the names of their members. */
  private static final Map<String, String> CHECKED_SETS =
      Map.of("api-key-inflection", "KeyInflection", "api-version", "ApiVersion");

  private BodyReader() {}

  /** Returns the body; an empty object if there is none, or if it is not JSON. */
  static JsonObject read(Operation operation, ApiRequest request) {
    Schema schema = operation.requestSchema();
    String contentType = request.header("Content-Type");
    if (schema == null || isForm(contentType)) {
      return new JsonObject();
    }
    if (request.body().length == 0 && !operation.bodyRequired()) {
      return new JsonObject();
    }
    JsonElement body;
    try {
      body = StrictJsonParser.parse(text(request));
    } catch (JsonParseException e) { // its message contains no part of the body
      throw ApiFailure.badRequest("The body must be a JSON object: " + e.getMessage() + ".");
    }
    if (!(body instanceof JsonObject)) {
      throw ApiFailure.badRequest("The body must be a JSON object.");
    }
    if (!UTF_8.newEncoder().canEncode(body.toString())) {
      throw ApiFailure.badRequest("The body has half of a surrogate pair.");
    }
    return read(schema, body, "").getAsJsonObject();
  }

  private static String text(ApiRequest request) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
    } catch (CharacterCodingException e) {
      throw ApiFailure.badRequest("The body must be in UTF-8.");
    }
  }

  private static boolean isForm(@Nullable String contentType) {
    String lower = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    return lower.startsWith("multipart/") || lower.startsWith("application/x-www-form-urlencoded");
  }

  private static JsonElement read(Schema schema, JsonElement value, String pointer) {
    if (value instanceof JsonNull) {
      return value; // clears an optional member; required ones are checked by their parent
    }
    if (!schema.union().isEmpty()) {
      return readUnion(schema, value, pointer);
    }
    String type = schema.type();
    if (type == null && schema.properties().isEmpty()) {
      return value;
    }
    return switch (type == null ? "object" : type) {
      case "object" -> readObject(schema, value, pointer);
      case "array" -> readArray(schema, value, pointer);
      default -> readPrimitive(schema, type == null ? "" : type, value, pointer);
    };
  }

  private static JsonElement readUnion(Schema schema, JsonElement value, String pointer) {
    String discriminator = schema.discriminator();
    if (discriminator == null || !(value instanceof JsonObject object)) {
      return readFirst(schema, value, pointer);
    }
    if (!(object.get(discriminator) instanceof JsonPrimitive selector)) {
      throw ApiFailure.badRequest(name(pointer) + " must have a " + discriminator + ".");
    }
    Schema selected = schema.mapping().get(selector.getAsString());
    if (selected == null) {
      throw ApiFailure.unprocessable(
          pointer + '/' + discriminator, "The " + discriminator + " is unknown.");
    }
    return read(selected, value, pointer);
  }

  /** Reads the value by the first schema of the union that accepts it. */
  private static JsonElement readFirst(Schema schema, JsonElement value, String pointer) {
    for (Schema one : schema.union()) {
      try {
        return read(one, value, pointer);
      } catch (ApiFailure e) {
        // Another one may accept it.
      }
    }
    throw ApiFailure.badRequest(name(pointer) + " has none of the possible forms.");
  }

  private static JsonElement readObject(Schema schema, JsonElement value, String pointer) {
    if (!(value instanceof JsonObject object)) {
      throw wrongType(pointer, "an object");
    }
    Map<String, Schema> properties = schema.properties();
    Schema additional = schema.additionalProperties();
    JsonObject read = new JsonObject();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      String given = entry.getKey();
      String kebab = Inflection.kebab(given);
      String key = !properties.containsKey(given) && properties.containsKey(kebab) ? kebab : given;
      Schema property = properties.getOrDefault(key, additional);
      JsonElement member = entry.getValue();
      read.add(key, property == null ? member : read(property, member, pointer + '/' + key));
    }
    for (String required : schema.required()) {
      JsonElement member = read.get(required);
      Schema property = properties.get(required);
      boolean nullable = property != null && property.nullable();
      if (member == null || (member instanceof JsonNull && !nullable)) {
        throw ApiFailure.badRequest(name(pointer) + " must have a member " + required + ".");
      }
    }
    return read;
  }

  private static JsonElement readArray(Schema schema, JsonElement value, String pointer) {
    if (!(value instanceof JsonArray array)) {
      throw wrongType(pointer, "a list");
    }
    Schema items = schema.items();
    if (items == null) {
      return array;
    }
    JsonArray read = new JsonArray(array.size());
    for (int i = 0; i < array.size(); i++) {
      String place = pointer + '/' + i;
      if (array.get(i) instanceof JsonNull && !items.nullable()) {
        throw wrongType(place, "a value");
      }
      read.add(read(items, array.get(i), place));
    }
    return read;
  }

  private static JsonElement readPrimitive(
      Schema schema, String type, JsonElement value, String pointer) {
    if (!(value instanceof JsonPrimitive primitive)) {
      throw wrongType(pointer, article(type));
    }
    boolean fits =
        switch (type) {
          case "string" -> primitive.isString();
          case "boolean" -> primitive.isBoolean();
          case "integer" -> primitive.isNumber() && isInteger(primitive);
          case "number" -> primitive.isNumber();
          default -> true;
        };
    if (!fits) {
      throw wrongType(pointer, article(type));
    }
    checkKnown(schema.values(), primitive.getAsString(), pointer);
    // Other open sets, such as the names of events, may have values that are newer.
    String set = CHECKED_SETS.get(pointer.substring(pointer.lastIndexOf('/') + 1));
    if (set != null) {
      List<String> known = ApiDescription.get().schema(set).knownValues();
      checkKnown(known, primitive.getAsString(), pointer);
    }
    if (primitive.isNumber()) {
      checkRange(schema, primitive.getAsDouble(), pointer);
    } else if (primitive.isString()) {
      checkFormat(schema.format(), primitive.getAsString(), pointer);
    }
    return value;
  }

  private static void checkKnown(List<String> values, String value, String pointer) {
    if (!values.isEmpty() && !values.contains(value)) {
      throw ApiFailure.unprocessable(
          pointer, "The value must be one of " + String.join(", ", values) + ".");
    }
  }

  private static boolean isInteger(JsonPrimitive number) {
    try {
      return number.getAsBigDecimal().stripTrailingZeros().scale() <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static void checkRange(Schema schema, double number, String pointer) {
    Double minimum = schema.minimum();
    Double maximum = schema.maximum();
    if ((minimum != null && number < minimum) || (maximum != null && number > maximum)) {
      throw ApiFailure.unprocessable(pointer, "The number is out of range.");
    }
  }

  private static void checkFormat(@Nullable String format, String text, String pointer) {
    try {
      if ("date".equals(format)) {
        LocalDate.parse(text);
      } else if ("date-time".equals(format)) {
        OffsetDateTime.parse(text);
      }
    } catch (DateTimeParseException e) {
      throw ApiFailure.unprocessable(
          pointer,
          "date".equals(format)
              ? "The date must be year, month and day."
              : "The value must be an ISO 8601 time with an offset.");
    }
  }

  private static ApiFailure wrongType(String pointer, String expected) {
    return ApiFailure.badRequest(name(pointer) + " must be " + expected + ".");
  }

  private static String article(String type) {
    return type.equals("integer") ? "an integer" : "a " + type;
  }

  private static String name(String pointer) {
    if (pointer.isEmpty()) {
      return "The body";
    }
    int slash = pointer.lastIndexOf('/');
    String last = pointer.substring(slash + 1);
    return last.matches("\\d+")
        ? "Item " + last + " of " + name(pointer.substring(0, slash))
        : last;
  }
}
