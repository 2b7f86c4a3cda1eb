package io.github.persona4j.kotlin

import io.github.persona4j.paging.AsyncPage
import io.github.persona4j.paging.AsyncPages
import io.github.persona4j.paging.Pages
import java.util.concurrent.Flow.Publisher
import java.util.concurrent.Flow.Subscriber
import java.util.concurrent.Flow.Subscription
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * Returns the items of all pages as a cold flow.
 * <!-- code: examples/kotlin/src/main/kotlin/io/github/persona4j/examples/kotlin/GuideSnippets.kt#flows -->
 * ```
 * persona
 *   .async()
 *   .events()
 *   .listAll(fill { filterName(EventName.INQUIRY_APPROVED) })
 *   .asFlow()
 *   .filter { it.subject<Inquiry>() != null }
 *   .take(500)
 *   .toList()
 * ```
 *
 * A page is requested when the collector asks for its first item, not earlier, and no thread waits
 * for it. With `take(n)`, `first()` and the like, no page is requested after the last item. Each
 * collection makes its own requests.
 *
 * Canceling the collector cancels the running request. If a call fails, the collector gets the
 * exception of the call, such as a `PersonaException`, after the items of the pages before it.
 */
public fun <T : Any> AsyncPages<T>.asFlow(): Flow<T> = elements(this)

/**
 * Returns all pages as a cold flow, for their cursors and responses.
 * <!-- code: examples/kotlin/src/main/kotlin/io/github/persona4j/examples/kotlin/GuideSnippets.kt#flows-2 -->
 * ```
 * persona.async().events().listAll().asPageFlow().collect { page -> save(page.nextCursor()) }
 * ```
 *
 * A page is requested when the collector has processed the page before it. For the rest, see
 * [asFlow]. The items of a page are in the order of the server.
 */
public fun <T : Any> AsyncPages<T>.asPageFlow(): Flow<AsyncPage<T>> = elements(pages())

/**
 * Returns the items of all pages as a cold flow, up to the limit. It holds no thread, although the
 * operation is one of the blocking client:
 * <!-- code: examples/kotlin/src/main/kotlin/io/github/persona4j/examples/kotlin/GuideSnippets.kt#flows-3 -->
 * ```
 * persona.events().listAll().asFlow().take(500).collect { println(it.id()) }
 * ```
 *
 * For the rest, see [AsyncPages.asFlow]. The operation of an interface of your own, with [Pages.of]
 * and a lambda, blocks a thread of the common pool while it runs, and is not canceled.
 */
public fun <T : Any> Pages<T>.asFlow(): Flow<T> = async().asFlow()

/**
 * Returns all pages as a cold flow, up to the one with the last item of the limit. For the rest,
 * see [AsyncPages.asPageFlow] and [Pages.asFlow].
 */
public fun <T : Any> Pages<T>.asPageFlow(): Flow<AsyncPage<T>> = async().asPageFlow()

private fun <E : Any> elements(publisher: Publisher<E>): Flow<E> = flow {
  val signals = Signals<E>()
  publisher.subscribe(signals)
  try {
    while (true) {
      emit(signals.next() ?: break)
    }
  } finally {
    signals.cancel()
  }
}

/** The signals of one subscription, which requests one element after the other. */
private class Signals<E : Any> : Subscriber<E> {
  // One element at most is requested and not yet received.
  private val received = Channel<E>(capacity = 1)
  private lateinit var subscription: Subscription

  /** Returns the next element; null after the last one. */
  suspend fun next(): E? {
    currentCoroutineContext().ensureActive() // a cancelled collector requests nothing
    subscription.request(1)
    val signal = received.receiveCatching()
    signal.exceptionOrNull()?.let { throw it }
    return signal.getOrNull()
  }

  fun cancel() = subscription.cancel()

  override fun onSubscribe(subscription: Subscription) {
    this.subscription = subscription
  }

  override fun onNext(element: E) {
    received.trySend(element)
  }

  override fun onError(failure: Throwable) {
    received.close(failure)
  }

  override fun onComplete() {
    received.close()
  }
}
