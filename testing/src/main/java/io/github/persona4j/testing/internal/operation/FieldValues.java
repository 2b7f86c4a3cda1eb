package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields of objects: a response has type and value where a request has only the value. */
final class FieldValues {
  /** Where the attributes of an account request are in its fields: group, or none, and name. */
  private static final Map<String, String> ACCOUNT_FIELDS = accountFields();

  private FieldValues() {}

  private static Map<String, String> accountFields() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : new String[] {"first", "middle", "last"}) {
      fields.put("name-" + part, "name/" + part);
    }
    for (String part :
        new String[] {"street-1", "street-2", "city", "subdivision", "postal-code"}) {
      fields.put("address-" + part, "address/" + part.replace('-', '_'));
    }
    fields.put("country-code", "address/country_code");
    fields.put("birthdate", "birthdate");
    fields.put("email-address", "email_address");
    fields.put("phone-number", "phone_number");
    fields.put("social-security-number", "social_security_number");
    return fields;
  }

  /** Returns a field with this value. */
  private static JsonObject field(String name, JsonElement value) {
    return Json.object("type", type(name, value), "value", value);
  }

  private static String type(String name, JsonElement value) {
    if (value instanceof JsonArray) {
      return "array";
    }
    if (value instanceof JsonObject) {
      return "hash";
    }
    if (value instanceof JsonPrimitive primitive && !primitive.isString()) {
      return primitive.isBoolean() ? "boolean" : "number";
    }
    return name.equals("birthdate") ? "date" : "string";
  }

  /** Returns the fields with the values of a request set; nulls clear values. */
  static JsonObject merged(JsonObject fields, JsonObject values) {
    JsonObject merged = fields.deepCopy();
    for (Map.Entry<String, JsonElement> entry : values.entrySet()) {
      JsonElement value = entry.getValue();
      if (value instanceof JsonNull && merged.get(entry.getKey()) instanceof JsonObject former) {
        former.add("value", JsonNull.INSTANCE);
      } else {
        merged.add(entry.getKey(), field(entry.getKey(), value.deepCopy()));
      }
    }
    return merged;
  }

  /** Returns the fields of an account with the attributes of a request set, such as name-first. */
  static JsonObject mergedAccount(JsonObject fields, JsonObject attributes) {
    JsonObject merged = fields.deepCopy();
    ACCOUNT_FIELDS.forEach(
        (attribute, place) -> {
          JsonElement value = attributes.get(attribute);
          if (value == null) {
            return;
          }
          int slash = place.indexOf('/');
          String name = place.substring(slash + 1);
          JsonObject target = slash < 0 ? merged : group(merged, place.substring(0, slash));
          target.add(name, field(name, value));
        });
    if (attributes.get("selfie-photo") instanceof JsonObject photo && photo.has("data")) {
      merged.add(
          "selfie_photo", Json.object("type", "file", "value", Uploads.stored(photo.get("data"))));
    }
    return merged;
  }

  private static JsonObject group(JsonObject fields, String name) {
    if (fields.get(name) instanceof JsonObject group
        && group.get("value") instanceof JsonObject values) {
      return values;
    }
    JsonObject values = new JsonObject();
    fields.add(name, Json.object("type", "hash", "value", values));
    return values;
  }

  /** Returns the fields with all values cleared. */
  static JsonObject cleared(JsonObject fields) {
    JsonObject cleared = new JsonObject();
    for (Map.Entry<String, JsonElement> entry : fields.entrySet()) {
      if (entry.getValue() instanceof JsonObject field) {
        JsonElement value =
            field.get("value") instanceof JsonObject group
                ? cleared(group)
                : field.get("value") instanceof JsonArray ? new JsonArray() : JsonNull.INSTANCE;
        cleared.add(entry.getKey(), Json.object("type", field.get("type"), "value", value));
      }
    }
    return cleared;
  }
}
