package io.github.persona4j.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the schema of a Retrofit method's answer, so that its type is found without reflection on
 * the model, whatever a shrinker renames. A method without it whose answer is a generated class
 * works too, as long as that class keeps its name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface JsonAnswer {
  /** The name of the schema, such as {@code EventPage}. */
  String value();
}
