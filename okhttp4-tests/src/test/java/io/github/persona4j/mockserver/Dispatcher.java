package io.github.persona4j.mockserver;

/** Returns a response for each request. */
public abstract class Dispatcher {
  public abstract MockResponse dispatch(RecordedRequest request) throws InterruptedException;
}
