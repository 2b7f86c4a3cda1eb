package io.github.persona4j.generator;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Formats generated Java source: at most 100 columns, and only the imports that it needs. Templates
 * import the models with {@code modelPackage.*} and everything else by name, needed or not.
 */
final class SourceFormat {
  private final Formatter formatter = new Formatter();
  private final Pattern allModels;
  private final String imports;

  /**
   * Creates the format of the sources of one description.
   *
   * @param models the simple names of the models that a source may import
   */
  SourceFormat(String modelPackage, Collection<String> models) {
    this.allModels = Pattern.compile("(?m)^import " + Pattern.quote(modelPackage) + "\\.\\*;$");
    this.imports =
        models.stream()
            .map(model -> "import " + modelPackage + "." + model + ";")
            .collect(Collectors.joining("\n"));
  }

  /**
   * Returns the formatted source.
   *
   * @param source the source as a template printed it
   * @throws IllegalArgumentException if it is not valid Java
   */
  String format(String source) {
    String complete = allModels.matcher(source).replaceFirst(Matcher.quoteReplacement(imports));
    try {
      return formatter.formatSourceAndFixImports(complete);
    } catch (FormatterException e) {
      throw new IllegalArgumentException("Not valid Java:\n" + source, e);
    }
  }
}
