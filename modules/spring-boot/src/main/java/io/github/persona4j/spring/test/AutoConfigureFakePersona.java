package io.github.persona4j.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Starts a {@link io.github.persona4j.testing.FakePersona} with the application of a test, as a
 * bean, and lets the client use it:
 * <!-- code: examples/spring-boot-4/src/test/java/io/github/persona4j/examples/springboot/SpringBootSnippets.java#tests -->
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * @AutoConfigureFakePersona
 * static class ApplicationTest {
 *   @Autowired FakePersona fake;
 *
 *   @Test
 *   void approvedInquiry_isHandled() {
 *     fake.reviewer().approve(inquiryId);
 *     fake.webhooks().await();
 *     assertThat(fake).delivered("inquiry.approved");
 *   }
 * }
 * }</pre>
 *
 * <p>The fake replaces the base URL, the key, the environment and the webhook secrets of the
 * properties. If the application listens on a port and has {@code persona.webhook.path}, the fake
 * delivers its events there; {@code fake.webhooks().await()} waits for them. Signatures are
 * verified with the clock of the fake, so a test may move it.
 *
 * <p>A {@code FakePersona} bean of the test is used instead of a new one. The fake lives as long as
 * the application context, which Spring shares between test classes. Needs {@code
 * persona4j-testing} and {@code spring-test}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SuppressWarnings("exports") // who uses it has Spring
@ImportAutoConfiguration(FakePersonaAutoConfiguration.class)
public @interface AutoConfigureFakePersona {}
