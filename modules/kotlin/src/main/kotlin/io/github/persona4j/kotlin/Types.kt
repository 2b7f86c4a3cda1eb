package io.github.persona4j.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.json.FieldValues
import io.github.persona4j.model.Event
import io.github.persona4j.model.Resource
import io.github.persona4j.resource.CompoundDocument
import io.github.persona4j.resource.Identified
import io.github.persona4j.resource.ToMany
import kotlin.jvm.optionals.getOrNull

/**
 * Returns the fields as a record of your own, as [FieldValues. as] does. In Kotlin, a record is a
 * data class with `@JvmRecord`.
 * <!-- code: examples/kotlin/src/main/kotlin/io/github/persona4j/examples/kotlin/GuideSnippets.kt#as-record -->
 * ```
 * val loyalty = inquiry.attributes().fields().asRecord<Loyalty>()
 * ```
 *
 * The type of a component should be nullable, unless it is a list or a map: a component whose field
 * is absent is null.
 */
public inline fun <reified R : Record> FieldValues.asRecord(): R = `as`(R::class.java)

/**
 * Returns those included targets of a relationship that are of a type, in its order.
 * <!-- code: examples/kotlin/src/main/kotlin/io/github/persona4j/examples/kotlin/GuideSnippets.kt#related -->
 * ```
 * val documents = response.related<GovernmentIdVerification>(inquiry.verifications())
 * ```
 */
public inline fun <reified R : Identified> CompoundDocument<*>.related(
  relationship: ToMany<in R>
): List<R> = related(relationship, R::class.java)

/**
 * Returns the resource that the event is about, at the time of the event; null if it is of another
 * type, or if the response left it out.
 */
public inline fun <reified R : Resource> Event.subject(): R? = subject(R::class.java).getOrNull()

/** Returns an implementation of a Retrofit interface of your own, see [PersonaClient.api]. */
public inline fun <reified A : Any> PersonaClient.api(): A = api(A::class.java)
