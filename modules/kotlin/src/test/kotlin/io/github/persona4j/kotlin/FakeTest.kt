package io.github.persona4j.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.RetryPolicy
import io.github.persona4j.testing.FakePersona
import java.time.Duration
import org.junit.jupiter.api.AfterEach

/** A client of a fake with 25 events. */
abstract class FakeTest {
  protected val fake: FakePersona = FakePersona.builder().events(25).start()
  protected val persona: PersonaClient =
    PersonaClient.builder()
      .apiKey(fake.apiKey())
      .baseUrl(fake.baseUrl())
      .retryPolicy(RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build())
      .build()

  @AfterEach
  fun stop() {
    persona.close()
    fake.close()
  }

  /** The body of the last request. */
  protected fun body(): String = fake.requests().last().bodyText()
}
