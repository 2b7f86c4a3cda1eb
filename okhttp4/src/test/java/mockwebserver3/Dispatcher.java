package mockwebserver3;

/** Answers each request by what it is. */
public abstract class Dispatcher {
  public abstract MockResponse dispatch(RecordedRequest request) throws InterruptedException;
}
