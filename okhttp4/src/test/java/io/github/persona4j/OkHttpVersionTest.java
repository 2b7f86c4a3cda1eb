package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttp;
import org.junit.jupiter.api.Test;

/** What the other tests of this module run on. */
class OkHttpVersionTest {
  @Test
  void classPath_hasTheVersionOfTheProfile() throws ReflectiveOperationException {
    // Asked for at run time, since the compiler copies constants.
    Object version = OkHttp.class.getField("VERSION").get(null);

    assertThat(version).asString().startsWith("4.").isEqualTo(System.getProperty("okhttp.version"));
  }
}
