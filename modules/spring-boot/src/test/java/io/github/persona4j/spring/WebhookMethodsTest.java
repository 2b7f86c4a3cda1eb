package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.model.Account;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookResult;
import io.github.persona4j.webhook.WebhookResult.Outcome;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

class WebhookMethodsTest {
  private static final String INQUIRY =
      "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{},\"relationships\":{}}";
  private static final String REPORT =
      "{\"type\":\"report/hologram\",\"id\":\"rep_1\",\"attributes\":{}}";
  private static final String ACCOUNT = "{\"type\":\"account\",\"id\":\"act_1\",\"attributes\":{}}";

  private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  PersonaAutoConfiguration.class, PersonaWebhookAutoConfiguration.class))
          .withPropertyValues(
              "persona.client.enabled=false",
              "persona.webhook.path=/persona",
              "persona.webhook.secrets=wbhsec_1");

  private static WebhookResult replay(
      AssertableWebApplicationContext context, String name, @Nullable String subject) {
    WebhookRequest.Builder request = WebhookRequest.event(name);
    if (subject != null) {
      request.subject(subject);
    }
    WebhookEvent event = WebhookEvent.read(request.sign("wbhsec_1").body());
    return context.getBean(WebhookHandler.class).replay(event);
  }

  private static List<String> takeCalls() {
    List<String> calls = List.copyOf(CALLS);
    CALLS.clear();
    return calls;
  }

  static class Listeners {
    @PersonaWebhook("inquiry.approved")
    void approved(Inquiry inquiry) {
      CALLS.add("approved " + inquiry.id());
    }

    @PersonaWebhook({"inquiry.declined", "inquiry.expired"})
    public void lost(Event event, Inquiry inquiry, WebhookEvent webhook) {
      assertThat(webhook.event()).isSameAs(event);
      CALLS.add("lost " + inquiry.id() + " " + event.attributes().name());
    }

    @PersonaWebhook("inquiry.*")
    void any(WebhookEvent event) {
      CALLS.add("any " + event.name());
    }

    @PersonaWebhook("report/*.ready")
    protected void ready(Report report) {
      CALLS.add("ready " + report.getClass().getSimpleName());
    }

    @PersonaWebhook("report/*")
    void report(Resource resource) {
      CALLS.add("report " + resource.id());
    }

    @PersonaWebhook("hologram.shown")
    void unknown() {
      CALLS.add("unknown");
    }

    @PersonaWebhook("case.created")
    void failing() throws IOException {
      throw new IOException("not now");
    }

    @PersonaWebhook("case.updated")
    void broken() {
      throw new NoClassDefFoundError("gone");
    }
  }

  @Test
  void events_goToTheMethodForTheirNameOrTheLongestPattern() {
    runner
        .withBean(Listeners.class)
        .run(
            context -> {
              assertThat(replay(context, "inquiry.approved", INQUIRY).outcome())
                  .isEqualTo(Outcome.HANDLED);
              assertThat(replay(context, "inquiry.expired", INQUIRY).status()).isEqualTo(200);
              assertThat(replay(context, "inquiry.dreamt", INQUIRY).status()).isEqualTo(200);
              assertThat(replay(context, "report/hologram.ready", REPORT).status()).isEqualTo(200);
              assertThat(replay(context, "report/hologram.new", REPORT).status()).isEqualTo(200);
              assertThat(replay(context, "hologram.shown", ACCOUNT).status()).isEqualTo(200);
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(takeCalls())
                  .containsExactly(
                      "approved inq_1",
                      "lost inq_1 inquiry.expired",
                      "any inquiry.dreamt",
                      "ready Unknown",
                      "report rep_1",
                      "unknown");
            });
  }

  @Test
  void otherSubject_goesToTheNextMethodOrFails() {
    runner
        .withBean(Listeners.class)
        .run(
            context -> {
              assertThat(replay(context, "inquiry.approved", ACCOUNT).status()).isEqualTo(200);
              assertThat(replay(context, "inquiry.approved", "7").status()).isEqualTo(200);
              assertThat(takeCalls())
                  .containsExactly("any inquiry.approved", "any inquiry.approved");
              // The last method wants a resource, and a number is none.
              WebhookResult result = replay(context, "report/hologram.new", "7");
              assertThat(result.status()).isEqualTo(500);
              assertThat(result.failure())
                  .hasMessageContaining("Listeners.report(Resource)")
                  .hasMessageContaining(Objects.requireNonNull(result.event()).id());
              assertThat(takeCalls()).isEmpty();
            });
  }

  @Test
  void exceptionsAndErrors_areThoseOfTheMethod() {
    runner
        .withBean(Listeners.class)
        .run(
            context -> {
              assertThat(replay(context, "case.created", null).failure())
                  .isInstanceOf(IOException.class)
                  .hasMessage("not now");
              assertThat(replay(context, "case.updated", null).failure())
                  .isInstanceOf(NoClassDefFoundError.class);
            });
  }

  @Test
  void failedMethod_isLoggedWithItsPlaceAndWithoutMessages() {
    List<String> lines = new ArrayList<>();
    Handler handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord line) {
            lines.add(line.getMessage());
          }
        };
    Logger logger = Logger.getLogger("io.github.persona4j.spring");
    logger.addHandler(handler);
    try {
      runner
          .withBean(Listeners.class)
          .run(
              context -> assertThat(replay(context, "case.created", null).status()).isEqualTo(500));
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("Listeners.failing() failed for WebhookEvent{")
                    .contains(
                        ": java.io.IOException\n\tat ", "WebhookMethodsTest$Listeners.failing(")
                    .doesNotContain("not now", "org.junit"));
  }

  static class All {
    @PersonaWebhook
    void all(WebhookEvent event) {
      CALLS.add("all " + event.name());
    }
  }

  @Test
  void methodWithoutAName_getsAllOtherEvents() {
    runner
        .withBean(Listeners.class)
        .withBean(All.class)
        .run(
            context -> {
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(replay(context, "inquiry.approved", INQUIRY).status()).isEqualTo(200);
              WebhookEvent nameless =
                  WebhookEvent.read(
                      "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":{}}}"
                          .getBytes(java.nio.charset.StandardCharsets.UTF_8));
              WebhookHandler handler = context.getBean(WebhookHandler.class);
              assertThat(handler.replay(nameless).status()).isEqualTo(200);
              assertThat(handler.replay(nameless).outcome()).isEqualTo(Outcome.DUPLICATE);
              assertThat(takeCalls())
                  .containsExactly("all account.created", "approved inq_1", "all null");
            });
  }

  /** Counts its instances. */
  static class Counted {
    static int instances;

    Counted() {
      instances++;
    }

    @PersonaWebhook
    void all(WebhookEvent event) {
      CALLS.add("counted");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Prototype {
    @Bean
    @Scope("prototype")
    Counted counted() {
      return new Counted();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyBean {
    @Bean
    @Lazy
    Counted counted() {
      return new Counted();
    }
  }

  @Test
  void prototype_isCreatedForEachEventAndALazyBeanForTheFirst() {
    Counted.instances = 0;
    runner
        .withUserConfiguration(Prototype.class)
        .run(
            context -> {
              assertThat(Counted.instances).isZero();
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(Counted.instances).isEqualTo(2);
            });
    Counted.instances = 0;
    runner
        .withUserConfiguration(LazyBean.class)
        .withPropertyValues("spring.main.lazy-initialization=true")
        .run(
            context -> {
              assertThat(Counted.instances).isZero();
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(Counted.instances).isEqualTo(1);
            });
    assertThat(takeCalls()).hasSize(4);
  }

  static class Private {
    @PersonaWebhook
    @SuppressWarnings("unused") // by reflection
    private void all(WebhookEvent event) {
      CALLS.add("private");
    }
  }

  /** A proxy by subclass of a target. */
  private static ProxyFactoryBean proxy(Object target) {
    ProxyFactoryBean proxy = new ProxyFactoryBean();
    proxy.setTarget(target);
    proxy.setProxyTargetClass(true);
    proxy.addAdvice(
        (MethodInterceptor)
            invocation -> {
              CALLS.add("before");
              return invocation.proceed();
            });
    return proxy;
  }

  @Configuration(proxyBeanMethods = false)
  static class Proxied {
    @Bean
    ProxyFactoryBean listeners() {
      return proxy(new All());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ProxiedPrivate {
    @Bean
    ProxyFactoryBean listeners() {
      return proxy(new Private());
    }
  }

  @Test
  void proxy_isInvoked() {
    runner
        .withUserConfiguration(Proxied.class)
        .run(
            context -> {
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(takeCalls()).containsExactly("before", "all account.created");
            });
  }

  @Test
  void privateMethod_isInvokedButNotThroughAProxy() {
    runner
        .withBean(Private.class)
        .run(
            context -> {
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(takeCalls()).containsExactly("private");
            });
    runner
        .withUserConfiguration(ProxiedPrivate.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("all"));
  }

  abstract static class About<T extends Resource> {
    @PersonaWebhook
    void any(T subject) {
      CALLS.add(subject.id());
    }
  }

  static class AboutAccounts extends About<Account> {}

  @Test
  void typeVariableOfASuperclass_isItsType() {
    runner
        .withBean(AboutAccounts.class)
        .run(
            context -> {
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(takeCalls()).containsExactly("act_1");
              assertThat(replay(context, "inquiry.approved", INQUIRY).failure())
                  .hasMessageContaining("is not about the resource of About.any(Account)");
            });
  }

  @Test
  void methodsOfAParentContext_areInvoked() {
    try (AnnotationConfigApplicationContext parent =
        new AnnotationConfigApplicationContext(All.class)) {
      runner
          .withParent(parent)
          .run(
              context -> {
                assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
                assertThat(takeCalls()).containsExactly("all account.created");
              });
    }
  }

  @Test
  void pathWithoutMethods_failsAtTheStart() {
    runner.run(
        context ->
            assertThat(context.getStartupFailure())
                .hasMessageContaining("no bean has a method with @PersonaWebhook"));
    runner
        .withBean(
            PersonaWebhookCustomizer.class,
            () -> builder -> builder.onAny("*", Inquiry.class, (event, subject) -> {}))
        .run(context -> assertThat(context).hasNotFailed());
  }

  static class Result {
    @PersonaWebhook
    String all(WebhookEvent event) {
      return "";
    }
  }

  static class Text {
    @PersonaWebhook
    void all(String event) {}
  }

  static class TwoSubjects {
    @PersonaWebhook
    void all(Inquiry inquiry, Report report) {}
  }

  static class Static {
    @PersonaWebhook
    static void all(WebhookEvent event) {}
  }

  static class Blank {
    @PersonaWebhook("inquiry.approved ")
    void all(WebhookEvent event) {}
  }

  static class Twice {
    @PersonaWebhook("inquiry.approved")
    void one(Inquiry inquiry) {}

    @PersonaWebhook("inquiry.approved")
    void two(WebhookEvent event) {}
  }

  private void fails(Class<?> bean, String message) {
    runner
        .withBean(bean)
        .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining(message));
  }

  @Test
  void wrongMethods_failAtTheStart() {
    fails(Result.class, "Result.all(WebhookEvent) must return void");
    runner
        .withBean(Result.class)
        .run(
            context ->
                assertThat(
                        new WebhookMethodFailureAnalyzer()
                            .analyze(Objects.requireNonNull(context.getStartupFailure())))
                    .extracting(FailureAnalysis::getDescription, FailureAnalysis::getAction)
                    .allSatisfy(text -> assertThat(text).asString().contains("void")));
    fails(Text.class, "Text.all(String) has a parameter of type java.lang.String");
    fails(TwoSubjects.class, "TwoSubjects.all(Inquiry, Report) has two parameters of the same");
    fails(Static.class, "Static.all(WebhookEvent) must not be static");
    fails(Blank.class, "Blank.all(WebhookEvent) has a name that is blank");
    fails(Twice.class, "for inquiry.approved, as Twice.");
  }

  @Test
  void methodsWithoutAPath_failAtTheStart() {
    WebApplicationContextRunner without =
        new WebApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    PersonaAutoConfiguration.class, PersonaWebhookAutoConfiguration.class))
            .withPropertyValues("persona.client.enabled=false");
    without
        .withBean(All.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasMessageStartingWith("persona.webhook.path: is not set")
                    .hasMessageContaining("All.all(WebhookEvent)"));
    without
        .withBean(All.class)
        .withPropertyValues("persona.webhook.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookHandler.class));
    without.run(
        context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookHandler.class));
    without
        .withPropertyValues("persona.webhook.path=")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookHandler.class));
  }

  @Test
  void applicationWithoutAServer_receivesNothing() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                PersonaAutoConfiguration.class, PersonaWebhookAutoConfiguration.class))
        .withPropertyValues("persona.client.enabled=false")
        .withBean(All.class)
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookHandler.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnHandler {
    @Bean
    WebhookHandler handler() {
      return WebhookHandler.builder()
          .verifier(WebhookVerifier.of("wbhsec_1"))
          .otherwise(event -> CALLS.add("own"))
          .build();
    }
  }

  @Test
  void handlerOfTheApplication_replacesTheOtherAndRefusesMethods() {
    runner
        .withUserConfiguration(OwnHandler.class)
        .run(
            context -> {
              assertThat(replay(context, "account.created", ACCOUNT).status()).isEqualTo(200);
              assertThat(takeCalls()).containsExactly("own");
            });
    runner
        .withUserConfiguration(OwnHandler.class)
        .withBean(All.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasMessageContaining(
                        "a WebhookHandler bean of the application receives them"));
  }

  @Test
  void wrongSettings_failWithTheProperty() {
    for (String[] each :
        new String[][] {
          {"persona.webhook.secrets=", "persona.webhook.secrets: is not set"},
          {"persona.webhook.secrets=wbhsec 1", "persona.webhook.secrets: secret: must not have"},
          {"persona.webhook.path=persona", "persona.webhook.path: must begin with /"},
          {"persona.webhook.path=/a/*", "persona.webhook.path: must begin with /"},
          {"persona.webhook.tolerance=0s", "persona.webhook.tolerance: tolerance: must be"},
          {"persona.webhook.max-body-size=0", "persona.webhook.max-body-size: maxBodyBytes: must"},
          {"persona.webhook.max-body-size=65MB", "persona.webhook.max-body-size: maxBodyBytes"},
          {"persona.webhook.max-body-size=5GB", "persona.webhook.max-body-size: maxBodyBytes"},
          {"persona.webhook.senders=example.com", "persona.webhook.senders: ranges: example.com"},
        }) {
      runner
          .withPropertyValues(each[0])
          .run(
              context ->
                  assertThat(context.getStartupFailure())
                      .rootCause()
                      .hasMessageContaining("persona.webhook")
                      .satisfies(
                          failure -> assertThat(failure.toString()).doesNotContain("wbhsec 1")));
      runner
          .withPropertyValues(each[0])
          .run(
              context ->
                  assertThatThrownBy(() -> context.getBean(WebhookHandler.class))
                      .hasStackTraceContaining(each[1]));
    }
  }

  @Test
  void customizer_changesTheHandler() {
    List<String> failures = new ArrayList<>();
    runner
        .withBean(Listeners.class)
        .withBean(
            PersonaWebhookCustomizer.class,
            () ->
                builder ->
                    builder.onFailure((event, failure) -> failures.add(failure.getMessage())))
        .run(context -> assertThat(replay(context, "case.created", null).status()).isEqualTo(500));
    assertThat(failures).containsExactly("not now");
  }
}
