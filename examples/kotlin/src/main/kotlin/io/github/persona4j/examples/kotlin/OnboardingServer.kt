package io.github.persona4j.examples.kotlin

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import io.github.persona4j.PersonaClient
import io.github.persona4j.error.PersonaApiException
import io.github.persona4j.error.PersonaException
import io.github.persona4j.kotlin.asFlow
import io.github.persona4j.kotlin.fill
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URI
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull

/**
 * An HTTP application in which each request is a coroutine.
 *
 * `POST /inquiries?reference=user-42` creates an inquiry and responds with its id. `GET
 * /events?limit=5` streams the newest events, one a line. A call that takes longer than [timeout]
 * is cancelled and has status 504; [close] cancels all calls.
 */
class OnboardingServer(
  private val persona: PersonaClient,
  port: Int = 0,
  private val timeout: Duration = 10.seconds,
) : AutoCloseable {
  private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
  private val server =
    HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0)

  init {
    route("POST", "/inquiries", ::createInquiry)
    route("GET", "/events", ::streamEvents)
    server.start()
  }

  val url: String
    get() = "http://127.0.0.1:${server.address.port}"

  override fun close() {
    scope.cancel()
    server.stop(0)
  }

  private suspend fun createInquiry(exchange: HttpExchange) {
    val reference = exchange.requestURI.parameter("reference")
    val id =
      withTimeoutOrNull(timeout) {
        persona
          .async()
          .inquiries()
          .create(
            fill { inquiryTemplateId("itmpl_1") },
            fill { autoCreateAccountReferenceId(reference) },
          )
          .await()
          .data()
          .id()
      }
    if (id == null) exchange.respond(504, "Persona takes too long") else exchange.respond(201, id)
  }

  /** A page is requested when the caller has read the events of the page before it. */
  private suspend fun streamEvents(exchange: HttpExchange) {
    val limit = exchange.requestURI.parameter("limit")?.toIntOrNull() ?: 100
    if (limit < 1) {
      exchange.respond(400, "limit must be at least 1")
      return
    }
    val events = persona.async().events().listAll(fill { pageSize(minOf(limit, 100)) }).asFlow()
    withContext(Dispatchers.IO) {
      val body = lazy {
        exchange.sendResponseHeaders(200, 0)
        exchange.responseBody.bufferedWriter()
      }
      events.take(limit).flowOn(Dispatchers.Default).collect { event ->
        body.value.write("${event.id()} ${event.attributes().name()?.value() ?: "unknown"}\n")
      }
      body.value.close()
    }
  }

  private fun route(method: String, path: String, handle: suspend (HttpExchange) -> Unit) {
    server.createContext(path) { exchange ->
      scope.launch {
        exchange.use {
          try {
            if (exchange.requestMethod == method) handle(exchange)
            else exchange.respond(405, "use $method")
          } catch (e: PersonaException) {
            val status = (e as? PersonaApiException)?.status() ?: 502
            exchange.respond(if (status == 429) 503 else 502, "Persona: $status")
          } catch (_: IOException) {
            // The caller has closed the connection.
          }
        }
      }
    }
  }

  private suspend fun HttpExchange.respond(status: Int, text: String) =
    withContext(Dispatchers.IO) {
      val bytes = text.encodeToByteArray()
      sendResponseHeaders(status, bytes.size.toLong())
      responseBody.use { it.write(bytes) }
    }

  private inline fun HttpExchange.use(block: () -> Unit) =
    try {
      block()
    } finally {
      close()
    }

  private fun URI.parameter(name: String): String? =
    query?.split('&')?.firstOrNull { it.startsWith("$name=") }?.substringAfter('=')
}

/** Runs the server on port 8080 until the process ends. */
fun main() {
  val server = OnboardingServer(PersonaClient.fromEnvironment(), port = 8080)
  println("Listening on ${server.url}")
}
