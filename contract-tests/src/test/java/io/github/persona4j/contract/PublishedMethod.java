package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.file.Download;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * A public method of a generated class, called as a user calls it: Prism accepts the request, which
 * has no parts that the method omits.
 *
 * @param method the method of the blocking class, of one of its mirrors, or of the Retrofit
 *     interface
 * @param response the expected success
 * @param form how the request is executed
 */
record PublishedMethod(Operation operation, Method method, DocumentedResponse response, Form form)
    implements ContractCase.OfResponse {

  /** How a request is executed. */
  enum Form {
    /** The method waits for the response. */
    BLOCKING("blocking"),
    /** {@link PersonaClient#send} executes the call that the method returns. */
    SEND("by send"),
    /** {@link PersonaClient#sendAsync} executes the call that the method returns. */
    SEND_ASYNC("by sendAsync");

    private final String description;

    Form(String description) {
      this.description = description;
    }
  }

  static Stream<PublishedMethod> all(Contract contract) {
    List<PublishedMethod> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      DocumentedResponse success = operation.success();
      if (success != null) {
        for (Method method : of(operation)) {
          if (method.getDeclaringClass().isInterface()) {
            all.add(new PublishedMethod(operation, method, success, Form.SEND));
            all.add(new PublishedMethod(operation, method, success, Form.SEND_ASYNC));
          } else {
            all.add(new PublishedMethod(operation, method, success, Form.BLOCKING));
          }
        }
      }
    }
    return all.stream();
  }

  /** Returns all public methods of an operation. */
  static List<Method> of(Operation operation) {
    return ApiClass.ALL.stream()
        .flatMap(
            api -> api.methods().stream().filter(method -> operation.id().equals(api.id(method))))
        .toList();
  }

  @Override
  public DocumentedResponse response() {
    return response;
  }

  @Override
  public String variant() {
    return ApiClass.nameOf(method) + ", " + form.description;
  }

  @Override
  public void check(CaseContext context) throws IOException {
    Exchange exchange = context.exchange();
    Arguments arguments =
        Arguments.of(operation, Extent.COMPLETE, response, response.exampleNames().get(0));

    Object result =
        context.<@Nullable Object>withClient(
            client -> result(client, context.contract(), arguments));

    SentRequest.check(operation, exchange, hasQuery());
    assertThat(exchange.response().code()).as("status").isEqualTo(response.status());
    checkBody(arguments, exchange);
    if (result instanceof JsonModel model) {
      context.checkDecoded(model, exchange.responseBody());
    } else if (result instanceof Download file) {
      file.close();
    } else if (result instanceof ResponseBody file) {
      file.close();
    }
  }

  private @Nullable Object result(PersonaClient client, Contract contract, Arguments arguments) {
    Object returned =
        OperationCaller.invoke(client, operation.id(), method, arguments, contract.methods()::add);
    if (form == Form.BLOCKING) {
      return returned instanceof CompletableFuture<?> later
          ? join(later)
          : returned instanceof ApiResponse<?> whole ? checkedBody(whole) : returned;
    }
    Call<?> call = (Call<?>) Objects.requireNonNull(returned);
    return checkedBody(form == Form.SEND ? client.send(call) : join(client.sendAsync(call)));
  }

  private Object checkedBody(ApiResponse<?> result) {
    assertThat(result.status()).as("status of the response").isEqualTo(response.status());
    return result.body();
  }

  private static <T> T join(CompletableFuture<T> later) {
    try {
      return later.join();
    } catch (CompletionException e) {
      throw OperationCaller.unpacked(e);
    }
  }

  private void checkBody(Arguments arguments, Exchange exchange) {
    Class<?> body = OperationCaller.bodyType(operation.id());
    List<Parameter> own = OperationCaller.ownParameters(operation.id(), method);
    if (body != null && !own.isEmpty()) {
      checkBuilt(own, arguments, exchange);
    } else if (body == null || hasParameter(body)) {
      assertThat(SentBody.differences(operation, arguments, exchange))
          .as("differences of the request")
          .isEmpty();
    } else if (!exchange.sentBody().isEmpty()) {
      Arguments least = Arguments.of(operation, Extent.MINIMAL, response, null);
      assertThat(SentBody.differences(operation, least, exchange))
          .as("optional parts of the request of the short form")
          .isEmpty();
    }
  }

  private void checkBuilt(List<Parameter> own, Arguments arguments, Exchange exchange) {
    String kind = ApiClass.kindOf(operation.id(), method);
    if (!arguments.isForm()) {
      Arguments expected = arguments.with(BodyPart.expected(kind, own, arguments));
      assertThat(SentBody.differences(operation, expected, exchange))
          .as("differences of the built request")
          .isEmpty();
    } else if (kind.isEmpty()) {
      assertThat(SentBody.differences(operation, arguments, exchange))
          .as("differences of the built form")
          .isEmpty();
    } else {
      for (Parameter part : own) {
        assertThat(exchange.sentBody()).contains(arguments.fieldOf(part.getName()));
      }
    }
  }

  private boolean hasQuery() {
    return hasParameter(QueryParameters.class)
        || OperationCaller.ownParameters(operation.id(), method).stream()
            .map(BodyPart::built)
            .anyMatch(type -> type != null && QueryParameters.class.isAssignableFrom(type));
  }

  private boolean hasParameter(Class<?> argument) {
    return Stream.of(method.getParameterTypes()).anyMatch(argument::isAssignableFrom);
  }

  @Override
  public String toString() {
    return operation.id() + " " + variant();
  }
}
