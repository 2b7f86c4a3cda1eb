package io.github.persona4j.testing.internal.description;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A type of resources. Immutable. */
public final class ResourceType {
  private final ApiDescription description;
  private final String type;
  private final String schemaName;
  private final String idPrefix;
  private final boolean created;
  private final @Nullable String sampleId;
  private final String sampleLine;

  /** Creates a type from the columns of its line. */
  ResourceType(ApiDescription description, String[] columns) {
    this.description = description;
    this.type = columns[1];
    this.schemaName = columns[2];
    this.idPrefix = columns[3];
    this.created = Boolean.parseBoolean(columns[4]);
    this.sampleId = columns[5].isEmpty() ? null : columns[5];
    this.sampleLine = columns[6];
  }

  /** Returns the value of {@code type}, such as {@code verification/selfie}. */
  public String type() {
    return type;
  }

  /** Returns the start of the ids before the last underscore, such as {@code inq}. */
  public String idPrefix() {
    return idPrefix;
  }

  /** Returns the schema of the whole resource. */
  public Schema schema() {
    return description.schema(schemaName);
  }

  /** Returns the schemas of the attributes by their names. */
  public Map<String, Schema> attributes() {
    return properties("attributes");
  }

  /** Returns the schemas of the relationships by their names. */
  public Map<String, Schema> relationships() {
    return properties("relationships");
  }

  private Map<String, Schema> properties(String member) {
    Schema schema = schema().properties().get(member);
    return schema == null ? new LinkedHashMap<>() : schema.properties();
  }

  /** Returns whether a relationship refers to any number of objects instead of at most one. */
  public boolean isToMany(String relationship) {
    Schema schema = relationships().get(relationship);
    Schema data = schema == null ? null : schema.properties().get("data");
    return data != null && "array".equals(data.type());
  }

  /** Returns the types of the objects that a relationship refers to; empty if any are possible. */
  public Set<String> relatedTypes(String relationship) {
    Set<String> types = new LinkedHashSet<>();
    Schema schema = relationships().get(relationship);
    Schema data = schema == null ? null : schema.properties().get("data");
    if (data != null) {
      Schema items = data.items();
      Operation.collectTypes(items == null ? data : items, types);
    }
    return types;
  }

  /** Returns whether an operation creates objects of this type. */
  public boolean isCreated() {
    return created;
  }

  /** Returns the id of the example of the whole resource; null if there is none. */
  public @Nullable String sampleId() {
    return sampleId;
  }

  /** Returns a new copy of an example of the whole resource; null if there is none. */
  public @Nullable JsonObject sample() {
    return StrictJsonParser.parse(sampleLine) instanceof JsonObject object ? object : null;
  }

  @Override
  public String toString() {
    return type;
  }
}
