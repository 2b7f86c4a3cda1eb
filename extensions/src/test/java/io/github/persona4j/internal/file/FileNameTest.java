package io.github.persona4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File names from servers, and the safe names made of them. */
class FileNameTest {
  private static String name(String url, String disposition) {
    Response.Builder response =
        new Response.Builder()
            .request(new Request.Builder().url(url).build())
            .protocol(Protocol.HTTP_2)
            .code(200)
            .message("")
            .body(ResponseBody.create("", null));
    if (!disposition.isEmpty()) {
      response.headers(
          new Headers.Builder().addUnsafeNonAscii("Content-Disposition", disposition).build());
    }
    return FileName.of(response.build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attachment; filename=a.jpg | a.jpg",
        "attachment;FILENAME = \"a b.jpg\" ; x=y | a b.jpg",
        "inline; filename=\"a;b.jpg\" | a;b.jpg",
        "inline; filename=\"say \\\"hi\\\".jpg\" | say _hi_.jpg",
        "attachment; filename=\"plain.jpg\"; filename*=UTF-8''Zo%C3%AB%20%E2%82%AC.jpg | Zoë €.jpg",
        "attachment; filename*=iso-8859-1'en'%A3.txt; filename=b | £.txt",
        "attachment; filename*=UTF-8''%FF.jpg; filename=plain.jpg | plain.jpg",
        "attachment; filename*=UTF-8''%4; filename=plain.jpg | plain.jpg",
        "attachment; filename*=utf-16''a; filename=plain.jpg | plain.jpg",
        "attachment; filename*=nonsense; filename=plain.jpg | plain.jpg",
        "attachment | front.jpg",
        "attachment; filename=\"\" | front.jpg",
        "attachment; filename=\"..\" | front.jpg",
        "attachment; filename=\"unclosed | front.jpg",
      })
  void contentDisposition_givesNameBeforeUrl(String disposition, String name) {
    assertThat(name("https://files.example/x/front.jpg?access_token=t", disposition))
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "https://files.example/a/b%20c.pdf, b c.pdf",
    "https://files.example/a/..%2F..%2Fetc%2Fpasswd, passwd",
    "https://files.example/a/, file",
    "https://files.example, file",
  })
  void url_withoutContentDisposition_givesName(String url, String name) {
    assertThat(name(url, "")).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/passwd",
        "C:\\x\\y",
        "c:evil",
        "a/../..",
        ".ssh",
        "...",
        ". .",
        "a\u0000b",
        "a\nb",
        "\u202Egpj.exe",
        "con",
        "NUL.txt",
        "Com1.jpg",
        "a:b*c?d\"e<f>g|h",
        "trailing. . ",
        "\uD800x",
        "con .txt",
        "CONIN$",
        "conout$.log",
        "com\u00b9",
        "LPT\u00b2.txt",
        "lpt\u00b3 .a.b",
        "a\u0085\u2028b",
        "in\u202Evoice\u2066.\u200Fpdf",
        "a\uFFFE\uFDD0b"
      })
  void maliciousName_staysInFolder(String name) {
    String safe = FileName.safe(name);

    Path folder = Path.of("folder").toAbsolutePath();
    if (!safe.isEmpty()) {
      assertThat(folder.resolve(safe).normalize().getParent()).isEqualTo(folder);
    }
    assertThat(safe)
        .doesNotContain("/", "\\", ":", "\u0000", "\n", "\u202E", "\uD800")
        .doesNotContain("\u0085", "\u2028", "\u2066", "\u200F", "\uFFFE", "\uFDD0")
        .doesNotStartWith(".")
        .doesNotEndWith(".")
        .doesNotMatch("(?i)(con|nul|com[1\u00b9]|lpt[\u00b2\u00b3]|con(in|out)\\$) *(\\..*)?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "-rf|_-rf",
        "--|_--",
        "-|_-",
        " . -x.jpg|_-x.jpg",
        "a/-x.jpg|_-x.jpg",
        "..\\\\-x.jpg|_-x.jpg",
        "\u202E-x.jpg|_-x.jpg",
        "\u00a0-x|_-x",
        "a-x-.jpg|a-x-.jpg",
      })
  void nameStartingWithDash_isPrefixed(String name, String safe) {
    assertThat(FileName.safe(name)).isEqualTo(safe);
    assertThat(name("https://files.example/x?a=b", "inline; filename=\"" + name + "\""))
        .doesNotStartWith("-");
  }

  @Test
  void urlWithNameStartingWithDash_isPrefixed() {
    assertThat(name("https://files.example/a/-rf", "")).isEqualTo("_-rf");
    assertThat(name("https://files.example/a/%2Drf", "")).isEqualTo("_-rf");
    assertThat(name("https://files.example/a/x", "inline; filename*=UTF-8''%2D%2Drf"))
        .isEqualTo("_--rf");
  }

  private static final List<String> PIECES =
      List.of(
          "-",
          "--",
          ".",
          "..",
          " ",
          "\u00a0",
          "\u3000",
          "\t",
          "\r\n",
          "\0",
          "\u001b[2J",
          "\u007f",
          "\u0085",
          "\u200b",
          "\u200f",
          "\u202e",
          "\u2028",
          "\u2066",
          "\ufeff",
          "\ufffe",
          "\ud83d",
          "\ude00",
          "\ud83d\ude00",
          "\udb40\udc41",
          "/",
          "\\",
          ":",
          "*",
          "?",
          "\"",
          "<",
          ">",
          "|",
          "con",
          "NUL",
          "aux.",
          "prn ",
          "Com1",
          "LPT\u00b9",
          "CONIN$",
          "clock$",
          ".jpg",
          ".tar.gz",
          "~",
          "%",
          "a",
          "Zo\u00eb",
          "\u05d0\u05d1",
          "x".repeat(150),
          "\u20ac".repeat(90));

  @Test
  void randomNames_areSafeForFoldersAndCommands() {
    Random random = new Random(1108);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        name.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      checkSafe(name.toString());
    }
  }

  private static void checkSafe(String name) {
    String safe = FileName.safe(name);
    String description = "safe name <" + safe + "> of <" + name + ">";
    assertThat(safe.getBytes(StandardCharsets.UTF_8).length)
        .as(description)
        .isLessThanOrEqualTo(200);
    // Unpaired surrogates would not survive encoding.
    assertThat(new String(safe.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .as(description)
        .isEqualTo(safe);
    assertThat(safe)
        .as(description)
        .doesNotStartWith("-")
        .doesNotMatch("(?s)[.\\p{Z}\\s].*|.*[.\\p{Z}\\s]")
        .doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|].*")
        .doesNotMatch(
            "(?i)(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]"
                + "|(clock|conin|conout)\\$) *(\\..*)?");
    if (!safe.isEmpty()) {
      Path folder = Path.of("folder").toAbsolutePath();
      assertThat(FileName.in(folder, safe).normalize().getParent())
          .as(description)
          .isEqualTo(folder);
    }
  }

  @Test
  void longName_keepsExtension() {
    String safe = FileName.safe("😀".repeat(100) + ".jpeg");

    assertThat(safe).endsWith("😀.jpeg");
    assertThat(safe.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(195, 200);
  }

  @Test
  void truncatedName_isSafe() {
    assertThat(FileName.safe("a".repeat(199) + ". .b" + "c".repeat(50))).isEqualTo("a".repeat(199));
    assertThat(FileName.safe("con" + " ".repeat(300) + "x.txt")).startsWith("_con");
  }

  // Inputs that are slow or overflow the stack with backtracking patterns.
  @ParameterizedTest
  @ValueSource(strings = {"a", "\\\\a", ".", " ", "a=", ";a=\""})
  void longHeader_isParsedQuickly(String string) {
    String longValue = string.repeat(4_000 / string.length());
    String disposition = "inline; filename=\"" + longValue + "x\"";

    assertThat(FileName.fromDisposition(disposition)).isNotNull();
    assertThat(FileName.fromDisposition(disposition.repeat(20))).isNull();
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> FileName.safe((string.repeat(100_000) + "x").repeat(3)));
  }

  /** Runs in a JVM with the POSIX locale. */
  static final class Program {
    public static void main(String[] arguments) {
      Path folder = Path.of("folder");
      System.out.println(System.getProperty("sun.jnu.encoding"));
      System.out.println(FileName.in(folder, "Zo\u00eb \ud83d\ude00.jpg"));
      System.out.println(FileName.in(folder, "plain.jpg"));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nameUnsupportedByLocale_isReplaced() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "POSIX");
    Process program = builder.start();
    try {
      assertThat(program.inputReader().lines().toList())
          .containsExactly("ANSI_X3.4-1968", "folder/Zo_ _.jpg", "folder/plain.jpg");
    } finally {
      program.destroyForcibly();
    }
  }
}
