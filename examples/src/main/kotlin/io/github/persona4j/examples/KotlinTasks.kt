package io.github.persona4j.examples

import io.github.persona4j.PersonaClient
import io.github.persona4j.api.InquiryInclude
import io.github.persona4j.error.NotFoundException
import io.github.persona4j.model.EventName
import io.github.persona4j.model.Inquiry
import io.github.persona4j.request.ResourceQuery.include
import java.time.LocalDate
import kotlin.jvm.optionals.getOrNull

/** Everyday tasks in Kotlin, whose compiler knows what can be null. */
class KotlinTasks(private val persona: PersonaClient) {

  fun create(referenceId: String): Inquiry =
    persona.inquiries().create(
      { inquiry ->
        inquiry.inquiryTemplateId("itmpl_1").fields {
          it.nameFirst("Ada").birthdate(LocalDate.of(1985, 12, 10)).set("loyalty-level", 3)
        }
      },
      { meta -> meta.autoCreateAccountReferenceId(referenceId) },
    ).data()

  fun countApproved(): Int =
    persona.events().listAll { it.filterName(EventName.INQUIRY_APPROVED) }.count()

  /** The inquiry in one line; null if there is none. */
  fun describe(id: String): String? =
    try {
      val response = persona.inquiries().retrieve(id, include(InquiryInclude.ACCOUNT))
      val inquiry = response.data()
      val account = response.related(inquiry.account()).getOrNull()
      val level = inquiry.attributes().fields().getInteger("loyalty-level") ?: 0
      val status = inquiry.attributes().status()?.value() ?: "unknown"
      "$status, level $level, account ${account?.id() ?: "none"}"
    } catch (e: NotFoundException) {
      null
    }
}
