package io.github.persona4j.request;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a query parameter or a header that the operation requires. {@code JsonConverterFactory}
 * refuses a blank value. Plain Retrofit leaves a parameter out whose value is null; {@code
 * PersonaClient} refuses that too.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Required {
  /**
   * The name of the parameter in Java, for messages, where it differs from the one on the wire.
   * Class files need not have it.
   */
  String value() default "";
}
