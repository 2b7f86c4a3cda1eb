package io.github.persona4j.benchmarks;

import io.github.persona4j.model.InquiryPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Encodes a decoded page of 100 inquiries as a request body. */
@State(Scope.Benchmark)
public class Encoding {
  private final GeneratedModels models = new GeneratedModels();
  private final ReflectiveGson gson = new ReflectiveGson();
  private final JacksonDatabind jackson = new JacksonDatabind();
  private final InquiryPage page;
  private final PojoInquiryPage pojos;

  /** Decodes the page once in each form. */
  public Encoding() {
    byte[] json = InquiryPageJson.make(InquiryPageBenchmark.SEED);
    try {
      page = models.decode(InMemoryBody.of(json));
      pojos = gson.decode(InMemoryBody.of(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory do not fail
    }
  }

  /** Our models. */
  @Benchmark
  public Object ours() throws IOException {
    return models.encode(page);
  }

  /** POJOs by reflective Gson. */
  @Benchmark
  public Object gson() throws IOException {
    return gson.encode(pojos);
  }

  /** POJOs by Jackson. */
  @Benchmark
  public Object jackson() throws IOException {
    return jackson.encode(pojos);
  }
}
