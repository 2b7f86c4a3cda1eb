package io.github.persona4j.benchmarks;

import io.github.persona4j.model.InquiryPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a decoded page of 100 inquiries to the body of a request. */
@State(Scope.Benchmark)
public class Encoding {
  private final OurModels ours = new OurModels();
  private final ReflectiveGson gson = new ReflectiveGson();
  private final JacksonDatabind jackson = new JacksonDatabind();
  private final InquiryPage models;
  private final PlainPage objects;

  /** Decodes the page once in each form. */
  public Encoding() {
    byte[] page = InquiryPageText.make();
    try {
      models = ours.decode(Answer.of(page));
      objects = gson.decode(Answer.of(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory do not fail
    }
  }

  /** Our models. */
  @Benchmark
  public Object ours() throws IOException {
    return ours.encode(models);
  }

  /** Plain objects by reflective Gson. */
  @Benchmark
  public Object gson() throws IOException {
    return gson.encode(objects);
  }

  /** Plain objects by Jackson. */
  @Benchmark
  public Object jackson() throws IOException {
    return jackson.encode(objects);
  }
}
