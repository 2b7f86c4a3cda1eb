package io.github.persona4j.file;

import java.util.regex.Pattern;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.ForwardingTimeout;
import okio.Okio;
import okio.Timeout;

/**
 * Answers that end when their connection does, as those of HTTP/1.0: a connection that breaks makes
 * them shorter and nobody can tell. For {@code PersonaClient}, which marks their bodies, because
 * whoever stores a body no longer has the head of its answer.
 */
public final class OpenEnd {
  static final String FAULT = "the answer would not show whether the file is complete";
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private OpenEnd() {}

  /** The answer, whose body bears a mark if its end is open; it can be read as before. */
  public static Response marked(Response answer) {
    ResponseBody body = answer.body();
    if (body == null || !of(answer)) {
      return answer;
    }
    BufferedSource source = Okio.buffer(new MarkedSource(body.source()));
    return answer
        .newBuilder()
        .body(ResponseBody.create(source, body.contentType(), body.contentLength()))
        .build();
  }

  static boolean of(Response answer) {
    ResponseBody body = answer.body();
    Response sent = answer.networkResponse();
    if (sent == null || body == null || body.contentLength() >= 0) {
      return false; // what an interceptor made up cannot break off
    }
    // The length of what OkHttp unpacked is no longer known; that of what was sent may have been.
    boolean measured = LENGTH.matcher(sent.header("Content-Length", "")).matches();
    boolean sealed =
        "gzip".equalsIgnoreCase(sent.header("Content-Encoding"))
            && answer.header("Content-Encoding") == null;
    return (sent.protocol() == Protocol.HTTP_1_0 || sent.protocol() == Protocol.HTTP_1_1)
        && !measured
        && !sealed
        && !"chunked".equalsIgnoreCase(sent.header("Transfer-Encoding"));
  }

  static boolean isMarked(ResponseBody body) {
    return body.source().timeout() instanceof Mark;
  }

  // Of all that is known of a source, its timeout alone gets through what others wrap around it.
  private static final class Mark extends ForwardingTimeout {
    Mark(Timeout timeout) {
      super(timeout);
    }
  }

  private static final class MarkedSource extends ForwardingSource {
    private final Mark mark;

    MarkedSource(BufferedSource source) {
      super(source);
      this.mark = new Mark(source.timeout());
    }

    @Override
    public Timeout timeout() {
      return mark;
    }
  }
}
