package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of the hosted flow. */
class HostedFlowTest {
  private static HttpUrl parsed(HostedFlow flow) {
    HttpUrl url = HttpUrl.get(flow.build());
    assertThat(url).isNotNull();
    return url;
  }

  @Test
  void template_withAllParameters_isEncoded() {
    URI url =
        HostedFlow.ofTemplate("itmpl_1")
            .environmentId("env_1")
            .referenceId("user+42 &c")
            .fields(
                f ->
                    f.nameFirst("Zo\u00eb = \u202ex")
                        .birthdate(LocalDate.of(1985, 12, 10))
                        .set("level", 3)
                        .set("vip", true))
            .redirectUri("https://example.com/done?a=b&c=d#e")
            .language("pt-BR")
            .build();

    assertThat(url.toString())
        .startsWith(
            "https://inquiry.withpersona.com/verify?inquiry-template-id=itmpl_1&environment-id=env_1"
                + "&reference-id=user%2B42%20%26c&redirect-uri=https%3A%2F%2Fexample.com%2Fdone%3Fa%3Db"
                + "%26c%3Dd%23e&language=pt-BR&fields%5Bname-first%5D=Zo%C3%AB%20%3D%20%E2%80%AEx&");
    HttpUrl read = HttpUrl.get(url);
    assertThat(read.queryParameter("fields[birthdate]")).isEqualTo("1985-12-10");
    assertThat(read.queryParameter("fields[level]")).isEqualTo("3");
    assertThat(read.queryParameter("fields[vip]")).isEqualTo("true");
    assertThat(read.querySize()).isEqualTo(9);
  }

  @Test
  void inquiry_withSessionToken_isEncoded() {
    assertThat(HostedFlow.ofInquiry("inq_1").sessionToken("a.b-c_d").build())
        .hasToString(
            "https://inquiry.withpersona.com/verify?inquiry-id=inq_1&session-token=a.b-c_d");
    assertThat(HostedFlow.ofInquiry("inq_1").baseUrl("https://acme.withpersona.com/verify").build())
        .hasToString("https://acme.withpersona.com/verify?inquiry-id=inq_1");
  }

  @Test
  void randomValues_arriveUnchanged() {
    Random random = new Random(15);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder("x");
      for (int j = random.nextInt(20); j > 0; j--) {
        int c = random.nextInt(i % 2 == 0 ? 0x80 : 0x11000);
        text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '+' : c);
      }
      HttpUrl url =
          parsed(
              HostedFlow.ofTemplate("itmpl_1")
                  .referenceId(text.toString())
                  .fields(f -> f.nameFirst(text.toString())));
      assertThat(url.queryParameter("reference-id")).isEqualTo(text.toString());
      assertThat(url.queryParameter("fields[name-first]")).isEqualTo(text.toString());
      assertThat(url.querySize()).isEqualTo(3);
    }
  }

  @Test
  void null_leavesParameterOut() {
    HostedFlow flow =
        HostedFlow.ofTemplate("itmpl_1").environmentId("env_1").referenceId("user").language("es");

    flow.environmentId(null).referenceId(null).language(null).redirectUri(null).sessionToken(null);

    assertThat(flow.fields(f -> f.nameFirst(null)).build())
        .hasToString("https://inquiry.withpersona.com/verify?inquiry-template-id=itmpl_1");
  }

  @Test
  void fields_areAdded_andReplacedByName() {
    HttpUrl url =
        parsed(
            HostedFlow.ofTemplate("itmpl_1")
                .fields(f -> f.nameFirst("Ada").nameLast("Example"))
                .fields(f -> f.nameFirst("Zoe")));

    assertThat(url.queryParameterValues("fields[name-first]")).containsExactly("Zoe");
    assertThat(url.queryParameter("fields[name-last]")).isEqualTo("Example");
  }

  @Test
  void toString_showsNamesOnly() {
    assertThat(
            HostedFlow.ofTemplate("itmpl_s3cret")
                .referenceId("s3cret")
                .fields(f -> f.nameFirst("s3cret").set("s3cret", "s3cret")))
        .hasToString("HostedFlow{parameters=[inquiry-template-id, reference-id], fields=2}");
    assertThat(HostedFlow.ofInquiry("inq_s3cret").sessionToken("s3cret"))
        .hasToString("HostedFlow{parameters=[inquiry-id, session-token], fields=0}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "HTTPS://example.com/a?b=c",
        "http://localhost:3000/done",
        "http://127.0.0.1/",
        "http://[::1]/",
        "com.example.app://done",
        "myapp:/done"
      })
  void redirect_isAllowed(String uri) {
    assertThat(
            parsed(HostedFlow.ofTemplate("itmpl_1").redirectUri(uri))
                .queryParameter("redirect-uri"))
        .isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/done",
        "example.com",
        "//example.com",
        "http://example.com",
        "http://localhost.example.com",
        "https:",
        "https:///a",
        "https://ada:s3cret@example.com",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,a",
        "view-source:javascript:alert(1)",
        "intent://scan/#Intent;scheme=zxing;end",
        "intent:#Intent;end",
        "myapp:user:s3cret@x",
        "myapp://user:s3cret@my_app/x",
        "file:///etc/passwd",
        "https://exa mple.com",
        "https://example.com/\n"
      })
  void redirect_isRefused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostedFlow.ofTemplate("itmpl_1").redirectUri(uri))
        .withMessageStartingWith("redirectUri must be an absolute URI")
        .withMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "s3cr\u00e9t", "s3cret\n"})
  void unusableIds_areRefusedWithoutShowingThem(String id) {
    String rule = " must be visible ASCII and not be empty";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostedFlow.ofTemplate(id))
        .withMessage("inquiryTemplateId" + rule);
    HostedFlow flow = HostedFlow.ofInquiry("inq_1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostedFlow.ofInquiry(id))
        .withMessage("inquiryId" + rule);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.sessionToken(id))
        .withMessage("sessionToken" + rule);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.environmentId(id))
        .withMessage("environmentId" + rule);
  }

  @Test
  void otherUnusableValues_areRefused() {
    HostedFlow template = HostedFlow.ofTemplate("itmpl_1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.referenceId(" "))
        .withMessage("referenceId must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.sessionToken("token"))
        .withMessage("sessionToken needs an inquiry that exists");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostedFlow.ofInquiry("inq_1").fields(f -> f.nameFirst("Ada")))
        .withMessage("fields need a new inquiry; update the inquiry instead");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.fields(f -> f.set("tags", List.of("s3cret"))))
        .withMessage("fields must be text, numbers, dates or booleans in a URL");
    for (String language : List.of("", "e", "english-language-of-today", "es es", "../x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> template.language(language))
          .withMessage("language must be a language tag such as es or pt-BR");
    }
    for (String url : List.of("", "x", "http://a", "https://a?b=c", "https://a#b", "https://u@a")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> template.baseUrl(url))
          .withMessage(
              "baseUrl must be an absolute https URL without a user, a query or a fragment");
    }
    assertThat(template.build().toString()).endsWith("?inquiry-template-id=itmpl_1");
  }

  @Test
  void halfOfASurrogatePair_isRefused() {
    HostedFlow flow = HostedFlow.ofTemplate("itmpl_1");

    assertThatIllegalArgumentException().isThrownBy(() -> flow.referenceId("u\ud800"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.fields(f -> f.nameFirst("Ada").nameLast("\ud801")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flow.fields(f -> f.set("level", 1).set("\ud801", "x")));
    assertThat(flow.build().toString()).doesNotContain("fields", "reference-id");
  }
}
