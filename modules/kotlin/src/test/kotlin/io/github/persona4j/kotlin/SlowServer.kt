package io.github.persona4j.kotlin

import java.io.IOException
import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.NANOSECONDS
import java.util.concurrent.TimeUnit.SECONDS
import kotlin.concurrent.thread
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds

/** Accepts connections and reads requests, but never responds. */
internal class SlowServer : AutoCloseable {
  private val socket = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
  private val connections = LinkedBlockingQueue<Connection>()

  init {
    thread(isDaemon = true) {
      try {
        while (true) {
          val accepted = socket.accept()
          val connection = Connection()
          thread(isDaemon = true) {
            accepted.use {
              try {
                val bytes = it.getInputStream()
                while (bytes.read() >= 0) {
                  if (!connection.request.isDone) {
                    connection.request.complete(System.nanoTime())
                    connections.add(connection)
                  }
                }
              } catch (_: IOException) {
                // reset
              }
              connection.end.complete(System.nanoTime())
            }
          }
        }
      } catch (_: IOException) {
        // closed
      }
    }
  }

  val url: String
    get() = "http://127.0.0.1:${socket.localPort}"

  /** Waits for a connection on which a request arrives. */
  fun connection(): Connection =
    checkNotNull(connections.poll(10, SECONDS)) { "no request within 10 s" }

  override fun close() = socket.close()

  internal class Connection {
    val request = CompletableFuture<Long>()
    val end = CompletableFuture<Long>()

    val isOpen: Boolean
      get() = !end.isDone

    /** Waits until the client has closed the connection; the time since a moment of nanoTime. */
    fun closedAfter(begin: Long): Duration = (end.get(10, SECONDS) - begin).nanoseconds

    fun isOpenFor(nanos: Long): Boolean = runCatching { end.get(nanos, NANOSECONDS) }.isFailure
  }
}
