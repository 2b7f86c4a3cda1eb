package io.github.persona4j.kotlin

import io.github.persona4j.api.InquiryInclude
import io.github.persona4j.api.InquirySearch
import io.github.persona4j.model.EventName
import io.github.persona4j.request.RequestOptions
import io.github.persona4j.request.ResourceQuery.include
import io.github.persona4j.search.Search.where
import java.time.LocalDate
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

@Timeout(30)
class BuildersTest : FakeTest() {
  private suspend fun createdId(): String =
    persona.async().inquiries().create(fill { inquiryTemplateId("itmpl_1") }).await().data().id()

  @Test
  fun filledBuilders_areSent() {
    runBlocking {
      persona
        .async()
        .inquiries()
        .create(
          fill {
            inquiryTemplateId("itmpl_1")
            note("by phone")
            fields(
              fill {
                nameFirst("Ada")
                birthdate(LocalDate.of(1985, 12, 10))
                set("loyalty-level", 3)
              }
            )
          },
          fill { autoCreateAccountReferenceId("user-42") },
        )
        .await()
    }

    assertThat(body())
      .isEqualTo(
        """{"data":{"attributes":{"inquiry-template-id":"itmpl_1","note":"by phone",""" +
          """"fields":{"name-first":"Ada","birthdate":"1985-12-10","loyalty-level":3}}},""" +
          """"meta":{"auto-create-account-reference-id":"user-42"}}"""
      )
  }

  @Test
  fun blockingOperations_takeTheSameForm() {
    val inquiry = persona.inquiries().create(fill { inquiryTemplateId("itmpl_1") }).data()

    assertThat(persona.inquiries().retrieve(inquiry.id()).data().id()).isEqualTo(inquiry.id())
  }

  @Test
  fun nullInABuilder_isAbsent_andClearSendsNull() {
    val missing: String? = null
    runBlocking {
      val id = createdId()
      persona.async().inquiries().update(id, fill { note(missing) }).await()
      assertThat(body()).isEqualTo("""{"data":{"attributes":{}}}""")

      persona
        .async()
        .inquiries()
        .update(
          id,
          fill {
            note("called back")
            clearRedirectUri()
            fields(
              fill {
                nameFirst(missing)
                clear("name-last")
              }
            )
          },
        )
        .await()
      assertThat(body())
        .isEqualTo(
          """{"data":{"attributes":{"fields":{"name-last":null},""" +
            """"note":"called back","redirect-uri":null}}}"""
        )
    }
  }

  @Test
  fun emptyBlock_setsNothing() {
    runBlocking {
      val id = createdId()
      persona.async().inquiries().update(id, fill {}).await()
    }

    assertThat(body()).isEqualTo("""{"data":{"attributes":{}}}""")
  }

  @Test
  fun filledQuery_isSent_withAndWithoutOptions() {
    runBlocking {
      val approved: suspend () -> Unit = {
        persona
          .async()
          .events()
          .list(fill { filterName(EventName.INQUIRY_APPROVED).pageSize(3) })
          .await()
      }
      approved()
      assertThat(fake.requests().last().queryParameter("filter[name]"))
        .isEqualTo("inquiry.approved")
      assertThat(fake.requests().last().queryParameter("page[size]")).isEqualTo("3")

      val options = RequestOptions.builder().maxRetries(0).build()
      persona.async().events().listAll(fill { pageSize(7) }, options).asFlow().toList()
      assertThat(fake.requests().last().queryParameter("page[size]")).isEqualTo("7")

      persona.async().inquiries().list(fill { filterReferenceId(null) }).await()
      assertThat(fake.requests().last().queryParameter("filter[reference-id]")).isNull()
    }
  }

  @Test
  fun search_isAFlow() {
    runBlocking {
      val id =
        persona
          .async()
          .inquiries()
          .create(
            fill {
              inquiryTemplateId("itmpl_1")
              @Suppress("DEPRECATION") referenceId("user-42")
            }
          )
          .await()
          .data()
          .id()
      fake.clock().advance(java.time.Duration.ofMinutes(2))

      val found =
        persona
          .async()
          .inquiries()
          .searchAll(
            where(InquirySearch.REFERENCE_ID.eq("user-42"))
              .orderBy(InquirySearch.CREATED_AT.descending())
          )
          .asFlow()
          .toList()
      assertThat(found.map { it.id() }).contains(id)

      val none =
        persona
          .async()
          .inquiries()
          .searchAll(where(InquirySearch.REFERENCE_ID.eq("no-one")))
          .asFlow()
          .toList()
      assertThat(none).isEmpty()
    }
  }

  @Test
  fun exceptionInABlock_isThrownBeforeARequest() {
    val thrown =
      runCatching { persona.async().events().list(fill { pageSize(101) }) }.exceptionOrNull()

    assertThat(thrown).isInstanceOf(IllegalArgumentException::class.java)
    assertThat(fake.requestCount()).isZero()
  }

  @Test
  fun query_isStillPassedAsItIs() {
    runBlocking {
      val id = createdId()
      persona.async().inquiries().retrieve(id, include(InquiryInclude.ACCOUNT)).await()
    }

    assertThat(fake.requests().last().queryParameter("include")).isEqualTo("account")
  }
}
