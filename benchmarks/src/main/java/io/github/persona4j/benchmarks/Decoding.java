package io.github.persona4j.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a page of 100 inquiries to objects. */
@State(Scope.Benchmark)
public class Decoding {
  private final byte[] page = InquiryPageText.make();
  private final OurModels ours = new OurModels();
  private final ReflectiveGson gson = new ReflectiveGson();
  private final JacksonDatabind jackson = new JacksonDatabind();
  private final BareTokenizer tokenizer = new BareTokenizer();

  /** Our models. */
  @Benchmark
  public Object ours() throws IOException {
    return ours.decode(Answer.of(page));
  }

  /** Our models, and every date of every inquiry asked for. */
  @Benchmark
  public long oursWithDates() throws IOException {
    return ours.decodeAndReadDates(Answer.of(page));
  }

  /** Plain objects by reflective Gson. */
  @Benchmark
  public Object gson() throws IOException {
    return gson.decode(Answer.of(page));
  }

  /** Plain objects by Jackson. */
  @Benchmark
  public Object jackson() throws IOException {
    return jackson.decode(Answer.of(page));
  }

  /** Gson's tokenizer alone. */
  @Benchmark
  public long tokenizer() throws IOException {
    return tokenizer.read(Answer.of(page));
  }
}
