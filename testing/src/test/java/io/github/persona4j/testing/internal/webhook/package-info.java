@NullMarked
package io.github.persona4j.testing.internal.webhook;

import org.jspecify.annotations.NullMarked;
