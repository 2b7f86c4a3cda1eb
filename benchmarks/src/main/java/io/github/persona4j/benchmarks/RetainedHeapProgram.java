package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import okhttp3.ResponseBody;

/**
 * A program that decodes different pages of inquiries and keeps them all. It prints the bytes of
 * heap that the pages retain, and those after every value has been read, each as a ratio to the
 * bytes of JSON.
 */
final class RetainedHeapProgram {
  private static final int PAGES = 50;
  private static final int COLLECTIONS = 5;

  private RetainedHeapProgram() {}

  /** The ways to decode. */
  enum Decoder {
    OURS,
    GSON,
    JACKSON
  }

  private interface Decoding<P> {
    P decode(ResponseBody body) throws IOException;
  }

  /**
   * Runs the program.
   *
   * @param arguments the name of a {@link Decoder}
   */
  public static void main(String[] arguments) throws IOException {
    switch (Decoder.valueOf(arguments[0])) {
      case OURS -> measure(new GeneratedModels()::decode, GeneratedModels::readAllValues);
      case GSON -> measure(new ReflectiveGson()::decode, PojoInquiryPage::readAllValues);
      case JACKSON -> measure(new JacksonDatabind()::decode, PojoInquiryPage::readAllValues);
    }
  }

  private static <P> void measure(Decoding<P> decoding, ToLongFunction<P> readAllValues)
      throws IOException {
    // Loads the classes, and fills caches such as those of names.
    long unused = readAllValues.applyAsLong(decoding.decode(InMemoryBody.of(page(PAGES))));

    List<P> pages = new ArrayList<>(PAGES);
    long json = 0;
    long before = usedHeap();
    for (int i = 0; i < PAGES; i++) {
      byte[] page = page(i);
      json += page.length;
      pages.add(decoding.decode(InMemoryBody.of(page)));
    }
    long decoded = usedHeap() - before;
    long sum = pages.stream().mapToLong(readAllValues).sum();
    long read = usedHeap() - before;
    // Also keeps the pages reachable until here.
    if (sum != pages.stream().mapToLong(readAllValues).sum()) {
      throw new IllegalStateException("The values have changed");
    }
    System.out.println((double) decoded / json + " " + (double) read / json);
  }

  private static byte[] page(long seed) {
    return InquiryPageJson.make(seed);
  }

  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
