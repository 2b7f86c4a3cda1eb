package consumer;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.JsonConverterFactory;
import retrofit2.Retrofit;

/** Uses the models and a Retrofit interface without the client. */
public final class ApiConsumer {
  private ApiConsumer() {}

  /** Fails if the artifact is not complete. */
  public static void main(String[] args) {
    Event event =
        Event.fromJson(
            "{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":{\"name\":\"inquiry.approved\"}}");
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl("http://127.0.0.1/")
            .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
            .validateEagerly(true)
            .build();
    EventsApi events = retrofit.create(EventsApi.class);
    System.out.println(event.id() + " " + (events != null));
  }
}
