package io.github.persona4j.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.error.PersonaConnectionException
import io.github.persona4j.error.PersonaException
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** What a server sees when a coroutine ends before its call. */
@Timeout(30)
class CancellationTest {
  private val server = SlowServer()
  private val persona =
    PersonaClient.builder().apiKey("persona_sandbox_1").baseUrl(server.url).build()

  @AfterEach
  fun stop() {
    persona.close()
    server.close()
  }

  @Test
  fun cancelledCoroutine_closesConnection() {
    runBlocking(Dispatchers.Default) {
      val outcome = CompletableFuture<Throwable?>()
      val job = launch {
        outcome.complete(
          runCatching { persona.async().inquiries().retrieve("inq_1").await() }.exceptionOrNull()
        )
      }
      val connection = server.connection()
      assertThat(connection.isOpen).isTrue()

      val begin = System.nanoTime()
      job.cancel()

      assertThat(connection.closedAfter(begin)).isLessThan(1.seconds)
      assertThat(outcome.get(1, SECONDS)).isInstanceOf(CancellationException::class.java)
    }
  }

  @Test
  fun timeout_closesConnection() {
    val thrown =
      runCatching {
          runBlocking {
            withTimeout(1.seconds) { persona.async().inquiries().retrieve("inq_1").await() }
          }
        }
        .exceptionOrNull()
    val end = System.nanoTime()

    assertThat(thrown).isInstanceOf(TimeoutCancellationException::class.java)
    assertThat(server.connection().closedAfter(end)).isLessThan(1.seconds)
  }

  @Test
  fun failureOfOneCall_cancelsTheOthersOfItsScope() {
    val connections = mutableListOf<SlowServer.Connection>()

    val thrown =
      runCatching {
          runBlocking(Dispatchers.Default) {
            coroutineScope {
              repeat(2) { launch { persona.async().inquiries().retrieve("inq_$it").await() } }
              repeat(2) { connections.add(server.connection()) }
              throw IllegalStateException("not needed")
            }
          }
        }
        .exceptionOrNull()
    val end = System.nanoTime()

    assertThat(thrown).isInstanceOf(IllegalStateException::class.java).hasMessage("not needed")
    assertThat(connections.map { it.closedAfter(end) }).allMatch { it < 1.seconds }
  }

  @Test
  fun cancelledCall_leavesTheOthersRunning() {
    runBlocking(Dispatchers.Default) {
      supervisorScope {
        val first = launch { persona.async().inquiries().retrieve("inq_1").await() }
        val cancelled = server.connection()
        val second = launch { persona.async().inquiries().retrieve("inq_2").await() }
        val other = server.connection()

        first.cancel()

        assertThat(cancelled.closedAfter(System.nanoTime())).isLessThan(1.seconds)
        assertThat(other.isOpenFor(200.milliseconds.inWholeNanoseconds)).isTrue()
        assertThat(second.isActive).isTrue()
        second.cancel()
      }
    }
  }

  @Test
  fun cancelledFlow_closesConnection() {
    runBlocking(Dispatchers.Default) {
      val job = launch { persona.async().events().listAll().asFlow().toList() }
      val connection = server.connection()

      val begin = System.nanoTime()
      job.cancel()

      assertThat(connection.closedAfter(begin)).isLessThan(1.seconds)
    }
  }

  @Test
  fun cancelledPageFlow_closesConnection() {
    runBlocking(Dispatchers.Default) {
      val job = launch { persona.async().events().listAll().asPageFlow().toList() }
      val connection = server.connection()

      val begin = System.nanoTime()
      job.cancel()

      assertThat(connection.closedAfter(begin)).isLessThan(1.seconds)
    }
  }

  @Test
  fun closedClient_failsItsCallsAndFlows() {
    runBlocking(Dispatchers.Default) {
      val call = async {
        runCatching { persona.async().inquiries().retrieve("inq_1").await() }.exceptionOrNull()
      }
      val flow = async {
        runCatching { persona.async().events().listAll().asFlow().toList() }.exceptionOrNull()
      }
      repeat(2) { server.connection() }

      persona.close()

      assertThat(call.await()).isInstanceOf(PersonaException::class.java)
      assertThat(flow.await()).isInstanceOf(PersonaConnectionException::class.java)
    }
  }
}
