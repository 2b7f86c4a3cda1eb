package io.github.persona4j.examples.kotlin

import io.github.persona4j.PersonaClient
import io.github.persona4j.testing.FakePersona
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

class EverydayTasksTest {
  private val fake = FakePersona.start()
  private val persona =
    PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()

  @AfterEach
  fun stop() {
    persona.close()
    fake.close()
  }

  @Test
  fun tasks_run() {
    val tasks = EverydayTasks(persona)

    val id = tasks.create("user-42").id()

    assertThat(fake.requests().first().bodyText()).contains("\"loyalty-level\":3")
    assertThat(tasks.describe(id)).matches("created, level \\d, account \\w+")
    assertThat(tasks.describe("inq_none")).isNull()
    assertThat(tasks.countApproved()).isPositive()
  }

  @Test
  fun codeOfTheGuide_runs() = runBlocking {
    val inquiry = create(persona, note = null)
    assertThat(fake.requests().last().bodyText())
      .contains("\"name-first\":\"Ada\"")
      .doesNotContain("note")
    val account = checkNotNull(inquiry.account().id())

    assertThat(retrieve(persona, inquiry.id())?.id()).isEqualTo(inquiry.id())
    assertThat(retrieve(persona, "inq_none")).isNull()
    assertThat(together(persona, inquiry.id(), account).second.id()).isEqualTo(account)
    assertThat(approvals(persona)).isNotEmpty()
    val cursors = mutableListOf<String?>()
    pages(persona) { cursors.add(it) }
    assertThat(cursors).isNotEmpty()
    assertThat(cursors.last()).isNull()
    assertThat(types(persona, inquiry.id())).startsWith("$account, 0 documents, level ")
    Unit
  }
}
