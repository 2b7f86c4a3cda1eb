@NullMarked
package io.github.persona4j.spring.test;

import org.jspecify.annotations.NullMarked;
