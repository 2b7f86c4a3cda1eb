package io.github.persona4j.kotlin

import io.github.persona4j.RetryPolicy
import io.github.persona4j.error.AuthenticationException
import io.github.persona4j.error.MalformedResponseException
import io.github.persona4j.error.NotFoundException
import io.github.persona4j.error.PersonaConnectionException
import io.github.persona4j.error.ServerException
import io.github.persona4j.model.Event
import io.github.persona4j.paging.AsyncPages
import io.github.persona4j.testing.Fault
import java.time.Duration
import java.util.concurrent.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(30)
class FlowTest : FakeTest() {
  private val events: AsyncPages<Event>
    get() = persona.async().events().listAll(fill { pageSize(10) })

  private val ids: List<String>
    get() = persona.events().listAll().map { it.id() }

  private fun pagesOf(block: suspend () -> Unit): Long {
    val before = fake.requestCount()
    runBlocking { block() }
    return fake.requestCount() - before
  }

  @Test
  fun collectedFlow_hasAllItemsInOrder() {
    val expected = ids

    val requests = pagesOf {
      assertThat(events.asFlow().map { it.id() }.toList()).isEqualTo(expected)
    }

    assertThat(expected).hasSize(25)
    assertThat(requests).isEqualTo(3)
  }

  @Test
  fun flowThatIsNotCollected_makesNoRequest() {
    assertThat(pagesOf { events.asFlow().map { it.id() }.take(3) }).isZero()
  }

  @Test
  fun secondCollection_makesItsOwnRequests() {
    val flow = events.asFlow()

    val requests = pagesOf {
      assertThat(flow.count()).isEqualTo(25)
      assertThat(flow.count()).isEqualTo(25)
    }

    assertThat(requests).isEqualTo(6)
  }

  @Test
  fun take_requestsNoPageAfterTheLastItem() {
    assertThat(pagesOf { assertThat(events.asFlow().take(1).count()).isEqualTo(1) }).isEqualTo(1)
    assertThat(pagesOf { assertThat(events.asFlow().take(10).count()).isEqualTo(10) }).isEqualTo(1)
    assertThat(pagesOf { assertThat(events.asFlow().take(11).count()).isEqualTo(11) }).isEqualTo(2)
    assertThat(pagesOf { events.asFlow().first() }).isEqualTo(1)
    val twentieth = ids[19]
    assertThat(pagesOf { events.asFlow().first { it.id() == twentieth } }).isEqualTo(2)
  }

  @Test
  fun nextPage_isRequestedWhenTheItemsAreProcessed() {
    val requestsAtItem = mutableListOf<Long>()

    pagesOf {
      val before = fake.requestCount()
      events.asFlow().collect { requestsAtItem.add(fake.requestCount() - before) }
    }

    assertThat(requestsAtItem).isEqualTo(List(10) { 1L } + List(10) { 2L } + List(5) { 3L })
  }

  @Test
  fun pageFlow_hasPagesOnDemand() {
    val cursors = mutableListOf<String?>()
    val requestsAtPage = mutableListOf<Long>()

    val requests = pagesOf {
      val before = fake.requestCount()
      events.asPageFlow().collect {
        requestsAtPage.add(fake.requestCount() - before)
        cursors.add(it.nextCursor())
      }
    }

    assertThat(requests).isEqualTo(3)
    assertThat(requestsAtPage).containsExactly(1, 2, 3)
    assertThat(cursors).containsExactly(ids[9], ids[19], null)
    assertThat(pagesOf { events.asPageFlow().take(2).toList() }).isEqualTo(2)
  }

  @Test
  fun flowOfAQueryWithBefore_goesToNewerItems() {
    val expected = ids.take(12).reversed()
    val newer = persona.async().events().listAll(fill { pageSize(5).pageBefore(ids[12]) }).asFlow()

    assertThat(runBlocking { newer.map { it.id() }.toList() }).isEqualTo(expected)
  }

  @Test
  fun cancellationInAPage_endsTheFlowWithoutAnotherRequest() {
    val requests = pagesOf {
      val reached = CompletableDeferred<Unit>()
      var seen = 0
      val job =
        CoroutineScope(Dispatchers.Default).launch {
          events.asFlow().collect {
            seen++
            if (seen == 15) {
              reached.complete(Unit)
              awaitCancellation()
            }
          }
        }
      reached.await()
      job.cancelAndJoin()
      assertThat(seen).isEqualTo(15)
    }

    assertThat(requests).isEqualTo(2)
  }

  @Test
  fun cancellationByTheCollectorItself_requestsNoPage() {
    var seen = 0

    val requests = pagesOf {
      val job =
        CoroutineScope(Dispatchers.Default).launch {
          events.asFlow().collect {
            seen++
            if (seen == 10) {
              currentCoroutineContext().cancel()
            }
          }
        }
      job.join()
      assertThat(job.isCancelled).isTrue()
    }

    assertThat(seen).isEqualTo(10)
    assertThat(requests).isEqualTo(1)
  }

  @Test
  fun failureOfTheSecondPage_comesAfterTheItemsOfTheFirst() {
    val seen = mutableListOf<String>()
    val failure = runBlocking {
      var thrown: Throwable? = null
      events
        .asFlow()
        .onEach {
          seen.add(it.id())
          if (seen.size == 10) {
            fake.failNext(Fault.status(401))
          }
        }
        .catch { thrown = it }
        .collect {}
      thrown
    }

    assertThat(failure).isExactlyInstanceOf(AuthenticationException::class.java)
    assertThat((failure as AuthenticationException).status()).isEqualTo(401)
    assertThat(seen).isEqualTo(ids.take(10))
  }

  @Test
  fun failures_areThoseOfTheCalls() {
    fun failure(vararg faults: Fault): Throwable? {
      fake.failNext(*faults)
      return runBlocking { runCatching { events.asFlow().toList() }.exceptionOrNull() }
    }
    val policy = persona.withRetryPolicy(RetryPolicy.none())

    assertThat(failure(Fault.status(404))).isExactlyInstanceOf(NotFoundException::class.java)
    assertThat(failure(Fault.body("[]"))).isInstanceOf(MalformedResponseException::class.java)
    fake.failNext(Fault.status(503), Fault.dropConnection())
    runBlocking {
      val failures =
        List(2) {
          runCatching { policy.async().events().listAll().asPageFlow().first() }.exceptionOrNull()
        }
      assertThat(failures[0]).isExactlyInstanceOf(ServerException::class.java)
      assertThat(failures[1]).isInstanceOf(PersonaConnectionException::class.java)
    }
  }

  @Test
  fun unavailableServer_isAskedAgainWithinTheFlow() {
    val requests = pagesOf {
      var seen = 0
      events.asFlow().collect {
        seen++
        if (seen == 10) {
          fake.failNext(Fault.status(503), Fault.status(503))
        }
      }
      assertThat(seen).isEqualTo(25)
    }

    assertThat(requests).isEqualTo(5)
  }

  @Test
  fun exceptionOfTheCollector_isThrownAndEndsTheRequests() {
    val requests = pagesOf {
      val thrown = runCatching { events.asFlow().collect { error("stop") } }.exceptionOrNull()
      assertThat(thrown).isExactlyInstanceOf(IllegalStateException::class.java).hasMessage("stop")
    }

    assertThat(requests).isEqualTo(1)
  }

  @Test
  fun emptyPage_isNotTheEnd() {
    fake.emptyPageAfter(ids[9])

    assertThat(runBlocking { events.asFlow().count() }).isEqualTo(25)
  }

  @Test
  fun emptyList_isAnEmptyFlow() {
    val none = persona.async().inquiries().listAll(fill { filterReferenceId("none") })

    runBlocking {
      assertThat(none.asFlow().toList()).isEmpty()
      assertThat(none.asPageFlow().toList().map { it.items().size }).containsExactly(0)
    }
  }

  @Test
  fun flowOnAnotherDispatcher_keepsOrderAndItems() {
    val expected = ids

    val requests = pagesOf {
      val items = events.asFlow().buffer(3).flowOn(Dispatchers.Default).map { it.id() }.toList()
      assertThat(items).isEqualTo(expected)
    }

    assertThat(requests).isEqualTo(3)
  }

  @Test
  fun cancelledCollection_throwsNoPersonaException() {
    val thrown = runBlocking {
      val caught = CompletableDeferred<Throwable>()
      fake.failNext(Fault.delay(Duration.ofSeconds(20)))
      val job = launch {
        try {
          events.asFlow().toList()
        } catch (e: Throwable) {
          caught.complete(e)
          throw e
        }
      }
      while (fake.requestCount() == 0L) {
        delay(5)
      }
      job.cancelAndJoin()
      caught.await()
    }

    assertThat(thrown).isInstanceOf(CancellationException::class.java)
  }

  @Test
  fun pagesOfTheBlockingClient_areFlowsUpToTheirLimit() {
    val expected = ids
    val pages = persona.events().listAll(fill { pageSize(10) })

    runBlocking {
      assertThat(pages.asFlow().map { it.id() }.toList()).isEqualTo(expected)
      assertThat(pages.asPageFlow().toList().map { it.items().size }).containsExactly(10, 10, 5)
      assertThat(pages.limit(12).asFlow().map { it.id() }.toList()).isEqualTo(expected.take(12))
      assertThat(pages.limit(12).asPageFlow().toList()).hasSize(2)
    }
    assertThat(pagesOf { pages.limit(10).asFlow().toList() }).isEqualTo(1)
    assertThat(pagesOf { assertThat(pages.limit(0).asFlow().toList()).isEmpty() }).isZero()
    assertThat(pagesOf { pages.asFlow().first() }).isEqualTo(1)
  }
}
