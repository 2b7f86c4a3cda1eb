package io.github.persona4j.kotlin

import io.github.persona4j.api.InquiryInclude
import io.github.persona4j.json.JsonValue
import io.github.persona4j.model.Account
import io.github.persona4j.model.Event
import io.github.persona4j.model.GovernmentIdVerification
import io.github.persona4j.model.Inquiry
import io.github.persona4j.model.InquiryResponse
import io.github.persona4j.model.Verification
import io.github.persona4j.request.ResourceQuery.include
import io.github.persona4j.testing.Fault
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import retrofit2.Call
import retrofit2.http.GET
import retrofit2.http.Path

@Timeout(30)
class TypesTest : FakeTest() {
  @JvmRecord
  data class Loyalty(val loyaltyLevel: Int?, val nickNames: List<String>, val joined: String?)

  interface ThingsApi {
    @GET("events/{id}") fun event(@Path("id") id: String): Call<JsonValue>
  }

  private fun retrieved(body: String): InquiryResponse = runBlocking {
    fake.failNext(Fault.body(body))
    persona.async().inquiries().retrieve("inq_1").await()
  }

  @Test
  fun fields_areARecord_withAbsentAndNullParts() {
    val fields =
      """{"loyalty-level":{"type":"integer","value":3},"joined":{"type":"string","value":null}}"""
    val inquiry =
      retrieved(
          """{"data":{"type":"inquiry","id":"inq_1","attributes":{"fields":$fields},""" +
            """"relationships":{}}}"""
        )
        .data()

    assertThat(inquiry.attributes().fields().asRecord<Loyalty>())
      .isEqualTo(Loyalty(loyaltyLevel = 3, nickNames = emptyList(), joined = null))
  }

  @Test
  fun record_isWritten() {
    runBlocking {
      persona
        .async()
        .inquiries()
        .create(
          fill {
            inquiryTemplateId("itmpl_1")
            fields(fill { setAll(Loyalty(4, listOf("Countess"), null)) })
          }
        )
        .await()
    }

    assertThat(body()).contains(""""fields":{"loyalty-level":4,"nick-names":["Countess"]}""")
  }

  @Test
  fun related_hasTheTargetsOfOneType() {
    val response =
      retrieved(
        """{"data":{"type":"inquiry","id":"inq_1","attributes":{},"relationships":{""" +
          """"verifications":{"data":[{"type":"verification/government-id","id":"ver_1"},""" +
          """{"type":"verification/selfie","id":"ver_2"},{"type":"verification/new","id":"ver_3"}]}}},""" +
          """"included":[{"type":"verification/selfie","id":"ver_2","attributes":{}},""" +
          """{"type":"verification/new","id":"ver_3","attributes":{"odd":1}},""" +
          """{"type":"verification/government-id","id":"ver_1","attributes":{}}]}"""
      )
    val verifications = response.data().verifications()

    val documents: List<GovernmentIdVerification> =
      response.related<GovernmentIdVerification>(verifications)
    assertThat(documents.map { it.id() }).containsExactly("ver_1")
    assertThat(response.related<Verification>(verifications).map { it.id() })
      .contains("ver_1", "ver_2")
    assertThat(response.included()?.map { it.type() })
      .containsExactly("verification/selfie", "verification/new", "verification/government-id")
  }

  @Test
  fun related_isEmptyWithoutIncludedResources() {
    val response = retrieved("""{"data":{"type":"inquiry","id":"inq_1","attributes":{}}}""")

    assertThat(response.included()).isNull()
    assertThat(response.related<GovernmentIdVerification>(response.data().verifications()))
      .isEmpty()
  }

  @Test
  fun subject_isNullIfItIsOfAnotherType() {
    fun event(payload: String): Event =
      Event.fromJson(
        """{"type":"event","id":"evt_1","attributes":{"name":"inquiry.approved"$payload}}"""
      )
    val inquiry = event(""","payload":{"data":{"type":"inquiry","id":"inq_1","attributes":{}}}""")
    val unknown = event(""","payload":{"data":{"type":"hologram","id":"hol_1","size":3}}""")

    assertThat(inquiry.subject<Inquiry>()?.id()).isEqualTo("inq_1")
    assertThat(inquiry.subject<Account>()).isNull()
    assertThat(unknown.subject<Inquiry>()).isNull()
    assertThat(unknown.payload().data()?.type()).isEqualTo("hologram")
    assertThat(event(""","payload":null""").subject<Inquiry>()).isNull()
    assertThat(event("").subject<Inquiry>()).isNull()
  }

  @Test
  fun unknownValues_areKept() {
    val inquiry =
      retrieved(
          """{"data":{"type":"inquiry","id":"inq_1","attributes":{"status":"floating","odd":[1]}}}"""
        )
        .data()
    val status = inquiry.attributes().status()

    assertThat(status?.value()).isEqualTo("floating")
    assertThat(status?.isKnown).isFalse()
    assertThat(inquiry.attributes().property("odd")?.json()).isEqualTo("[1]")
  }

  @Test
  fun ownInterface_isReified() {
    val id = fake.ids("event").first()

    val event = persona.send(persona.api<ThingsApi>().event(id)).body()

    assertThat(event?.toString()).isNotNull()
    assertThat(fake.requests().last().path()).endsWith("/events/$id")
  }

  @Test
  fun includedAccount_isFoundInKotlin() {
    runBlocking {
      val created =
        persona
          .async()
          .inquiries()
          .create(
            fill { inquiryTemplateId("itmpl_1") },
            fill { autoCreateAccountReferenceId("user-42") },
          )
          .await()
          .data()
      val response =
        persona.async().inquiries().retrieve(created.id(), include(InquiryInclude.ACCOUNT)).await()

      assertThat(response.related(response.data().account())).isPresent()
    }
  }
}
