package io.github.persona4j.examples.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.api.InquiryInclude
import io.github.persona4j.error.NotFoundException
import io.github.persona4j.kotlin.asFlow
import io.github.persona4j.kotlin.asPageFlow
import io.github.persona4j.kotlin.asRecord
import io.github.persona4j.kotlin.fill
import io.github.persona4j.kotlin.related
import io.github.persona4j.kotlin.subject
import io.github.persona4j.model.Event
import io.github.persona4j.model.EventName
import io.github.persona4j.model.GovernmentIdVerification
import io.github.persona4j.model.Inquiry
import io.github.persona4j.request.ResourceQuery.include
import java.time.LocalDate
import kotlin.jvm.optionals.getOrNull
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.future.await
import kotlinx.coroutines.withTimeout

// The code of docs/guides/kotlin.md.

internal suspend fun retrieve(persona: PersonaClient, id: String): Inquiry? =
  // region coroutines
  try {
    persona.async().inquiries().retrieve(id).await().data()
  } catch (e: NotFoundException) {
    null
  }

// endregion

internal suspend fun together(persona: PersonaClient, inquiryId: String, accountId: String) =
  // region coroutines-2
  withTimeout(10.seconds) {
    coroutineScope {
      val inquiry = async { persona.async().inquiries().retrieve(inquiryId).await() }
      val account = async { persona.async().accounts().retrieve(accountId).await() }
      Pair(inquiry.await().data(), account.await().data())
    }
  }

// endregion

internal suspend fun approvals(persona: PersonaClient): List<Event> =
  // region flows
  persona
    .async()
    .events()
    .listAll(fill { filterName(EventName.INQUIRY_APPROVED) })
    .asFlow()
    .filter { it.subject<Inquiry>() != null }
    .take(500)
    .toList()

// endregion

internal suspend fun pages(persona: PersonaClient, save: suspend (String?) -> Unit) {
  // region flows-2
  persona.async().events().listAll().asPageFlow().collect { page -> save(page.nextCursor()) }
  // endregion
}

internal suspend fun printed(persona: PersonaClient) {
  // region flows-3
  persona.events().listAll().asFlow().take(500).collect { println(it.id()) }
  // endregion
}

internal suspend fun create(persona: PersonaClient, note: String?): Inquiry =
  // region builders
  persona
    .async()
    .inquiries()
    .create(
      fill {
        inquiryTemplateId("itmpl_1")
        note(note) // absent if it is null
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
    .data()

// endregion

// region types
@JvmRecord data class Loyalty(val loyaltyLevel: Int?, val nickNames: List<String>)

// endregion

internal suspend fun types(persona: PersonaClient, id: String): String {
  val response =
    persona
      .async()
      .inquiries()
      .retrieve(id, include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS))
      .await()
  val inquiry = response.data()
  // region types-2
  val account = response.related(inquiry.account()).getOrNull()
  // region related
  val documents = response.related<GovernmentIdVerification>(inquiry.verifications())
  // endregion
  // region as-record
  val loyalty = inquiry.attributes().fields().asRecord<Loyalty>()
  // endregion
  // endregion
  return "${account?.id()}, ${documents.size} documents, level ${loyalty.loyaltyLevel ?: 0}"
}
