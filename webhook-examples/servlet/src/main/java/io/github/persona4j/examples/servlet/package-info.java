/** Receives webhooks with a servlet. */
@NullMarked
package io.github.persona4j.examples.servlet;

import org.jspecify.annotations.NullMarked;
