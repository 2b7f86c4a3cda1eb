package io.github.persona4j.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Decodes a page of 100 inquiries; some benchmarks also read every value. */
@State(Scope.Benchmark)
public class Decoding {
  private final byte[] page = InquiryPageJson.make(InquiryPageBenchmark.SEED);
  private final GeneratedModels models = new GeneratedModels();
  private final ReflectiveGson gson = new ReflectiveGson();
  private final JacksonDatabind jackson = new JacksonDatabind();
  private final GsonTokenizer tokenizer = new GsonTokenizer();

  /** Our models. */
  @Benchmark
  public Object ours() throws IOException {
    return models.decode(InMemoryBody.of(page));
  }

  /** POJOs by reflective Gson. */
  @Benchmark
  public Object gson() throws IOException {
    return gson.decode(InMemoryBody.of(page));
  }

  /** POJOs by Jackson. */
  @Benchmark
  public Object jackson() throws IOException {
    return jackson.decode(InMemoryBody.of(page));
  }

  /** Gson's tokenizer alone. */
  @Benchmark
  public long tokenizer() throws IOException {
    return tokenizer.read(InMemoryBody.of(page));
  }

  /** Our models, every value read. */
  @Benchmark
  public long oursRead() throws IOException {
    return GeneratedModels.readAllValues(models.decode(InMemoryBody.of(page)));
  }

  /** POJOs by reflective Gson, every value read. */
  @Benchmark
  public long gsonRead() throws IOException {
    return gson.decode(InMemoryBody.of(page)).readAllValues();
  }

  /** POJOs by Jackson, every value read. */
  @Benchmark
  public long jacksonRead() throws IOException {
    return jackson.decode(InMemoryBody.of(page)).readAllValues();
  }
}
