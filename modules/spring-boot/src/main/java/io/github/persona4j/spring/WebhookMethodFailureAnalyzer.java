package io.github.persona4j.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a method with {@link PersonaWebhook} that keeps the application from starting. */
final class WebhookMethodFailureAnalyzer extends AbstractFailureAnalyzer<WebhookMethodException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WebhookMethodException cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "A method with @PersonaWebhook returns void, is not static, and has at most one WebhookEvent,"
            + " one Event and one resource such as Inquiry as parameters. Each name has one method.",
        cause);
  }
}
