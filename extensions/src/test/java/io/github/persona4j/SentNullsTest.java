package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.ClaimType;
import io.github.persona4j.model.CreateRelayRequest;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.model.UpdateInquiryAttributes;
import io.github.persona4j.model.UpdateInquiryData;
import io.github.persona4j.model.UpdateInquiryRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which attributes a request sends as null, and which it leaves out. */
class SentNullsTest {
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void attributeThatIsSetToNull_isLeftOutOfAPatch() throws Exception {
    @Nullable String unknown = null;

    assertThat(patched(attributes -> attributes.note(unknown).redirectUri("https://a.example")))
        .isEqualTo("{\"redirect-uri\":\"https://a.example\"}");
    assertThat(patched(attributes -> attributes.note("old").note(unknown))).isEqualTo("{}");
    assertThat(patched(attributes -> attributes.fields((InquiryFieldValues) null).tags(null)))
        .isEqualTo("{}");
  }

  @Test
  void attributeThatIsCleared_isSentAsNullInAPatch() throws Exception {
    assertThat(patched(attributes -> attributes.note("called back").clearRedirectUri()))
        .isEqualTo("{\"note\":\"called back\",\"redirect-uri\":null}");
    assertThat(patched(attributes -> attributes.clearFields().clearNote().tags(List.of("vip"))))
        .isEqualTo("{\"fields\":null,\"note\":null,\"tags\":[\"vip\"]}");
  }

  @Test
  void attributeThatIsSetAndCleared_isSentAsTheLastCallSays() throws Exception {
    assertThat(patched(attributes -> attributes.clearNote().note("x")))
        .isEqualTo("{\"note\":\"x\"}");
    assertThat(patched(attributes -> attributes.note("x").clearNote()))
        .isEqualTo("{\"note\":null}");
    assertThat(patched(attributes -> attributes.clearNote().note(null))).isEqualTo("{}");
  }

  @Test
  void clearedAttribute_isSentAsNullAfterToBuilder() throws Exception {
    UpdateInquiryAttributes cleared = UpdateInquiryAttributes.builder().clearNote().build();

    assertThat(patch(cleared.toBuilder().redirectUri(null).build())).isEqualTo("{\"note\":null}");
    assertThat(patch(cleared.toBuilder().note(null).build())).isEqualTo("{}");
  }

  @Test
  void requiredAttributeThatMayBeNull_isSentAsNullUnlessItIsSet() throws Exception {
    CreateRelayRequest.Builder request = CreateRelayRequest.builder().claimType(ClaimType.of("x"));
    String expected = "{\"claim-type\":\"x\",\"encryption-key-pem\":null}";

    assertThat(created(request.build())).isEqualTo(expected);
    assertThat(created(request.encryptionKeyPem("k").encryptionKeyPem(null).build()))
        .isEqualTo(expected);
    assertThat(created(request.encryptionKeyPem("k").clearEncryptionKeyPem().build()))
        .isEqualTo(expected);
    assertThat(created(request.encryptionKeyPem("k").build()))
        .isEqualTo("{\"claim-type\":\"x\",\"encryption-key-pem\":\"k\"}");
  }

  private String patched(Consumer<UpdateInquiryAttributes.Builder> attributes) throws Exception {
    UpdateInquiryAttributes.Builder builder = UpdateInquiryAttributes.builder();
    attributes.accept(builder);
    return patch(builder.build());
  }

  private String patch(UpdateInquiryAttributes attributes) throws Exception {
    api.respond(200, "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{}}}");
    UpdateInquiryData data = UpdateInquiryData.builder().attributes(attributes).build();
    api.client().inquiries().update("inq_1", UpdateInquiryRequest.builder().data(data).build());
    RecordedRequest request = api.request();
    assertThat(request.getMethod()).isEqualTo("PATCH");
    String body = body(request);
    String start = "{\"data\":{\"attributes\":";
    assertThat(body).startsWith(start).endsWith("}}");
    return body.substring(start.length(), body.length() - 2);
  }

  private String created(CreateRelayRequest body) throws Exception {
    api.respond(200, "{}");
    api.client().relay().create(body);
    return body(api.request());
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }
}
