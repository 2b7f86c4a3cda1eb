/**
 * Files: downloads from the links that the API gives, and the way of a file to the disk. {@link
 * io.github.persona4j.file.PersonaFiles} is where to start.
 */
@NullMarked
package io.github.persona4j.file;

import org.jspecify.annotations.NullMarked;
