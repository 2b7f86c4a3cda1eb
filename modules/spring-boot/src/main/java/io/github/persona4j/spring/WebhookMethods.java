package io.github.persona4j.spring;

import io.github.persona4j.model.EventName;
import io.github.persona4j.webhook.WebhookEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.PatternMatchUtils;

/**
 * The methods with {@link PersonaWebhook}, found when all singletons exist, which is before a
 * server accepts requests.
 */
final class WebhookMethods implements SmartInitializingSingleton {
  private static final Logger LOGGER = System.getLogger("io.github.persona4j.spring");

  /** Names before patterns, and long patterns before short ones; the rest is the same each time. */
  private static final Comparator<Route> ORDER =
      Comparator.comparing(Route::isPattern)
          .thenComparing(route -> -route.name().replace("*", "").length())
          .thenComparing(Route::name);

  private static final int MAX_CAUSES = 10;
  private static final int MAX_NAMES = 1000;

  private final ConfigurableListableBeanFactory beans;
  private final Set<String> unhandled = ConcurrentHashMap.newKeySet();
  private volatile List<Route> routes = List.of();
  private volatile boolean received;
  private volatile boolean customized;

  /**
   * A method for a name.
   *
   * @param name the name of the events, in which {@code *} stands for any characters
   */
  private record Route(String name, WebhookMethod method) {
    boolean isPattern() {
      return name.contains("*");
    }

    boolean matches(@Nullable EventName event) {
      return PatternMatchUtils.simpleMatch(name, event == null ? "" : event.value());
    }
  }

  WebhookMethods(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /**
   * Is called when there is a handler that passes its events to {@link #handle}.
   *
   * @param customized whether the handler may have other receivers of events
   */
  void received(boolean customized) {
    this.received = true;
    this.customized = customized;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<Route> found = new ArrayList<>();
    for (String beanName :
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, Object.class, true, false)) {
      if (!ScopedProxyUtils.isScopedTarget(beanName)) {
        find(beanName, found);
      }
    }
    found.sort(ORDER);
    check(found);
    routes = List.copyOf(found);
  }

  private void find(String beanName, List<Route> found) {
    Class<?> type = targetClass(beanName);
    if (type == null || !AnnotationUtils.isCandidateClass(type, PersonaWebhook.class)) {
      return;
    }
    MetadataLookup<@Nullable PersonaWebhook> lookup =
        method -> AnnotatedElementUtils.findMergedAnnotation(method, PersonaWebhook.class);
    Map<Method, @Nullable PersonaWebhook> methods = MethodIntrospector.selectMethods(type, lookup);
    methods.forEach(
        (method, annotation) -> {
          if (annotation != null) {
            WebhookMethod webhook = WebhookMethod.of(beans, beanName, type, method);
            names(annotation, webhook).forEach(name -> found.add(new Route(name, webhook)));
          }
        });
  }

  /** Returns the class of a bean, and not of its proxy. */
  private @Nullable Class<?> targetClass(String beanName) {
    Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
    if (type != null && ScopedObject.class.isAssignableFrom(type)) {
      Class<?> target =
          AutoProxyUtils.determineTargetClass(beans, ScopedProxyUtils.getTargetBeanName(beanName));
      return target == null ? type : target;
    }
    return type;
  }

  private static List<String> names(PersonaWebhook annotation, WebhookMethod webhook) {
    if (annotation.value().length == 0) {
      return List.of("*");
    }
    for (String name : annotation.value()) {
      if (name.isBlank() || !name.strip().equals(name)) {
        throw new WebhookMethodException(
            webhook + " has a name that is blank or begins or ends with white space");
      }
      if (!name.contains("*") && !EventName.of(name).isKnown()) {
        LOGGER.log(
            Level.WARNING,
            "@PersonaWebhook method {0} is for {1}, which is no event that this version knows",
            webhook,
            name);
      }
    }
    return List.of(annotation.value());
  }

  private void check(List<Route> found) {
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i).name().equals(found.get(i - 1).name())) {
        throw new WebhookMethodException(
            found.get(i).method()
                + " is for "
                + found.get(i).name()
                + ", as "
                + found.get(i - 1).method()
                + " is");
      }
    }
    if (found.isEmpty() && received && !customized) {
      throw new PersonaPropertyException(
          "persona.webhook.path",
          "is set, but no bean has a method with @PersonaWebhook, so that all events would be lost",
          "Add such a method. Declare its class as the return type of a @Bean method, not an interface."
              + " An application without webhooks sets persona.webhook.enabled=false.");
    }
    if (!found.isEmpty() && !received) {
      throw new PersonaPropertyException(
          "persona.webhook.path",
          "is not set, but @PersonaWebhook method "
              + found.get(0).method()
              + " waits for events, or a WebhookHandler bean of the application receives them",
          "Set persona.webhook.path and persona.webhook.secrets, and define no WebhookHandler bean."
              + " Without webhooks in this process, set persona.webhook.enabled=false.");
    }
  }

  private static String name(WebhookEvent event) {
    EventName name = event.name();
    return name == null ? "events without a name" : name.value();
  }

  private static void invoke(WebhookEvent event, WebhookMethod method, Object[] arguments)
      throws Exception {
    try {
      method.invoke(arguments);
    } catch (Throwable e) {
      LOGGER.log(Level.WARNING, method + " failed for " + event + ": " + places(e));
      throw e;
    }
  }

  /** Returns the classes and places of an exception and its causes, without their messages. */
  private static String places(Throwable failure) {
    StringBuilder places = new StringBuilder();
    Throwable each = failure;
    for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
      places.append(depth == 0 ? "" : "\nCaused by: ").append(each.getClass().getName());
      for (StackTraceElement frame : each.getStackTrace()) {
        places.append("\n\tat ").append(frame);
        if (frame.getClassName().startsWith("jdk.internal.reflect.")) {
          break; // below is the server
        }
      }
      each = each.getCause();
    }
    return places.toString();
  }

  /**
   * Lets the first method handle an event that is for its name and its resource.
   *
   * @throws Exception what the method throws
   * @throws IllegalStateException if there are methods for the name, but none for the resource
   */
  void handle(WebhookEvent event) throws Exception {
    WebhookMethod skipped = null;
    for (Route route : routes) {
      if (route.matches(event.name())) {
        Object[] arguments = route.method().arguments(event);
        if (arguments != null) {
          invoke(event, route.method(), arguments);
          return;
        }
        skipped = skipped == null ? route.method() : skipped;
      }
    }
    if (skipped == null && unhandled.size() < MAX_NAMES && unhandled.add(name(event))) {
      LOGGER.log(
          Level.INFO,
          "No @PersonaWebhook method is for {0}. Its events are ignored; this is logged once.",
          name(event));
    }
    if (skipped != null) {
      String problem =
          event + " is not about the resource of " + skipped + ", and no other method is for it";
      LOGGER.log(Level.WARNING, problem); // the handler logs only the class of the exception
      throw new IllegalStateException(problem);
    }
  }
}
