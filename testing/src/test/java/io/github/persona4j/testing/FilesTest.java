package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.file.FileLinks;
import io.github.persona4j.testing.internal.webhook.Receiver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilesTest {
  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().clock(clock).start();
  private final FileLinks links = new FileLinks(persona::origin, clock);

  @AfterEach
  void close() {
    persona.close();
  }

  private String link(String name) {
    return links.rewrite("https://files.withpersona.com/" + name + "?access_token=x", HOURS_6);
  }

  private static final Duration HOURS_6 = Duration.ofHours(6);

  private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void link_needsNoKeyAndExpires() throws Exception {
    String url = link("a/front.jpg");
    assertThat(url).startsWith(persona.origin() + "/files/a/front.jpg?access_token=");

    HttpResponse<byte[]> photo = get(url);
    assertThat(photo.statusCode()).isEqualTo(200);
    assertThat(photo.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(photo.body())).getWidth()).isEqualTo(16);
    clock.advance(HOURS_6.minusSeconds(1));
    assertThat(get(url).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(get(url).statusCode()).isEqualTo(403);
  }

  @Test
  void wrongLink_isForbidden() throws Exception {
    String url = link("front.jpg");
    assertThat(get(url.replace("front", "back")).statusCode()).isEqualTo(403);
    assertThat(get(url + "x").statusCode()).isEqualTo(403);
    assertThat(get(url.substring(0, url.indexOf('?'))).statusCode()).isEqualTo(403);
    assertThat(get(url.replaceAll("=\\d+", "=9999999999")).statusCode()).isEqualTo(403);
    assertThat(get(url.replaceAll("=\\d+", "=x")).statusCode()).isEqualTo(403);
  }

  @Test
  void files_haveTheFormatOfTheirNames() throws Exception {
    for (String[] expected :
        new String[][] {
          {"a.pdf", "application/pdf"},
          {"a.CSV", "text/csv"},
          {"video", "video/mp4"},
          {"selfie-photo", "image/jpeg"}
        }) {
      HttpResponse<byte[]> response = get(link(expected[0]));
      assertThat(response.headers().firstValue("Content-Type")).hasValue(expected[1]);
      assertThat(response.body()).isNotEmpty();
    }
  }

  @Test
  void otherText_isNotChanged() {
    for (String json :
        new String[] {
          "{}", "{\"a\":\"https://app.withpersona.com/x\"}", "https://files.example/"
        }) {
      assertThat(links.rewrite(json, HOURS_6)).isEqualTo(json);
    }
  }

  @Test
  void linksInResponsesAndEvents_leadToTheFake() throws Exception {
    TestClient client = new TestClient(persona);
    String photo = "https://files.withpersona.com/front.jpg?access_token=sample";
    String body =
        "{\"data\":{\"attributes\":{\"reference-id\":\"r1\",\"fields\":{\"photo\":\""
            + photo
            + "\"}}}}";
    try (Receiver receiver = new Receiver()) {
      persona.webhooks().to(receiver.url()).register();
      JsonObject created = client.post("/accounts", body).json();
      persona.webhooks().await();

      for (String text : new String[] {created.toString(), receiver.received().get(0).text()}) {
        Matcher link = Pattern.compile("http://[^\"]*/files/front\\.jpg[^\"]*").matcher(text);
        assertThat(link.find()).isTrue();
        assertThat(get(link.group()).statusCode()).isEqualTo(200);
        assertThat(text).doesNotContain("withpersona.com");
      }
    }
  }
}
