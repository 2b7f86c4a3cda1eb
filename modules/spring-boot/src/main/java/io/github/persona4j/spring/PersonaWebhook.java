package io.github.persona4j.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a bean that handles events of the webhook at {@code persona.webhook.path}:
 *
 * <!-- code: examples/spring-boot-4/src/main/java/io/github/persona4j/examples/springboot/InquiryEvents.java#webhooks -->
 *
 * <pre>{@code
 * @PersonaWebhook("inquiry.approved")
 * void approved(Inquiry inquiry) {
 *   set(inquiry, "active");
 * }
 *
 * @PersonaWebhook({"inquiry.declined", "inquiry.failed"})
 * void refused(WebhookEvent event, Inquiry inquiry) {
 *   set(inquiry, "refused by " + event.name());
 * }
 * }</pre>
 *
 * <p>The method returns {@code void} and has, in any order and each at most once, parameters of
 * these types: {@link io.github.persona4j.webhook.WebhookEvent}, {@link
 * io.github.persona4j.model.Event}, and the resource that the event is about, such as {@link
 * io.github.persona4j.model.Inquiry}, a union such as {@link io.github.persona4j.model.Report}, or
 * {@link io.github.persona4j.model.Resource} for any. Another signature fails when the application
 * starts, and so does a second method for the same name.
 *
 * <p>Each event is handled by one method: that for its name, otherwise that for the longest pattern
 * which matches. A method for another resource than the event is about is skipped. If all are, the
 * event fails and is delivered again. An event that no method is for is ignored.
 *
 * <p>If the method throws an exception, the response has the status 500, and the event is delivered
 * again. The method is invoked on a thread of the server and through the proxies of the bean, so
 * {@code @Transactional} works. With {@code @Async} it returns before the work is done, and a
 * failure is lost. Events can be handled concurrently.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective // in native images
@SuppressWarnings("exports") // who uses it has Spring
public @interface PersonaWebhook {
  /**
   * The names of the events, such as {@code inquiry.approved}, or patterns in which {@code *}
   * stands for any characters, such as {@code inquiry.*}. All events if empty.
   */
  String[] value() default {};
}
