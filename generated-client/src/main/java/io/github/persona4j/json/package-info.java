/**
 * The JSON runtime that generated models stand on: streaming, without reflection, and lossless.
 *
 * <p>What an answer holds is kept even where the description does not know it or describes it
 * otherwise; see {@link io.github.persona4j.json.JsonModel}.
 */
@NullMarked
package io.github.persona4j.json;

import org.jspecify.annotations.NullMarked;
