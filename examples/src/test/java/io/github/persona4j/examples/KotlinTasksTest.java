package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import org.junit.jupiter.api.Test;

class KotlinTasksTest {
  @Test
  void tasks_run() {
    try (FakePersona fake = FakePersona.start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      KotlinTasks tasks = new KotlinTasks(persona);

      String id = tasks.create("user-42").id();

      assertThat(fake.requests().get(0).bodyText()).contains("\"loyalty-level\":3");
      assertThat(tasks.describe(id)).matches("created, level \\d, account \\w+");
      assertThat(tasks.describe("inq_none")).isNull();
      assertThat(tasks.countApproved()).isPositive();
    }
  }
}
