package io.github.persona4j.testing.internal.operation;

import io.github.persona4j.testing.internal.store.StoredObject;

/** Brings a new object of one family into being. Registered with {@link Operations#onCreate}. */
@FunctionalInterface
public interface Creation {
  /**
   * Sets the first status and what belongs to it, adds the object to the store, records the events
   * of the creation, and returns the object as stored.
   *
   * @param draft the object that the request describes, with an id, not stored yet
   */
  StoredObject create(StoredObject draft, OperationCall call);
}
