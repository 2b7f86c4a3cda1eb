/**
 * What every request passes on its way to the network: the OkHttp client, its interceptors, and
 * checks of connections, headers and bodies. Knows nothing of retries.
 */
@NullMarked
package io.github.persona4j.internal.http;

import org.jspecify.annotations.NullMarked;
