/** States of resources: the table of transitions, its application, and who moves what when. */
@NullMarked
package io.github.persona4j.testing.internal.state;

import org.jspecify.annotations.NullMarked;
