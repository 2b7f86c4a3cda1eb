package io.github.persona4j.internal.http;

/** The version of this library, filled in by the build. */
final class SdkVersion {
  static final String VERSION = "${project.version}";

  private SdkVersion() {}
}
