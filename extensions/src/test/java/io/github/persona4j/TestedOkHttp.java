package io.github.persona4j;

import okhttp3.OkHttp;

/** The version of OkHttp that these tests are compiled for and run on. */
final class TestedOkHttp {
  private TestedOkHttp() {}

  static boolean isVersion4() {
    return OkHttp.VERSION.startsWith("4.");
  }
}
