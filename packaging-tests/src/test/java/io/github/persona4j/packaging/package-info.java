/** Tests of what the published jars have for shrinkers and for native images. */
@NullMarked
package io.github.persona4j.packaging;

import org.jspecify.annotations.NullMarked;
