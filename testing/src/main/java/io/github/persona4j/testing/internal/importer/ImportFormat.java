package io.github.persona4j.testing.internal.importer;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The columns of a kind of import, and the rules for their values. Immutable. */
final class ImportFormat {
  private static final Pattern EMAIL_ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+?[0-9 ().-]{5,30}");
  private static final Pattern IP_ADDRESS =
      Pattern.compile(
          "\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\\d{1,3})?");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,15})?");
  private static final Pattern ANY = Pattern.compile("(?s).*");

  private record Column(Pattern rule, boolean required) {}

  private final String objectType;
  private final List<String> key;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  private ImportFormat(String objectType, String... key) {
    this.objectType = objectType;
    this.key = List.of(key);
  }

  private ImportFormat required(String name, Pattern rule) {
    columns.put(name, new Column(rule, true));
    return this;
  }

  private ImportFormat optional(String name, Pattern rule) {
    columns.put(name, new Column(rule, false));
    return this;
  }

  static ImportFormat accounts() {
    return new ImportFormat("account", "reference-id")
        .optional("email-address", EMAIL_ADDRESS)
        .optional("phone-number", PHONE_NUMBER)
        .optional("birthdate", Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"))
        .optional("country-code", Pattern.compile("[A-Za-z]{2}"));
  }

  static ImportFormat emailAddresses() {
    return new ImportFormat("list-item/email-address", "value").required("value", EMAIL_ADDRESS);
  }

  static ImportFormat geolocations() {
    return new ImportFormat("list-item/geolocation", "latitude", "longitude")
        .required("latitude", NUMBER)
        .required("longitude", NUMBER)
        .optional("radius-meters", NUMBER);
  }

  static ImportFormat governmentIdNumbers() {
    return new ImportFormat("list-item/government-id-number", "id-class", "id-number")
        .required("id-number", ANY)
        .optional("id-class", ANY);
  }

  static ImportFormat ipAddresses() {
    return new ImportFormat("list-item/ip-address", "value").required("value", IP_ADDRESS);
  }

  static ImportFormat names() {
    return new ImportFormat("list-item/name", "name-first", "name-last")
        .required("name-first", ANY)
        .required("name-last", ANY);
  }

  static ImportFormat phoneNumbers() {
    return new ImportFormat("list-item/phone-number", "value").required("value", PHONE_NUMBER);
  }

  /** Returns the type of the objects that rows become. */
  String objectType() {
    return objectType;
  }

  /** Returns the attributes that make two rows or objects duplicates of each other. */
  List<String> key() {
    return key;
  }

  /** Returns what is wrong with the attributes of a row; null if nothing is. */
  @Nullable String error(JsonObject attributes) {
    if (attributes.size() == 0) {
      return "the row is empty";
    }
    for (Map.Entry<String, Column> entry : columns.entrySet()) {
      Column column = entry.getValue();
      if (!attributes.has(entry.getKey())) {
        if (column.required) {
          return entry.getKey() + " is missing";
        }
      } else if (!column.rule.matcher(attributes.get(entry.getKey()).getAsString()).matches()) {
        return entry.getKey() + " is not valid";
      }
    }
    return null;
  }

  /** Returns whether the values of a column are numbers in JSON. */
  boolean isNumber(String column) {
    return columns.containsKey(column) && columns.get(column).rule == NUMBER;
  }
}
