package io.github.persona4j.examples.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.api.InquiryInclude
import io.github.persona4j.error.NotFoundException
import io.github.persona4j.kotlin.fill
import io.github.persona4j.model.EventName
import io.github.persona4j.model.Inquiry
import io.github.persona4j.request.ResourceQuery.include
import java.time.LocalDate
import kotlin.jvm.optionals.getOrNull

/** Everyday tasks with the blocking client. The compiler knows what can be null. */
class EverydayTasks(private val persona: PersonaClient) {

  fun create(referenceId: String): Inquiry =
    persona
      .inquiries()
      .create(
        fill {
          inquiryTemplateId("itmpl_1")
          fields(
            fill {
              nameFirst("Ada")
              birthdate(LocalDate.of(1985, 12, 10))
              set("loyalty-level", 3)
            }
          )
        },
        fill { autoCreateAccountReferenceId(referenceId) },
      )
      .data()

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
