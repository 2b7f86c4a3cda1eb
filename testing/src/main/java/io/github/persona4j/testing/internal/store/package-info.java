/**
 * The objects of the fake, their ids and their events. A {@code StoredObject} is an immutable state
 * of one object; {@code ObjectStore} has the current one of each, {@code EventLog} records what
 * happened to them. Several steps that belong together run in {@code ObjectStore.write}.
 */
@NullMarked
package io.github.persona4j.testing.internal.store;

import org.jspecify.annotations.NullMarked;
