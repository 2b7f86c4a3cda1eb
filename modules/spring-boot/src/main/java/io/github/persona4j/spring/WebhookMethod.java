package io.github.persona4j.spring;

import io.github.persona4j.json.JsonException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Resource;
import io.github.persona4j.webhook.WebhookEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.util.ReflectionUtils;

/**
 * A method with {@link PersonaWebhook} and its bean, which is asked for at each event: it may be a
 * prototype or lazy.
 */
final class WebhookMethod {
  private final BeanFactory beans;
  private final String beanName;
  private final Method method;
  private final List<Class<?>> parameters;

  private WebhookMethod(BeanFactory beans, String beanName, Class<?> beanType, Method method) {
    this.beans = beans;
    this.beanName = beanName;
    this.method = method;
    this.parameters =
        IntStream.range(0, method.getParameterCount())
            .<Class<?>>mapToObj(
                index -> // may be a type variable of a superclass
                new MethodParameter(method, index).withContainingClass(beanType).getParameterType())
            .toList();
  }

  /**
   * Returns a method.
   *
   * @param beanType the class of the bean, and not of its proxy
   * @param method as declared by that class
   * @throws WebhookMethodException if it cannot be invoked with events; the message has the reason
   */
  static WebhookMethod of(BeanFactory beans, String beanName, Class<?> beanType, Method method) {
    WebhookMethod webhook = new WebhookMethod(beans, beanName, beanType, method);
    String problem = webhook.problem();
    if (problem != null) {
      throw new WebhookMethodException(webhook + " " + problem);
    }
    Class<?> type = beans.getType(beanName);
    if (type != null
        && SpringProxy.class.isAssignableFrom(type)
        && Modifier.isFinal(method.getModifiers())) {
      throw new WebhookMethodException(
          webhook + " must not be final, because its bean has a proxy, which cannot override it");
    }
    try {
      Method unused = type == null ? method : webhook.invocable(type);
    } catch (IllegalStateException e) { // a proxy does not have it
      throw new WebhookMethodException(webhook + " cannot be invoked: " + e.getMessage());
    }
    return webhook;
  }

  private @Nullable String problem() {
    if (Modifier.isStatic(method.getModifiers())) {
      return "must not be static";
    }
    if (method.getReturnType() != void.class) {
      return "must return void, since nothing waits for a result";
    }
    Set<Class<?>> kinds = new HashSet<>();
    for (Class<?> parameter : parameters) {
      if (!isEvent(parameter) && !Resource.class.isAssignableFrom(parameter)) {
        return "has a parameter of type "
            + parameter.getName()
            + "; allowed are WebhookEvent, Event, and a resource such as Inquiry";
      }
      if (!kinds.add(isEvent(parameter) ? parameter : Resource.class)) {
        return "has two parameters of the same kind";
      }
    }
    return null;
  }

  private static boolean isEvent(Class<?> parameter) {
    return parameter == WebhookEvent.class || parameter == Event.class;
  }

  /** Returns the arguments for an event; null if it is not about a resource of the parameter. */
  Object @Nullable [] arguments(WebhookEvent event) {
    Object[] arguments = new Object[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      Object argument = argument(event, parameters.get(i));
      if (argument == null) {
        return null;
      }
      arguments[i] = argument;
    }
    return arguments;
  }

  private static @Nullable Object argument(WebhookEvent event, Class<?> type) {
    if (type == WebhookEvent.class) {
      return event;
    } else if (type == Event.class) {
      return event.event();
    }
    try {
      return event.subject(type.asSubclass(Resource.class)).orElse(null);
    } catch (JsonException e) {
      return null; // it is no object, or has no ID
    }
  }

  /**
   * Invokes the method.
   *
   * @throws Exception what the method throws
   */
  void invoke(Object[] arguments) throws Exception {
    Object bean = beans.getBean(beanName);
    Method invocable = invocable(bean.getClass());
    ReflectionUtils.makeAccessible(invocable);
    try {
      invocable.invoke(bean, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception exception ? exception : e;
    }
  }

  /** Returns the method of a class, which may be a proxy. */
  private Method invocable(Class<?> type) {
    return AopUtils.selectInvocableMethod(method, type);
  }

  /** Returns the class, the name and the parameters. */
  @Override
  public String toString() {
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + parameters.stream().map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
  }
}
