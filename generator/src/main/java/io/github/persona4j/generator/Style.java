package io.github.persona4j.generator;

import org.openapitools.codegen.CodegenOperation;

/** What the methods of a generated class return. */
enum Style {
  /** The body of the response, for which they wait. */
  BLOCKING("methods", "%s", "run", "open", ""),
  /** The future of the body. */
  ASYNC(
      "asyncMethods",
      "CompletableFuture<%s>",
      "start",
      "startOpen",
      "without waiting for the response"),
  /** The whole response, for which they wait. */
  RAW(
      "rawMethods",
      "ApiResponse<%s>",
      "send",
      "sendOpen",
      "with the status and the headers of the response");

  private final String extension;
  private final String result;
  private final String runner;
  private final String fileRunner;
  private final String difference;

  Style(String extension, String result, String runner, String fileRunner, String difference) {
    this.extension = extension;
    this.result = result;
    this.runner = runner;
    this.fileRunner = fileRunner;
    this.difference = difference;
  }

  /** The vendor extension with the methods, for the templates. */
  String extension() {
    return extension;
  }

  /** The type that the methods of an operation return. */
  String returnType(CodegenOperation operation) {
    return result.formatted(operation.isResponseFile ? "Download" : bodyType(operation));
  }

  /** The method of the runner that makes the call. */
  String runner(CodegenOperation operation) {
    return operation.isResponseFile ? fileRunner : runner;
  }

  /** The type that the methods for one page or for all return, with a place for the items. */
  String pageType(boolean all) {
    return switch (this) {
      case BLOCKING -> all ? "Pages<%s>" : "Page<%s>";
      case ASYNC -> all ? "AsyncPages<%s>" : "CompletableFuture<AsyncPage<%s>>";
      case RAW -> throw new IllegalArgumentException("the response is not a page");
    };
  }

  /** The method of the runner that makes the call for one page or those for all. */
  String pageRunner(boolean all) {
    return switch (this) {
      case BLOCKING -> all ? "pages" : "page";
      case ASYNC -> all ? "publish" : "startPage";
      case RAW -> throw new IllegalArgumentException("the response is not a page");
    };
  }

  /** How the methods differ from the blocking ones, for Javadoc; empty for these. */
  String difference() {
    return difference;
  }

  /** The type of the response to the Retrofit call of an operation. */
  static String bodyType(CodegenOperation operation) {
    if (operation.isResponseFile) {
      return "ResponseBody";
    }
    return operation.returnType == null ? "Void" : operation.returnType;
  }
}
