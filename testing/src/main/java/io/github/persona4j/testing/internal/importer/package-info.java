/** Imports of CSV files: reading the file, checking its rows, and creating their objects. */
@NullMarked
package io.github.persona4j.testing.internal.importer;

import org.jspecify.annotations.NullMarked;
