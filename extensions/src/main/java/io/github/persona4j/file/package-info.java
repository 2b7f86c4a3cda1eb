/**
 * Downloads of files from the links that the API returns. {@link
 * io.github.persona4j.file.PersonaFiles} is where to start.
 */
@NullMarked
package io.github.persona4j.file;

import org.jspecify.annotations.NullMarked;
