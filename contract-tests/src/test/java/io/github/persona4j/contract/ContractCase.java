package io.github.persona4j.contract;

import java.io.IOException;

/**
 * A case of the suite. Each type of case is a record with a method that returns all its cases;
 * {@link Contract#check} runs them and records the results.
 */
interface ContractCase {
  /** Returns the operationId for the report. */
  String name();

  /** Returns the tag for the report. */
  String tag();

  /** Returns the requested status; 0 if no response is requested. */
  int status();

  /** Returns a short name of the case among those of the operation. */
  String variant();

  /**
   * Runs the case.
   *
   * @throws AssertionError if it fails
   */
  void check(CaseContext context) throws IOException;

  /** A case of one operation of the API. */
  interface OfOperation extends ContractCase {
    Operation operation();

    @Override
    default String name() {
      return operation().id();
    }

    @Override
    default String tag() {
      return operation().tag();
    }
  }

  /** A case that requests one documented response. */
  interface OfResponse extends OfOperation {
    Operation.DocumentedResponse response();

    /**
     * Returns whether Prism generates the response from its schema, intentionally or without an
     * example.
     */
    default boolean isGenerated() {
      return false;
    }

    @Override
    default int status() {
      return response().status();
    }
  }
}
