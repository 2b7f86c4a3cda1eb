package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoded values take no more memory than the limit. */
class DecodedMemoryTest {
  private static final long LIMIT = 16 * 1024 * 1024;
  private static final String HEAP = "-Xmx64m";
  private static final JsonLimits LIMITS = JsonLimits.standard().withMaxDecodedBytes(LIMIT);

  static List<LargeDocument> documents() {
    return LargeDocument.all();
  }

  /** Runs in its own JVM, whose heap is little larger than the limit. */
  static final class Program {
    public static void main(String[] arguments) throws IOException {
      System.out.println("standard " + JsonLimits.standard().maxDecodedBytes());
      for (LargeDocument document : LargeDocument.all()) {
        long parts = maxParts(document);
        long before = used();
        Object value = document.type().read(document.stream(parts), false);
        List<Object> opened = opened(value);
        long kept = used() - before;
        System.out.println(
            document + ": " + parts + ", " + kept + (kept < LIMIT * 1.05 ? " within" : " BEYOND"));
        if (opened.size() > 1_000_000_000) {
          throw new AssertionError(value);
        }
      }
    }

    /** Returns the number of parts that can be read within the limit, or slightly fewer. */
    private static long maxParts(LargeDocument document) throws IOException {
      LargeDocument.Parts endless = document.stream(Long.MAX_VALUE);
      if (reads(document, endless, JsonLimits.standard())) {
        throw new AssertionError(document);
      }
      long parts = endless.created() * 49 / 50; // some were created but not read
      do {
        parts = parts * 19 / 20;
      } while (!reads(document, document.stream(parts), JsonLimits.standard()));
      return parts;
    }

    /** Returns all raw values of a model, opened by one level. */
    private static List<Object> opened(Object value) {
      List<Object> opened = new ArrayList<>();
      if (value instanceof JsonModel model) {
        for (JsonValue raw : model.additionalProperties().values()) {
          switch (raw.kind()) {
            case LIST -> opened.add(raw.asList());
            case OBJECT -> opened.add(raw.asMap());
            default -> opened.add(raw);
          }
        }
      }
      return opened;
    }

    private static long used() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  @Test
  @Tag("slow")
  void anything_decodedInASmallHeap_staysWithinTheLimit() throws Exception {
    Process program =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      List<String> output = program.inputReader().lines().toList();

      assertThat(program.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).as(String.join("\n", output)).isZero();
      assertThat(output).hasSize(1 + LargeDocument.all().size());
      assertThat(Long.parseLong(output.get(0).replace("standard ", "")))
          .isBetween(LIMIT / 2, LIMIT);
      assertThat(output.subList(1, output.size())).allMatch(line -> line.endsWith(" within"));
    } finally {
      program.destroyForcibly();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void endlessDocument_fails(LargeDocument document) {
    MalformedJsonException failure =
        catchThrowableOfType(
            MalformedJsonException.class,
            () -> document.type().read(document.stream(Long.MAX_VALUE), false, LIMITS));

    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure.getMessage()).endsWith("(maxDecodedBytes is " + LIMIT + ")");
  }

  /** The result does not depend on the chunks in which the network delivers a document. */
  @ParameterizedTest
  @MethodSource("documents")
  void documentAtTheLimit_inAnyChunks_hasTheSameResult(LargeDocument document) throws IOException {
    JsonLimits limits = JsonLimits.standard().withMaxDecodedBytes(100_000);
    long accepted = 0;
    long most = 200_000;
    while (most - accepted > 1) {
      long next = (accepted + most) / 2;
      if (reads(document, document.stream(next), limits)) {
        accepted = next;
      } else {
        most = next;
      }
    }
    assertThat(accepted).isPositive();
    Random random = new Random(1);
    for (int longest : new int[] {1, 5, 100, 5000, 1_000_000}) {
      for (int i = 0; i < 10; i++) {
        assertThat(reads(document, chunks(document.stream(accepted), random, longest), limits))
            .isTrue();
        assertThat(reads(document, chunks(document.stream(accepted + 1), random, longest), limits))
            .isFalse();
      }
    }
  }

  private static InputStream chunks(InputStream source, Random random, int most)
      throws IOException {
    byte[] all = source.readAllBytes();
    return new ByteArrayInputStream(all) {
      @Override
      public int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }

  private static boolean reads(LargeDocument document, InputStream source, JsonLimits limits)
      throws IOException {
    try {
      return document.type().read(source, false, limits) != null;
    } catch (MalformedJsonException e) {
      // Not with AssertJ, since the program in a small heap calls this, too.
      if (e.reason() != Reason.TOO_LARGE) {
        throw e;
      }
      return false;
    }
  }
}
