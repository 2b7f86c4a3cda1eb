package io.github.persona4j.contract;

import org.jspecify.annotations.Nullable;

/** A Prism server that the user started and stops. */
final class ExternalPrism extends PrismServer {
  private final String baseUrl;

  private ExternalPrism(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  static ExternalPrism find(@Nullable String url) {
    if (url == null) {
      throw new IllegalArgumentException("contract.baseUrl is not set");
    }
    String baseUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    if (!responds(baseUrl)) {
      throw new IllegalStateException("There is no server at contract.baseUrl, " + baseUrl);
    }
    return new ExternalPrism(baseUrl);
  }

  @Override
  String baseUrl() {
    return baseUrl;
  }

  @Override
  String variant() {
    return "external";
  }

  @Override
  @Nullable String exitReason() {
    return responds(baseUrl) ? null : "There is no longer a server at " + baseUrl;
  }

  @Override
  public void close() {}
}
