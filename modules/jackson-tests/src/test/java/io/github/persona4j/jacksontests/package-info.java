/** The tests that both modules for Jackson pass; each of them adds this folder to its tests. */
@NullMarked
package io.github.persona4j.jacksontests;

import org.jspecify.annotations.NullMarked;
