package io.github.persona4j.drift;

/**
 * What can happen to a part of the API, and what it means where it is sent and where it is
 * received.
 */
enum Change {
  ADDED("added", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  ADDED_REQUIRED("added-required", Verdict.BREAKING, Verdict.TOLERATED),
  REMOVED("removed", Verdict.BREAKING, Verdict.BREAKING),
  RENAMED("renamed", Verdict.BREAKING, Verdict.BREAKING),
  BECAME_REQUIRED("became-required", Verdict.BREAKING, Verdict.TOLERATED),
  BECAME_OPTIONAL("became-optional", Verdict.NEEDS_RELEASE, Verdict.BREAKING),
  /** As above, for what the types of the client never require. */
  LEFT_OUT("became-optional", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  TYPE_CHANGED("type-changed", Verdict.BREAKING, Verdict.BREAKING),
  TYPE_WIDENED("type-changed", Verdict.NEEDS_RELEASE, Verdict.BREAKING),
  TYPE_NARROWED("type-changed", Verdict.BREAKING, Verdict.TOLERATED),
  BECAME_NULLABLE("became-nullable", Verdict.NEEDS_RELEASE, Verdict.BREAKING),
  /** As above, for what the types of the client never require. */
  MAY_BE_NULL("became-nullable", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  NOT_NULLABLE("lost-null", Verdict.BREAKING, Verdict.TOLERATED),
  VALUE_ADDED("value-added", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  VALUE_REMOVED("value-removed", Verdict.BREAKING, Verdict.TOLERATED),
  /** As above, if no value is left that was known. */
  VALUES_REPLACED("value-removed", Verdict.BREAKING, Verdict.BREAKING),
  VALUES_LIMITED("values-limited", Verdict.BREAKING, Verdict.TOLERATED),
  VALUES_OPENED("values-opened", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  FORMAT_CHANGED("format-changed", Verdict.BREAKING, Verdict.BREAKING),
  FORMAT_ADDED("format-changed", Verdict.BREAKING, Verdict.TOLERATED),
  FORMAT_REMOVED("format-changed", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  TYPED_FORMAT_REMOVED("format-changed", Verdict.NEEDS_RELEASE, Verdict.BREAKING),
  LIMIT_TIGHTENED("limit-tightened", Verdict.BREAKING, Verdict.TOLERATED),
  LIMIT_LOOSENED("limit-loosened", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  DEFAULT_CHANGED("default-changed", Verdict.TOLERATED, Verdict.NONE),
  DEPRECATED("deprecated", Verdict.NEEDS_RELEASE, Verdict.NEEDS_RELEASE),
  NOT_DEPRECATED("no-longer-deprecated", Verdict.NEEDS_RELEASE, Verdict.NEEDS_RELEASE),
  BRANCH_ADDED("branch-added", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  BRANCH_REMOVED("branch-removed", Verdict.BREAKING, Verdict.TOLERATED),
  CLOSED("closed", Verdict.BREAKING, Verdict.TOLERATED),
  /** As above, if there are known properties: the builders of the client have no others. */
  CLOSED_TO_KNOWN("closed", Verdict.TOLERATED, Verdict.TOLERATED),
  OPENED("opened", Verdict.NEEDS_RELEASE, Verdict.TOLERATED),
  SECURITY_CHANGED("changed", Verdict.BREAKING, Verdict.NONE),
  SECURITY_DROPPED("changed", Verdict.TOLERATED, Verdict.NONE),
  STYLE_CHANGED("style-changed", Verdict.BREAKING, Verdict.NONE),
  /** As above, for characters that a client may escape or not. */
  ESCAPES_CHANGED("style-changed", Verdict.TOLERATED, Verdict.NONE),
  STATUS_CHANGED("changed", Verdict.NONE, Verdict.TOLERATED),
  STATUS_REMOVED("removed", Verdict.NONE, Verdict.TOLERATED);

  private final String id;
  private final Verdict request;
  private final Verdict response;

  Change(String id, Verdict request, Verdict response) {
    this.id = id;
    this.request = request;
    this.response = response;
  }

  /** Returns the end of the ID of the rule. */
  String id() {
    return id;
  }

  Verdict request() {
    return request;
  }

  Verdict response() {
    return response;
  }
}
