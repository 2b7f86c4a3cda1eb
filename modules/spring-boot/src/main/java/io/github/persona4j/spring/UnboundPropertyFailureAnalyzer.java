package io.github.persona4j.spring;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains properties that no element of a list is for, such as {@code persona.webhook.secrets[2]}
 * without {@code [1]}. The analyzer of Spring Boot would show their values, which are secrets.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnboundPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    UnboundConfigurationPropertiesException unbound =
        findCause(cause, UnboundConfigurationPropertiesException.class);
    if (unbound == null) {
      return null;
    }
    Set<String> names =
        unbound.getUnboundProperties().stream()
            .map(ConfigurationProperty::getName)
            .map(Object::toString)
            .filter(Secrets::isSecret)
            .collect(Collectors.toCollection(TreeSet::new));
    return names.isEmpty()
        ? null
        : new FailureAnalysis(
            "The elements " + names + " cannot be bound, because an earlier one is missing.",
            "Number the elements of the list from 0 without a gap.",
            cause);
  }
}
