/** The part of the API of OkHttp 5's mock server that the tests use, based on that of OkHttp 4. */
@NullMarked
package io.github.persona4j.mockserver;

import org.jspecify.annotations.NullMarked;
