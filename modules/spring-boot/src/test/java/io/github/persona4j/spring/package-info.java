@NullMarked
package io.github.persona4j.spring;

import org.jspecify.annotations.NullMarked;
