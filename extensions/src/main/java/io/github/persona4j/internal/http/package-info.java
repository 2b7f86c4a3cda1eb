/**
 * The OkHttp client, its interceptors, and the checks of connections, headers and bodies.
 * Independent of retries.
 */
@NullMarked
package io.github.persona4j.internal.http;

import org.jspecify.annotations.NullMarked;
