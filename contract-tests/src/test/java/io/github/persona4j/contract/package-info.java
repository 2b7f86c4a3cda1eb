/** The client against a mock server that checks both sides against the description. */
@NullMarked
package io.github.persona4j.contract;

import org.jspecify.annotations.NullMarked;
