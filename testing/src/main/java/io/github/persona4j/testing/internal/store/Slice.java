package io.github.persona4j.testing.internal.store;

import java.util.List;

/**
 * A part of the objects of one family, newest first. The flags state whether the same filter has
 * newer and older objects.
 */
public record Slice(List<StoredObject> items, boolean newerExist, boolean olderExist) {}
