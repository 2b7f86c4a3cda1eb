/** Downloads files and stores them on disk. */
@NullMarked
package io.github.persona4j.internal.file;

import org.jspecify.annotations.NullMarked;
