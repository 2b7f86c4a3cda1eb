package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.ApiResponse;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.request.QueryParameters;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;

/**
 * One public method of a generated class, called as a user calls it: what it sends is accepted, and
 * what it leaves out is not sent.
 *
 * @param method the method, of the class that blocks or of the Retrofit interface
 * @param response the success that is expected
 * @param form how its request is made
 */
record PublishedMethod(Operation operation, Method method, Answer response, Form form)
    implements ContractCase.OfAnswer {

  /** How a request is made. */
  enum Form {
    /** The method itself waits for the response. */
    BLOCKING("blocking"),
    /** {@link PersonaClient#send} makes the call that the method returns. */
    SEND("by send"),
    /** {@link PersonaClient#sendAsync} makes it. */
    SEND_ASYNC("by sendAsync");

    private final String words;

    Form(String words) {
      this.words = words;
    }
  }

  static Stream<PublishedMethod> all(Contract contract) {
    List<PublishedMethod> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      Answer success = operation.success();
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

  /** All public methods that an operation has. */
  static List<Method> of(Operation operation) {
    return ApiClass.ALL.stream()
        .flatMap(
            api -> api.methods().stream().filter(method -> operation.id().equals(api.id(method))))
        .toList();
  }

  @Override
  public Answer answer() {
    return response;
  }

  @Override
  public String way() {
    return ApiClass.nameOf(method) + ", " + form.words;
  }

  @Override
  public void check(Trial trial) throws IOException {
    Exchange exchange = trial.exchange();
    Arguments arguments =
        Arguments.of(operation, Extent.WHOLE, response, response.exampleNames().get(0));

    Object result =
        trial.<@Nullable Object>withClient(client -> result(client, trial.contract(), arguments));

    SentRequest.check(operation, exchange, takes(QueryParameters.class));
    assertThat(exchange.answer().code()).as("status").isEqualTo(response.status());
    checkBody(arguments, exchange);
    if (result instanceof JsonModel model) {
      trial.checkDecoded(model, exchange.answerBody());
    } else if (result instanceof ResponseBody file) {
      file.close();
    }
  }

  private @Nullable Object result(PersonaClient client, Contract contract, Arguments arguments) {
    Object returned =
        OperationCaller.invoke(client, operation.id(), method, arguments, contract.methods()::add);
    if (form == Form.BLOCKING) {
      return returned;
    }
    Call<?> call = (Call<?>) Objects.requireNonNull(returned);
    ApiResponse<?> whole = form == Form.SEND ? client.send(call) : join(client, call);
    assertThat(whole.status()).as("status of the response").isEqualTo(response.status());
    return whole.body();
  }

  private static ApiResponse<?> join(PersonaClient client, Call<?> call) {
    try {
      return client.sendAsync(call).join();
    } catch (CompletionException e) {
      throw OperationCaller.unpacked(e);
    }
  }

  private void checkBody(Arguments arguments, Exchange exchange) {
    Class<?> body = OperationCaller.bodyType(operation.id());
    if (body == null || takes(body)) {
      assertThat(SentBody.differences(operation, arguments, exchange))
          .as("what the request lost or added")
          .isEmpty();
    } else if (!exchange.sentBody().isEmpty()) {
      Arguments least = Arguments.of(operation, Extent.MINIMAL, response, null);
      assertThat(SentBody.differences(operation, least, exchange))
          .as("what the request of the short form has beside the least")
          .isEmpty();
    }
  }

  private boolean takes(Class<?> argument) {
    return Stream.of(method.getParameterTypes()).anyMatch(argument::isAssignableFrom);
  }

  @Override
  public String toString() {
    return operation.id() + " " + way();
  }
}
