/**
 * Small programs, one a task. Without a key they talk to a fake of the API in their own process.
 */
@NullMarked
package io.github.persona4j.examples;

import org.jspecify.annotations.NullMarked;
