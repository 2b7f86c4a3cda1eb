package io.github.persona4j.benchmarks;

import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.model.InquiryPage;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Decodes a response that is one long token, of two lengths; prints a table. In linear time, four
 * times the length takes four times the time.
 */
public final class LongTokensBenchmark {
  static final List<Shape> SHAPES =
      List.of(
          new Shape("string", "{\"data\":[{\"id\":\"", "x", "\"}]}"),
          new Shape("string with an escape", "{\"data\":[{\"id\":\"\\n", "x", "\"}]}"),
          new Shape("string that is not ASCII", "{\"data\":[{\"id\":\"", "\u00e9", "\"}]}"),
          new Shape("string of an unknown property", "{\"data\":[],\"x\":[\"", "x", "\"]}"),
          new Shape("name of an unknown property", "{\"data\":[],\"", "x", "\":1}"),
          new Shape("number", "{\"data\":[],\"x\":", "1", "}"),
          new Shape("white space", "{\"data\":[", " ", "]}"));

  private static final int MIB = 1024 * 1024;
  private static final int SHORT = 8 * MIB;
  private static final int LONG = 32 * MIB;
  private static final int SMALL_PIECE = 100;
  private static final int PIECE = 8192; // as from a connection
  private static final int RUNS = 7;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final JsonLimits LIMITS =
      JsonLimits.standard().withMaxDecodedBytes(Long.MAX_VALUE);

  private LongTokensBenchmark() {}

  /** A page with a part that is repeated up to a length. */
  record Shape(String name, String start, String part, String end) {
    byte[] page(int length) {
      int bytes = part.getBytes(StandardCharsets.UTF_8).length;
      return (start + part.repeat(length / bytes) + end).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Returns JSON in small pieces. */
  private static final class Pieces extends FilterInputStream {
    private final int size;

    Pieces(byte[] json, int size) {
      super(new ByteArrayInputStream(json));
      this.size = size;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, size));
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) throws IOException {
    for (Shape shape : SHAPES) {
      double unused = fastest(shape.page(MIB), SMALL_PIECE); // to warm up
    }
    System.out.println("| | pieces, bytes | 8 MiB, ms | 32 MiB, ms | ratio |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (Shape shape : SHAPES) {
      for (int piece : new int[] {PIECE, SMALL_PIECE}) {
        double shorter = fastest(shape.page(SHORT), piece);
        double longer = fastest(shape.page(LONG), piece);
        System.out.printf(
            Locale.ROOT,
            "| %s | %d | %.0f | %.0f | %.1f |%n",
            shape.name,
            piece,
            shorter,
            longer,
            longer / shorter);
      }
    }
  }

  /** Returns the CPU time of the fastest of some runs, in milliseconds. */
  private static double fastest(byte[] page, int piece) throws IOException {
    long fastest = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = THREADS.getCurrentThreadCpuTime();
      InquiryPage decoded = decode(new Pieces(page, piece));
      fastest = Math.min(fastest, THREADS.getCurrentThreadCpuTime() - start);
      if (decoded.items().size() > 1) {
        throw new AssertionError(decoded);
      }
    }
    return fastest / 1e6;
  }

  static InquiryPage decode(InputStream page) throws IOException {
    return InquiryPage.TYPE.read(page, false, LIMITS);
  }
}
