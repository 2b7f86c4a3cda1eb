@NullMarked
package io.github.persona4j.drift;

import org.jspecify.annotations.NullMarked;
