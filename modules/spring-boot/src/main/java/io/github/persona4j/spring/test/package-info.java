/** The fake of the API in tests of Spring Boot applications. It needs {@code persona4j-testing}. */
@NullMarked
package io.github.persona4j.spring.test;

import org.jspecify.annotations.NullMarked;
