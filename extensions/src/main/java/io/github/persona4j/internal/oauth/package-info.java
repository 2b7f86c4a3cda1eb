/** Access tokens of OAuth: keys, signed assertions, and renewal. Not for users. */
@NullMarked
package io.github.persona4j.internal.oauth;

import org.jspecify.annotations.NullMarked;
