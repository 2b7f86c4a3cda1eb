package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.request.KeyOptional;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.util.Objects;
import mockwebserver3.RecordedRequest;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Tag;

/** A custom Retrofit interface that uses the generated models. */
class CustomInterfaceTest {
  interface ThingsApi {
    @GET("things/{id}")
    Call<InquiryResponse> get(@Path("id") String id, @Tag RequestOptions options);

    @POST("things")
    Call<InquiryResponse> create(@Body CreateInquiryRequest body);

    @GET("things")
    Call<EventPage> list();

    @GET("raw")
    Call<JsonValue> raw();

    @GET("bytes")
    Call<ResponseBody> bytes();

    @KeyOptional
    @GET("status")
    Call<JsonValue> status();

    @GET("foreign")
    Call<StringBuilder> foreign();
  }

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
  void models_areDecodedFromResponsesAndEncodedInRequests() throws Exception {
    api.respond(200, MockApi.INQUIRY)
        .respond(201, MockApi.INQUIRY)
        .respond(200, MockApi.EMPTY_PAGE);
    PersonaClient client = api.client();
    ThingsApi things = client.api(ThingsApi.class);
    InquiryResponse expected = InquiryResponse.fromJson(MockApi.INQUIRY);

    assertThat(client.send(things.get("inq_1", RequestOptions.none())).body()).isEqualTo(expected);
    RecordedRequest request = api.request();
    assertThat(request.getTarget()).isEqualTo("/api/v1/things/inq_1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);
    assertThat(client.sendAsync(things.create(MockApi.NEW_INQUIRY)).get().body())
        .isEqualTo(expected);
    assertThat(Objects.requireNonNull(api.request().getBody()).utf8())
        .isEqualTo(MockApi.NEW_INQUIRY.toJson());
    assertThat(things.list().execute().body()).isEqualTo(EventPage.fromJson(MockApi.EMPTY_PAGE));
  }

  @Test
  void jsonValueAsResponse_isDecoded() {
    api.respond(200, "{\"a\":[1,null]}");

    JsonValue body = api.client().send(api.client().api(ThingsApi.class).raw()).body();

    assertThat(body.json()).isEqualTo("{\"a\":[1,null]}");
  }

  @Test
  void failedCall_throwsPersonaException() {
    api.respond(404, "{}").respond(200, "<html>").respond(204, "").respond(204, "");
    PersonaClient client = api.client();
    ThingsApi things = client.api(ThingsApi.class);

    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.send(things.list()));
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.send(things.list()));
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.send(things.list()))
        .withMessageContaining("there is no content");
    assertThat(client.send(things.bytes()).status()).isEqualTo(204);
  }

  @Test
  void keyOptional_withoutKey_isSent() throws Exception {
    api.respond(200, "{}");
    try (PersonaClient keyless = PersonaClient.builder().baseUrl(api.url()).build()) {
      keyless.send(keyless.api(ThingsApi.class).status());
    }
    assertThat(api.request().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void unsupportedType_throwsIllegalArgument() {
    ThingsApi things = api.client().api(ThingsApi.class);

    assertThatIllegalArgumentException()
        .isThrownBy(things::foreign)
        .withMessageContaining("StringBuilder");
  }
}
