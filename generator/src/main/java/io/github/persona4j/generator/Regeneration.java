package io.github.persona4j.generator;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.openapitools.codegen.ClientOptInput;
import org.openapitools.codegen.CodegenConstants;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.SpecValidationException;
import org.openapitools.codegen.config.CodegenConfigurator;
import org.openapitools.codegen.config.GlobalSettings;

/**
 * Tries to generate code from a description, and reports with file and line why that is not
 * possible.
 */
public final class Regeneration {
  private static final int SHOWN = 20;
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.log.org.openapitools";

  private final Path settings;
  private final Path templates;

  /**
   * @param settings the file with the settings of the generator
   * @param templates the folder with the templates
   */
  Regeneration(Path settings, Path templates) {
    this.settings = settings;
    this.templates = templates;
  }

  /**
   * Checks a description, the first argument, with settings, templates and a folder for files, the
   * others. Prints what is wrong, and then ends the JVM, and a build in it, with the status 1.
   */
  public static void main(String[] arguments) {
    Regeneration regeneration = new Regeneration(Path.of(arguments[1]), Path.of(arguments[2]));
    Set<String> problems = regeneration.quietly(arguments[0], Path.of(arguments[3]));
    if (problems.isEmpty()) {
      return;
    }
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    problems.stream().limit(SHOWN).forEach(err::println);
    if (problems.size() > SHOWN) {
      err.println("... and " + (problems.size() - SHOWN) + " more");
    }
    System.exit(1);
  }

  /** As {@link #run}, without the log of the generator, which says nothing with a place. */
  private Set<String> quietly(String description, Path output) {
    String before = System.getProperty(LOG_LEVEL);
    System.setProperty(LOG_LEVEL, "off");
    try {
      return run(description, output);
    } finally {
      if (before == null) {
        System.clearProperty(LOG_LEVEL);
      } else {
        System.setProperty(LOG_LEVEL, before);
      }
    }
  }

  /**
   * Generates the Retrofit interfaces and models, without format. Returns what is wrong with the
   * description; empty if nothing is.
   */
  Set<String> run(String description, Path output) {
    DescriptionCheck check = new DescriptionCheck();
    Set<String> problems = check.check(description);
    if (!problems.isEmpty()) {
      return problems;
    }
    try {
      CodegenConfigurator configurator = CodegenConfigurator.fromFile(settings.toString());
      configurator
          .setGeneratorName(ClientGenerator.class.getName())
          .addAdditionalProperty(ClientGenerator.UNFORMATTED, true)
          .setInputSpec(description)
          .setTemplateDir(templates.toString())
          .setOutputDir(output.toString());
      generate(configurator.toClientOptInput());
    } catch (SpecValidationException e) {
      e.getErrors().forEach(message -> check.invalid(description, message));
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (!(cause instanceof Refused) && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof Refused refused) {
        check.refused(refused);
      } else {
        problems.add(description + ": the generator fails: " + cause);
      }
    }
    return problems;
  }

  /** Generates without the advertisement that the generator prints at its end. */
  private static void generate(ClientOptInput input) {
    GlobalSettings.setProperty(CodegenConstants.API_TESTS, "false");
    GlobalSettings.setProperty(CodegenConstants.MODEL_TESTS, "false");
    GlobalSettings.setProperty(CodegenConstants.API_DOCS, "false");
    GlobalSettings.setProperty(CodegenConstants.MODEL_DOCS, "false");
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      new DefaultGenerator().opts(input).generate();
    } finally {
      System.setOut(out);
    }
  }
}
