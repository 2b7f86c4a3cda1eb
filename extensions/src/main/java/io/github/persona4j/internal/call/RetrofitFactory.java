package io.github.persona4j.internal.call;

import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.JsonConverterFactory;
import retrofit2.Retrofit;

/** Creates a {@link Retrofit} that makes the calls of a client. */
public final class RetrofitFactory {
  private RetrofitFactory() {}

  public static Retrofit create(RetryingCallFactory calls) {
    ClientContext context = calls.context();
    Retrofit.Builder retrofit =
        new Retrofit.Builder()
            .baseUrl(context.baseUrl())
            .callFactory(calls)
            .addConverterFactory(
                DecodingException.guarding(
                    JsonConverterFactory.create(ModelTypes.ALL, context.jsonLimits())))
            .addCallAdapterFactory(new GuardedCall.Factory());
    CallObserver.Factory observers = context.observers();
    if (observers != null) {
      retrofit.addCallAdapterFactory(new ObservedCall.Factory(observers, context.time()));
    }
    return retrofit.build();
  }
}
