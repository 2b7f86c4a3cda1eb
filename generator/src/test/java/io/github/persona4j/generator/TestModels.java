package io.github.persona4j.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.openapitools.codegen.CodegenDiscriminator;
import org.openapitools.codegen.CodegenDiscriminator.MappedModel;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/** Models of a small description. */
final class TestModels {
  private final List<CodegenModel> all = new ArrayList<>();

  CodegenModel add(String name, CodegenProperty... properties) {
    CodegenModel model = new CodegenModel();
    model.classname = name;
    model.name = name;
    for (CodegenProperty property : properties) {
      model.vars.add(property);
      if (property.required) {
        model.requiredVars.add(property);
      }
    }
    all.add(model);
    return model;
  }

  /** Adds a union whose members have types such as {@code report/watchlist}. */
  void addUnion(String name, String type, String member) {
    CodegenModel union = add(name);
    union.oneOf.add(member);
    union.discriminator = new CodegenDiscriminator();
    union.discriminator.setPropertyBaseName("type");
    union.discriminator.setMappedModels(new TreeSet<>(List.of(new MappedModel(type, member))));
  }

  Models models() {
    return new Models(all);
  }

  static CodegenProperty model(String name, String type) {
    CodegenProperty property = scalar(name, type);
    property.isModel = true;
    return property;
  }

  static CodegenProperty scalar(String name, String type) {
    CodegenProperty property = new CodegenProperty();
    property.baseName = name;
    property.name = camelCase(name);
    property.dataType = type;
    property.description = "Description of " + name + ".";
    return property;
  }

  static CodegenProperty required(CodegenProperty property) {
    property.required = true;
    return property;
  }

  static CodegenProperty constant(String name) {
    CodegenProperty property = scalar(name, "String");
    property.isEnum = true;
    return property;
  }

  private static String camelCase(String name) {
    String[] words = name.split("-", -1);
    StringBuilder camel = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      camel.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return camel.toString();
  }
}
