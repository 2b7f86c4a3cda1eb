/**
 * Tests the client with a mock server that validates requests and responses against the
 * description.
 */
@NullMarked
package io.github.persona4j.contract;

import org.jspecify.annotations.NullMarked;
