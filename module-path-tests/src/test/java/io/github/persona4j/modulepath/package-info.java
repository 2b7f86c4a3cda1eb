@NullMarked
package io.github.persona4j.modulepath;

import org.jspecify.annotations.NullMarked;
