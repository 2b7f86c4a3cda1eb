package io.github.persona4j.examples.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.RetryPolicy
import io.github.persona4j.testing.FakePersona
import io.github.persona4j.testing.Fault
import java.io.IOException
import java.net.ServerSocket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.time.Duration.Companion.seconds
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(30)
class OnboardingServerTest {
  private val fake = FakePersona.builder().events(250).start()
  private val persona = client(fake.baseUrl())
  private val server = OnboardingServer(persona, timeout = 2.seconds)
  private val http = HttpClient.newHttpClient()

  private fun client(url: String) =
    PersonaClient.builder()
      .apiKey(fake.apiKey())
      .baseUrl(url)
      .retryPolicy(RetryPolicy.none())
      .build()

  @AfterEach
  fun stop() {
    server.close()
    persona.close()
    fake.close()
  }

  private fun request(method: String, url: String): HttpRequest =
    HttpRequest.newBuilder(URI(url))
      .method(method, HttpRequest.BodyPublishers.noBody())
      .timeout(Duration.ofSeconds(10))
      .build()

  private fun send(method: String, path: String): HttpResponse<String> =
    http.send(request(method, server.url + path), BodyHandlers.ofString())

  @Test
  fun post_createsAnInquiry() {
    val response = send("POST", "/inquiries?reference=user-42")

    assertThat(response.statusCode()).isEqualTo(201)
    assertThat(fake.ids("inquiry")).contains(response.body())
    assertThat(fake.requests().last().bodyText()).contains("user-42")
  }

  @Test
  fun events_areStreamedFromAsManyPagesAsNeeded() {
    val newest = fake.ids("event").toSet()

    val few = send("GET", "/events?limit=5")
    assertThat(few.statusCode()).isEqualTo(200)
    assertThat(few.body().lines().filter { it.isNotEmpty() }).hasSize(5).allMatch {
      it.substringBefore(' ') in newest
    }
    assertThat(fake.requestCount()).isEqualTo(1)

    assertThat(send("GET", "/events?limit=150").body().lines().filter { it.isNotEmpty() })
      .hasSize(150)
    assertThat(fake.requestCount()).isEqualTo(3)
  }

  @Test
  fun failures_haveAStatus() {
    fake.failNext(Fault.status(401), Fault.status(429))

    val unauthorized = send("POST", "/inquiries")
    assertThat(unauthorized.statusCode()).isEqualTo(502)
    assertThat(unauthorized.body()).isEqualTo("Persona: 401")
    assertThat(send("GET", "/events").statusCode()).isEqualTo(503)
    assertThat(send("GET", "/events?limit=0").statusCode()).isEqualTo(400)
    assertThat(send("GET", "/inquiries").statusCode()).isEqualTo(405)
  }

  @Test
  fun slowCall_isCancelled_andItsConnectionClosed() {
    send("POST", "/inquiries") // loads classes, which is no part of the timeout
    slowServer().use { slow ->
      client("http://127.0.0.1:${slow.localPort}").use { persona ->
        OnboardingServer(persona, timeout = 1.seconds).use { impatient ->
          val response =
            http.sendAsync(request("POST", "${impatient.url}/inquiries"), BodyHandlers.ofString())
          slow.accept().use { connection ->
            connection.soTimeout = 5000
            connection.readToTheEnd()
          }
          assertThat(response.get(5, SECONDS).statusCode()).isEqualTo(504)
        }
      }
    }
  }

  @Test
  fun closedServer_cancelsItsCalls() {
    slowServer().use { slow ->
      client("http://127.0.0.1:${slow.localPort}").use { persona ->
        val closing = OnboardingServer(persona)
        val unused =
          http.sendAsync(request("GET", "${closing.url}/events"), BodyHandlers.ofString())
        slow.accept().use { connection ->
          connection.soTimeout = 5000
          assertThat(connection.getInputStream().read()).isPositive()
          closing.close()
          connection.readToTheEnd()
        }
      }
    }
  }

  /** Accepts a connection within 10 s, and does not respond. */
  private fun slowServer() = ServerSocket(0).apply { soTimeout = 10_000 }

  /** Fails after the timeout of the socket if the other side does not close it. */
  private fun java.net.Socket.readToTheEnd() {
    try {
      while (getInputStream().read() >= 0) {
        // the request
      }
    } catch (e: java.net.SocketTimeoutException) {
      throw AssertionError("the connection is still open", e)
    } catch (_: IOException) {
      // reset
    }
  }
}
