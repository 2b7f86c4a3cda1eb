/** What JSON:API adds to plain objects: resources that come along with an answer. */
@NullMarked
package io.github.persona4j.jsonapi;

import org.jspecify.annotations.NullMarked;
