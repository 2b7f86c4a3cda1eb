package io.github.persona4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OauthTest {
  private static final String ASSERTION =
      "grant_type=client_credentials&client_assertion_type="
          + URLEncoder.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", UTF_8)
          + "&scope=inquiry.read&client_assertion=";

  private final SettableClock clock = new SettableClock();
  private final KeyPair keys = keys();
  private final FakePersona persona =
      FakePersona.builder().clock(clock).oauthClient("c1", keys.getPublic()).start();

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    persona.close();
  }

  private HttpResponse<String> post(String path, String form, String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(persona.baseUrl() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private String assertion(String client, String id, PrivateKey key)
      throws GeneralSecurityException {
    return assertion(client, id, key, clock.instant());
  }

  private static String assertion(String client, String id, PrivateKey key, Instant time)
      throws GeneralSecurityException {
    long now = time.getEpochSecond();
    String claims =
        String.format(
            "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"a\",\"jti\":\"%s\",\"iat\":%d,\"exp\":%d}",
            client, client, id, now, now + 60);
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String signed =
        base64.encodeToString("{\"alg\":\"RS256\"}".getBytes(UTF_8))
            + "."
            + base64.encodeToString(claims.getBytes(UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(signed.getBytes(UTF_8));
    return signed + "." + base64.encodeToString(signature.sign());
  }

  private int statusWith(String token) throws IOException {
    return new TestClient(persona).get("/events", "Authorization", "Bearer " + token).status();
  }

  @Test
  void signedAssertion_getsATokenThatExpires() throws Exception {
    HttpResponse<String> response =
        post("/oauth/token", ASSERTION + assertion("c1", "1", keys.getPrivate()), "");

    assertThat(response.statusCode()).isEqualTo(201);
    JsonObject token = json(response);
    assertThat(token.get("expires-in").getAsInt()).isEqualTo(900);
    assertThat(token.get("scope").getAsString()).isEqualTo("inquiry.read");
    assertThat(token.get("token-type").getAsString()).isEqualTo("bearer");
    String value = token.get("access-token").getAsString();
    assertThat(statusWith(value)).isEqualTo(200);
    clock.advance(Duration.ofSeconds(899));
    assertThat(statusWith(value)).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(statusWith(value)).isEqualTo(401);
  }

  @Test
  void wrongAssertion_isNotAccepted() throws Exception {
    String used = assertion("c1", "1", keys.getPrivate());
    assertThat(post("/oauth/token", ASSERTION + used, "").statusCode()).isEqualTo(201);
    assertThat(post("/oauth/token", ASSERTION + used, "").statusCode()).isEqualTo(401);
    String other = assertion("c1", "2", keys().getPrivate());
    assertThat(post("/oauth/token", ASSERTION + other, "").statusCode()).isEqualTo(401);
    String unknown = assertion("c2", "3", keys.getPrivate());
    assertThat(post("/oauth/token", ASSERTION + unknown, "").statusCode()).isEqualTo(401);
    assertThat(post("/oauth/token", ASSERTION + "x", "").statusCode()).isEqualTo(401);
    String late = assertion("c1", "4", keys.getPrivate());
    clock.advance(Duration.ofMinutes(1));
    assertThat(post("/oauth/token", ASSERTION + late, "").statusCode()).isEqualTo(401);
  }

  @Test
  void wrongForm_isABadRequest() throws Exception {
    for (String form :
        new String[] {
          "",
          "grant-type=password",
          "grant-type=authorization_code",
          "grant-type=authorization_code&code=x",
          "grant_type=client_credentials",
          "grant_type=client_credentials&client_assertion_type=x&client_assertion=y"
        }) {
      assertThat(post("/oauth/token", form, "").statusCode()).isEqualTo(400);
    }
    String key = persona.apiKey();
    for (String form :
        new String[] {
          "client-id=c1&response-type=token&scope=s",
          "client-id=c2&response-type=code&scope=s",
          "client-id=c1&response-type=code"
        }) {
      assertThat(post("/oauth/authorize", form, key).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void code_isExchangedOnce() throws Exception {
    HttpResponse<String> authorized =
        post("/oauth/authorize", "client-id=c1&response-type=code&scope=s", persona.apiKey());
    assertThat(authorized.statusCode()).isEqualTo(201);
    String form =
        "grant-type=authorization_code&code=" + json(authorized).get("code").getAsString();

    HttpResponse<String> token = post("/oauth/token", form, persona.apiKey());
    assertThat(token.statusCode()).isEqualTo(201);
    assertThat(json(token).get("expires-in").getAsInt()).isEqualTo(3599);
    assertThat(statusWith(json(token).get("access-token").getAsString())).isEqualTo(200);
    assertThat(post("/oauth/token", form, persona.apiKey()).statusCode()).isEqualTo(400);
  }

  @Test
  void codeAfterItsTime_isNotAccepted() throws Exception {
    String code =
        json(post("/oauth/authorize", "client-id=c1&response-type=code&scope=s", persona.apiKey()))
            .get("code")
            .getAsString();
    clock.advance(Duration.ofMinutes(15));

    assertThat(post("/oauth/token", "grant-type=authorization_code&code=" + code, "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void movedClock_acceptsAssertionsOfTheRealTimeAndOfItsOwn() throws Exception {
    for (Duration moved : new Duration[] {Duration.ZERO, Duration.ofMinutes(16)}) {
      clock.advance(moved);
      String real = assertion("c1", "real " + moved, keys.getPrivate(), Instant.now());
      String own = assertion("c1", "own " + moved, keys.getPrivate());
      HttpResponse<String> response = post("/oauth/token", ASSERTION + real, "");
      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(post("/oauth/token", ASSERTION + own, "").statusCode()).isEqualTo(201);

      String token = json(response).get("access-token").getAsString();
      assertThat(
              new TestClient(persona).get("/events", "Authorization", "Bearer " + token).status())
          .isEqualTo(200);
      clock.advance(Duration.ofMinutes(16));
      assertThat(
              new TestClient(persona).get("/events", "Authorization", "Bearer " + token).status())
          .isEqualTo(401);
    }
    String neither =
        assertion("c1", "n", keys.getPrivate(), clock.instant().minus(Duration.ofHours(1)));
    assertThat(post("/oauth/token", ASSERTION + neither, "").statusCode()).isEqualTo(401);
  }
}
