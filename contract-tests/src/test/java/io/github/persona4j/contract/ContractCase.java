package io.github.persona4j.contract;

import java.io.IOException;

/**
 * One thing that the suite checks. Each kind of case is a record with a method that lists all of
 * its cases; {@link Contract#check} runs them and notes what came out.
 */
interface ContractCase {
  /** The operation as the report calls it, by its operationId. */
  String name();

  /** What the report counts it under. */
  String tag();

  /** The status that is asked for; 0 where no answer is. */
  int status();

  /** What is done with the operation, in a few words. */
  String way();

  /**
   * Does it.
   *
   * @throws AssertionError if it does not come out as it should
   */
  void check(Trial trial) throws IOException;

  /** A case that is about one operation of the API. */
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

  /** A case that asks for one documented answer. */
  interface OfAnswer extends OfOperation {
    Operation.Answer answer();

    /**
     * Whether Prism makes the response up from its schema, for want of an example or on purpose.
     */
    default boolean isMadeUp() {
      return false;
    }

    @Override
    default int status() {
      return answer().status();
    }
  }
}
