/**
 * The description of the API as data: operations, schemas, examples and resource types. Read from a
 * file that the build writes from the OpenAPI description; a line of it is parsed when it is used.
 */
@NullMarked
package io.github.persona4j.testing.internal.description;

import org.jspecify.annotations.NullMarked;
