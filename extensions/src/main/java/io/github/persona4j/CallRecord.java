package io.github.persona4j;

import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one call, for the exception that may come of it. Retrofit hands over no answer
 * when decoding fails, so the request carries this record as a tag and {@link AnswerRecorder}
 * writes into it; the caller's thread reads it.
 */
final class CallRecord {
  /** The last answer; only its status and headers may be read. */
  volatile @Nullable Response answer;

  /** The start of a successful answer that says it is text and not JSON. */
  volatile @Nullable String text;
}
