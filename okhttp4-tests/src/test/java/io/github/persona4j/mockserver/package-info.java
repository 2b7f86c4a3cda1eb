/** What the tests use of OkHttp 5's mock server, over that of OkHttp 4. */
@NullMarked
package io.github.persona4j.mockserver;

import org.jspecify.annotations.NullMarked;
