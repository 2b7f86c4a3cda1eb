package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation, before included resources, sparse fields and the casing are applied.
 * The status is that of the description unless {@link #status} sets another. Immutable.
 */
public final class OperationResult {
  private final @Nullable Integer status;
  private final @Nullable StoredObject object;
  private final @Nullable JsonObject document;
  private final JsonObject meta;
  private final @Nullable String contentType;
  private final byte @Nullable [] bytes;

  private OperationResult(
      @Nullable Integer status,
      @Nullable StoredObject object,
      @Nullable JsonObject document,
      JsonObject meta,
      @Nullable String contentType,
      byte @Nullable [] bytes) {
    this.status = status;
    this.object = object;
    this.document = document;
    this.meta = meta;
    this.contentType = contentType;
    this.bytes = bytes;
  }

  /** A document with this object as {@code data}; {@code include} is applied to it. */
  public static OperationResult of(StoredObject object) {
    return new OperationResult(null, object, null, new JsonObject(), null, null);
  }

  /** A whole JSON document. */
  public static OperationResult document(JsonObject document) {
    return new OperationResult(null, null, document, new JsonObject(), null, null);
  }

  /** A file, such as a PDF. */
  public static OperationResult file(String contentType, byte[] bytes) {
    return new OperationResult(null, null, null, new JsonObject(), contentType, bytes);
  }

  /** A response without a body. */
  public static OperationResult empty() {
    return new OperationResult(null, null, null, new JsonObject(), null, null);
  }

  /** Returns a copy with a member of {@code meta}; see {@link Json#value} for the value. */
  public OperationResult withMeta(String name, @Nullable Object value) {
    JsonObject changed = meta.deepCopy();
    changed.add(name, Json.value(value));
    return new OperationResult(status, object, document, changed, contentType, bytes);
  }

  /** Returns a copy with another status than that of the description. */
  public OperationResult status(int other) {
    return new OperationResult(other, object, document, meta, contentType, bytes);
  }

  @Nullable Integer status() {
    return status;
  }

  @Nullable StoredObject object() {
    return object;
  }

  @Nullable JsonObject document() {
    return document;
  }

  JsonObject meta() {
    return meta;
  }

  @Nullable String contentType() {
    return contentType;
  }

  byte @Nullable [] bytes() {
    return bytes;
  }
}
