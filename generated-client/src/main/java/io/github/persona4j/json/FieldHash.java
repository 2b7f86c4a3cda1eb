package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nested fields of a field. */
@JsonAdapter(GsonAdapters.class)
record FieldHash(String path, Map<String, JsonValue> fields) implements FieldValues {
  @Override
  public Set<String> fieldNames() {
    return fields.keySet();
  }

  @Override
  public @Nullable FieldValue field(String key) {
    JsonValue json = fields.get(Objects.requireNonNull(key, "key"));
    if (json == null) {
      json = fields.get(Spelling.other(key));
    }
    return json == null || json.isNull() ? null : FieldValue.of(path + ".*", json);
  }

  /** Returns the number of fields only: users choose the keys, and values may be personal data. */
  @Override
  public String toString() {
    return "FieldHash{" + fields.size() + " fields}";
  }
}
