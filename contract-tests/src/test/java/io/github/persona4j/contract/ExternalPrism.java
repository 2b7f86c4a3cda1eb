package io.github.persona4j.contract;

import org.jspecify.annotations.Nullable;

/** A Prism that somebody else started and will end. */
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
    if (!answers(baseUrl)) {
      throw new IllegalStateException("Nothing answers at contract.baseUrl, " + baseUrl);
    }
    return new ExternalPrism(baseUrl);
  }

  @Override
  String baseUrl() {
    return baseUrl;
  }

  @Override
  String way() {
    return "external";
  }

  @Override
  @Nullable String death() {
    return answers(baseUrl) ? null : "Nothing answers any more at " + baseUrl;
  }

  @Override
  public void close() {}
}
