package io.github.persona4j.testing.internal.file;

import io.github.persona4j.testing.internal.http.FakeResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Small files of each format, which show nothing. */
final class SampleFiles {
  /** Gray, 16 by 16 pixels. */
  private static final byte[] JPEG =
      Base64.getDecoder()
          .decode(
              "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////"
                  + "////////////////////////////////wAALCAAQABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAU"
                  + "EAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AKAf/9k=");

  private SampleFiles() {}

  /** Returns a file of the format that the name says, and a photo if it says none. */
  static FakeResponse named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".pdf")) {
      return FakeResponse.of(200, "application/pdf", Pdf.of("File", List.of(name)));
    }
    if (lower.endsWith(".csv")) {
      return FakeResponse.of(200, "text/csv", "name\n");
    }
    if (lower.endsWith("video") || lower.endsWith(".mp4")) {
      return FakeResponse.of(200, "video/mp4", mp4());
    }
    return FakeResponse.of(200, "image/jpeg", JPEG.clone());
  }

  /** The first box of a file in the format MP4: its type, and no frames. */
  private static byte[] mp4() {
    byte[] box = "....ftypisom....isommp42".getBytes(StandardCharsets.US_ASCII);
    box[0] = box[1] = box[2] = 0;
    box[3] = (byte) box.length;
    box[12] = box[13] = box[14] = box[15] = 0;
    return box;
  }
}
