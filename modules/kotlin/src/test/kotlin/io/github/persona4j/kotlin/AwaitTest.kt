package io.github.persona4j.kotlin

import io.github.persona4j.RetryPolicy
import io.github.persona4j.error.AuthenticationException
import io.github.persona4j.error.MalformedResponseException
import io.github.persona4j.error.NotFoundException
import io.github.persona4j.error.RateLimitException
import io.github.persona4j.error.UnprocessableEntityException
import io.github.persona4j.testing.Fault
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(30)
class AwaitTest : FakeTest() {
  private fun failure(fault: Fault): Throwable? = runBlocking {
    fake.failNext(fault)
    runCatching { persona.async().inquiries().retrieve("inq_1").await() }.exceptionOrNull()
  }

  @Test
  fun failedCall_throwsItsTypedException() {
    val notFound = failure(Fault.none())
    assertThat(notFound).isExactlyInstanceOf(NotFoundException::class.java)
    assertThat((notFound as NotFoundException).status()).isEqualTo(404)
    assertThat(notFound.requestId()).isNotBlank()

    assertThat(failure(Fault.status(401))).isExactlyInstanceOf(AuthenticationException::class.java)
    assertThat(failure(Fault.status(422)))
      .isExactlyInstanceOf(UnprocessableEntityException::class.java)
    assertThat(failure(Fault.body("{"))).isExactlyInstanceOf(MalformedResponseException::class.java)
  }

  @Test
  fun callThatHasFailedBeforeItIsAwaited_throwsItsTypedException() {
    val call = persona.async().inquiries().retrieve("inq_1")
    runCatching { call.join() }

    val thrown = runBlocking { runCatching { call.await() }.exceptionOrNull() }

    assertThat(thrown).isExactlyInstanceOf(NotFoundException::class.java)
  }

  @Test
  fun callsOfSeveralCoroutines_runTogether() {
    val ids = fake.ids("event").take(8)

    val events = runBlocking {
      ids.map { async { persona.async().events().retrieve(it).await().data().id() } }.awaitAll()
    }

    assertThat(events).isEqualTo(ids)
  }

  @Test
  fun unavailableServer_isAskedAgain() {
    fake.failNext(Fault.status(503), Fault.status(503))
    val id = fake.ids("event").first()

    val event = runBlocking(Dispatchers.Default) { persona.async().events().retrieve(id).await() }

    assertThat(event.data().id()).isEqualTo(id)
    assertThat(fake.requestCount()).isEqualTo(3)
  }

  @Test
  fun rateLimit_isTyped() {
    val once = persona.withRetryPolicy(RetryPolicy.none())
    fake.failNext(Fault.status(429))

    val thrown = runBlocking {
      runCatching { once.async().events().list().await() }.exceptionOrNull()
    }

    assertThat(thrown).isExactlyInstanceOf(RateLimitException::class.java)
  }
}
