package io.github.persona4j.mockserver;

/** Answers each request by what it is. */
public abstract class Dispatcher {
  public abstract MockResponse dispatch(RecordedRequest request) throws InterruptedException;
}
