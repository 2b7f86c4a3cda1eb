package io.github.persona4j.kotlin

import java.util.function.Consumer

/** Marks blocks of [fill], so that an inner block does not call the builder of an outer one. */
@DslMarker @Target(AnnotationTarget.TYPE) public annotation class Filling

/**
 * Returns a function that fills a builder, for the operations that take one. The builder is `this`
 * in the block.
 * <!-- code: examples/kotlin/src/main/kotlin/io/github/persona4j/examples/kotlin/GuideSnippets.kt#builders -->
 * ```
 * persona
 *   .async()
 *   .inquiries()
 *   .create(
 *     fill {
 *       inquiryTemplateId("itmpl_1")
 *       note(note) // absent if it is null
 *       fields(
 *         fill {
 *           nameFirst("Ada")
 *           birthdate(LocalDate.of(1985, 12, 10))
 *           set("loyalty-level", 3)
 *         }
 *       )
 *     },
 *     fill { autoCreateAccountReferenceId("user-42") },
 *   )
 *   .await()
 *   .data()
 * ```
 *
 * The type of the builder follows from the operation. A setter that is passed null leaves its
 * attribute absent, as in Java; only `clear...()` sends a null. In an inner block, the setters of
 * the outer builder do not compile.
 */
public inline fun <B : Any> fill(crossinline block: @Filling B.() -> Unit): Consumer<B> =
  Consumer { builder ->
    builder.block()
  }
