/**
 * The JSON runtime of generated models: streaming, without reflection, and lossless.
 *
 * <p>Unknown and unexpected values of a response are kept; see {@link
 * io.github.persona4j.json.JsonModel}.
 */
@NullMarked
package io.github.persona4j.json;

import org.jspecify.annotations.NullMarked;
