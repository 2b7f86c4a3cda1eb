/** The arguments of requests: query parameters, forms and options. */
@NullMarked
package io.github.persona4j.request;

import org.jspecify.annotations.NullMarked;
