package io.github.persona4j.generator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.openapitools.codegen.CodegenConfig;
import org.openapitools.codegen.TemplateManager;
import org.openapitools.codegen.api.TemplatePathLocator;
import org.openapitools.codegen.templating.GeneratorTemplateContentLocator;
import org.openapitools.codegen.templating.TemplateManagerOptions;

/** Writes classes of which there is neither one per model nor one per group of operations. */
final class ExtraFiles {
  private final CodegenConfig config;
  private final File folder;
  private final TemplateManager templates;

  /**
   * @param folder of the package of the classes
   */
  ExtraFiles(CodegenConfig config, String folder) {
    this.config = config;
    this.folder = new File(folder);
    this.templates =
        new TemplateManager(
            new TemplateManagerOptions(false, false),
            config.getTemplatingEngine(),
            new TemplatePathLocator[] {new GeneratorTemplateContentLocator(config)});
  }

  /**
   * Writes a class.
   *
   * @param values for the template, in addition to the settings of the generator
   */
  void write(String template, String className, Map<String, Object> values) {
    config.postProcessFile(writeAsPrinted(template, className, values), "extra");
  }

  /** Writes a class without formatting it. */
  File writeAsPrinted(String template, String className, Map<String, Object> values) {
    Map<String, Object> data = new HashMap<>(config.additionalProperties());
    data.putAll(values);
    try {
      return templates.write(data, template, new File(folder, className + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
