package io.github.persona4j.compatibility;

import java.util.Locale;

/**
 * An incompatible change of the public API.
 *
 * @param type the class, such as {@code io.github.persona4j.Page}
 * @param member the method or field, empty if the class itself changed
 * @param declaration the member as a caller writes it, such as {@code list(EventsListQuery)}
 * @param kind what changed, as japicmp names it
 * @param binary whether compiled callers fail
 * @param source whether callers no longer compile
 */
record ApiChange(
    String type, String member, String declaration, String kind, boolean binary, boolean source) {

  /** The name of the class without its package and the classes around it. */
  String simpleType() {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  @Override
  public String toString() {
    String who = binary && source ? "binary, source" : binary ? "binary" : "source";
    String what = kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    String where = declaration.isEmpty() ? type : type + "." + declaration;
    return "`" + where.replace('$', '.') + "`: " + what + " (" + who + ")";
  }
}
