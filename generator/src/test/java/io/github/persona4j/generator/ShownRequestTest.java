package io.github.persona4j.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

class ShownRequestTest {
  private final TestModels models = new TestModels();

  private String shown(CodegenModel model, String json) throws JsonProcessingException {
    return new ShownRequest(models.models())
        .of(model, new ObjectMapper().readTree(json.replace('\'', '"')))
        .toString()
        .replace('"', '\'');
  }

  private static CodegenProperty text(String name) {
    return TestModels.scalar(name, "String");
  }

  @Test
  void longObject_showsWhatIsRequired_andTheFirstOthers() throws JsonProcessingException {
    CodegenModel model =
        models.add(
            "Pet",
            text("a"),
            text("b"),
            text("c"),
            text("d"),
            text("e"),
            TestModels.required(text("f")));

    assertThat(shown(model, "{'a':1,'b':2,'c':3,'d':4,'e':5,'f':6}"))
        .isEqualTo("{'a':1,'b':2,'c':3,'d':4,'f':6}");
  }

  @Test
  void optionalNullEmptyDeprecatedAndUnknownParts_areNotShown() throws JsonProcessingException {
    CodegenProperty old = text("old");
    old.deprecated = true;
    CodegenModel model = models.add("Pet", text("a"), old, text("empty"), text("null"));

    assertThat(shown(model, "{'null':null,'empty':{},'old':1,'unknown':2,'a':3}"))
        .isEqualTo("{'a':3}");
  }

  @Test
  void requiredNull_isShown_sinceItIsSent() throws JsonProcessingException {
    CodegenProperty needed = TestModels.required(text("needed"));
    needed.isNullable = true;
    CodegenModel model = models.add("Pet", needed);

    assertThat(shown(model, "{}")).isEqualTo("{'needed':null}");
    assertThat(shown(model, "{'needed':null}")).isEqualTo("{'needed':null}");
  }

  @Test
  void attributes_haveMoreValuesThanOtherParts() throws JsonProcessingException {
    CodegenModel attributes =
        models.add("Attributes", text("a"), text("b"), text("c"), text("d"), text("e"), text("f"));
    CodegenModel body =
        models.add(
            "Body",
            TestModels.model("attributes", attributes.classname),
            TestModels.model("other", attributes.classname));
    String all = "{'a':1,'b':2,'c':3,'d':4,'e':5,'f':6}";

    assertThat(shown(body, "{'attributes':" + all + "}"))
        .isEqualTo("{'attributes':{'a':1,'b':2,'c':3,'d':4,'e':5}}");
    assertThat(shown(body, "{'other':" + all + "}")).isEqualTo("{'other':{'a':1,'b':2,'c':3}}");
  }

  @Test
  void fieldsOfTheUser_areShown_andLongListsAreCut() throws JsonProcessingException {
    CodegenModel fields = models.add("Fields");
    fields.vendorExtensions.put("x-settable-fields", true);
    CodegenProperty tags = text("tags");
    tags.isArray = true;
    CodegenModel model = models.add("Pet", tags);

    assertThat(shown(fields, "{'own':{'a':1}}")).isEqualTo("{'own':{'a':1}}");
    assertThat(shown(model, "{'tags':[1,2,3,4]}")).isEqualTo("{'tags':[1,2,3]}");
  }
}
