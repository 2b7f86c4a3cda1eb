/** JSON:API features: the included resources of a response. */
@NullMarked
package io.github.persona4j.jsonapi;

import org.jspecify.annotations.NullMarked;
