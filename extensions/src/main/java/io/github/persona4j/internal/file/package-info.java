/** Downloads of files, and their storage on disk. */
@NullMarked
package io.github.persona4j.internal.file;

import org.jspecify.annotations.NullMarked;
