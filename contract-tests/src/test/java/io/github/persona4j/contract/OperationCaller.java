package io.github.persona4j.contract;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.request.FormParameters;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.request.RequestOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.Header;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * Calls any operation of the client by its operationId, so that operations do not need individual
 * tests.
 *
 * <p>{@code inquiries.approve} is {@code client.inquiries().approve(...)}, by default in the form
 * with all arguments. The types of the arguments are those of the generated class {@code
 * Inquiries}, their names those of the Retrofit interface {@code InquiriesApi}, whose method has
 * the same parameters. The values are those of {@link Arguments}.
 */
final class OperationCaller {
  private static final Map<String, Method> ALL = find();

  private OperationCaller() {}

  /** Returns the operations of the client by operationId: the methods with all arguments. */
  static Map<String, Method> all() {
    return ALL;
  }

  /**
   * Calls an operation.
   *
   * @return its result; null if it has none
   */
  static @Nullable Object call(PersonaClient client, String operationId, Arguments with) {
    return callWithout(client, operationId, with, -1);
  }

  /** Calls an operation with null for the argument at an index. */
  static @Nullable Object callWithout(
      PersonaClient client, String operationId, Arguments with, int omitted) {
    return response(
        invoke(
            group(client, operationId), method(operationId), values(operationId, with, omitted)));
  }

  /** Returns all pages of a list or of a search, from the method with all arguments. */
  static Pages<?> pages(PersonaClient client, String operationId, Arguments with) {
    Method one = method(operationId);
    for (Method all : one.getDeclaringClass().getDeclaredMethods()) {
      if (all.getReturnType() == Pages.class
          && all.getName().replace("All", "").equals(one.getName())
          && Arrays.equals(all.getParameterTypes(), one.getParameterTypes())) {
        Object pages =
            invoke(group(client, operationId), all, values(operationId, with, Integer.MAX_VALUE));
        return (Pages<?>) Objects.requireNonNull(pages);
      }
    }
    throw new AssertionError(operationId + " has no method for all pages");
  }

  private static @Nullable Object response(@Nullable Object result) {
    return result instanceof Page<?> page ? page.response() : result;
  }

  /**
   * Calls one method of a generated class, or of a Retrofit interface.
   *
   * @param called receives the called methods of generated classes
   * @return its result: for a Retrofit interface the call, which is not executed yet
   */
  static @Nullable Object invoke(
      PersonaClient client,
      String operationId,
      Method method,
      Arguments with,
      Consumer<Method> called) {
    Object target = group(accessors(client, method), operationId);
    if (method.getDeclaringClass().isInterface()) {
      Method api = accessor(target.getClass(), "api");
      called.accept(api);
      target = Objects.requireNonNull(invoke(target, api));
    }
    called.accept(method);
    return response(invoke(target, method, values(operationId, method, with)));
  }

  private static Object accessors(PersonaClient client, Method method) {
    String type = method.getDeclaringClass().getSimpleName();
    return type.endsWith("Async") ? client.async() : type.endsWith("Raw") ? client.raw() : client;
  }

  /**
   * Returns the values of the parameters of a method: a subset of all parameters, and parts of the
   * body.
   */
  private static @Nullable Object[] values(String operationId, Method method, Arguments with) {
    List<Parameter> all = parameters(operationId);
    List<Parameter> own = ownParameters(operationId, method);
    int next = 0;
    List<@Nullable Object> values = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      if (own.contains(parameter)) {
        values.add(BodyPart.of(parameter, with));
        continue;
      }
      while (all.get(next).getType() != parameter.getType()) {
        next++;
      }
      values.add(value(all.get(next), with));
      next++;
    }
    return values.toArray();
  }

  /** Returns the parameters of a method for parts of the body or of the query. */
  static List<Parameter> ownParameters(String operationId, Method method) {
    List<Parameter> all = parameters(operationId);
    int next = 0;
    List<Parameter> own = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      int found = next;
      while (found < all.size() && all.get(found).getType() != parameter.getType()) {
        found++;
      }
      if (found < all.size()) {
        next = found + 1;
      } else {
        own.add(parameter);
      }
    }
    return own;
  }

  private static @Nullable Object[] values(String operationId, Arguments with, int omitted) {
    List<Parameter> parameters = parameters(operationId);
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i == omitted ? null : value(parameters.get(i), with);
    }
    return values;
  }

  private static Object group(Object accessors, String operationId) {
    String name = operationId.substring(0, operationId.indexOf('.'));
    return Objects.requireNonNull(invoke(accessors, accessor(accessors.getClass(), name)));
  }

  private static Method accessor(Class<?> type, String name) {
    try {
      return type.getMethod(name);
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type + " has no " + name, e);
    }
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw unpacked(e);
    } catch (IllegalAccessException e) {
      throw new LinkageError(method + " cannot be called", e);
    }
  }

  /** Returns the cause of an exception that only wraps another; throws it if it is an error. */
  static RuntimeException unpacked(Exception wrapper) {
    if (wrapper.getCause() instanceof Error failure) {
      throw failure;
    }
    return wrapper.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(wrapper);
  }

  /** Returns the parameters of an operation with their Retrofit annotations. */
  static List<Parameter> parameters(String operationId) {
    return List.of(declaration(method(operationId)).getParameters());
  }

  /** Returns the type of the body or form of an operation; null if it has none. */
  static @Nullable Class<?> bodyType(String operationId) {
    for (Parameter parameter : parameters(operationId)) {
      if (parameter.isAnnotationPresent(Body.class)) {
        return parameter.getType();
      }
    }
    return null;
  }

  /** Returns the query with which an operation is called. */
  static QueryParameters query(String operationId, Arguments with) {
    for (Parameter parameter : parameters(operationId)) {
      if (QueryParameters.class.isAssignableFrom(parameter.getType())) {
        return with.query(parameter.getType());
      }
    }
    throw new AssertionError(operationId + " has no query");
  }

  /** Returns whether an argument is required. */
  static boolean isRequired(Parameter parameter) {
    return parameter.isAnnotationPresent(Path.class)
        || parameter.isAnnotationPresent(Body.class)
        || parameter.isAnnotationPresent(Query.class)
        || parameter.isAnnotationPresent(Header.class);
  }

  /** Returns the name of a required parameter as sent. */
  static String nameOf(Parameter parameter) {
    if (parameter.isAnnotationPresent(Path.class)) {
      return "{" + parameter.getAnnotation(Path.class).value() + "}";
    } else if (parameter.isAnnotationPresent(Header.class)) {
      return "header " + parameter.getAnnotation(Header.class).value();
    } else if (parameter.isAnnotationPresent(Query.class)) {
      return parameter.getAnnotation(Query.class).value();
    }
    return "body";
  }

  /** Decodes a response of an operation. */
  static JsonModel decoded(String operationId, String json) {
    Type returned = declaration(method(operationId)).getGenericReturnType();
    Type response = ((ParameterizedType) returned).getActualTypeArguments()[0]; // of the Call
    return Builders.read(((Class<?>) response).getSimpleName(), json);
  }

  private static Method method(String operationId) {
    Method method = ALL.get(operationId);
    if (method == null) {
      throw new AssertionError("The client has no method for " + operationId);
    }
    return method;
  }

  private static Object value(Parameter parameter, Arguments with) {
    Class<?> type = parameter.getType();
    if (type == RequestOptions.class) {
      return with.options();
    } else if (QueryParameters.class.isAssignableFrom(type)) {
      return with.query(type);
    } else if (FormParameters.class.isAssignableFrom(type)) {
      return Builders.build(with.form(Builders.of(type, FormParameters.Builder.class)));
    } else if (JsonModel.class.isAssignableFrom(type)) {
      return with.body(type.asSubclass(JsonModel.class));
    } else if (parameter.isAnnotationPresent(Path.class)) {
      return with.path(parameter.getAnnotation(Path.class).value());
    } else if (parameter.isAnnotationPresent(Header.class)) {
      return with.header(parameter.getAnnotation(Header.class).value());
    } else if (parameter.isAnnotationPresent(Query.class)) {
      return with.query(parameter.getAnnotation(Query.class).value());
    }
    throw new AssertionError("There is no value for " + parameter);
  }

  /** The form with all parameters is the one that has those of the Retrofit interface. */
  private static Map<String, Method> find() {
    Map<String, Method> methods = new TreeMap<>();
    for (ApiClass api : ApiClass.ALL) {
      for (Method call : ApiClass.publicMethods(api.retrofit())) {
        try {
          methods.put(
              api.id(call), api.blocking().getMethod(call.getName(), call.getParameterTypes()));
        } catch (NoSuchMethodException e) {
          throw new LinkageError(api.blocking() + " has no full form of " + call, e);
        }
      }
    }
    return methods;
  }

  /** Returns the method of the Retrofit interface for a method of the client. */
  private static Method declaration(Method method) {
    try {
      Class<?> api = accessor(method.getDeclaringClass(), "api").getReturnType();
      Method declared = api.getMethod(method.getName(), method.getParameterTypes());
      if (Modifier.isAbstract(declared.getModifiers())) {
        return declared;
      }
      throw new AssertionError(declared + " does not have all arguments");
    } catch (NoSuchMethodException e) {
      throw new AssertionError(
          method + " has no counterpart with " + Arrays.toString(method.getParameterTypes()), e);
    }
  }
}
