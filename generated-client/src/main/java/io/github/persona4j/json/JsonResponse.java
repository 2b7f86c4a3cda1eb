package io.github.persona4j.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The schema of the response of a Retrofit method. The type is found by this name, without
 * reflection on the model, which a shrinker may rename. A method without it whose response is a
 * generated class works too, as long as that class keeps its name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface JsonResponse {
  /** The name of the schema, such as {@code EventPage}. */
  String value();
}
