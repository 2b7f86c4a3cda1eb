/** Requests and responses of the fake, and what happens before an operation is executed. */
@NullMarked
package io.github.persona4j.testing.internal.http;

import org.jspecify.annotations.NullMarked;
