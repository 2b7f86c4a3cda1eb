package io.github.persona4j.compatibility;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javassist.bytecode.AccessFlag;
import javassist.bytecode.AttributeInfo;
import javassist.bytecode.ClassFile;

/**
 * Copies a jar without code, private members and everything else that callers do not see. The copy
 * is compressed as a whole, which makes it a third of the size.
 */
final class SignatureJar {
  private static final Pattern ANONYMOUS = Pattern.compile(".*\\$[0-9].*");
  private static final Set<String> KEPT =
      Set.of(
          "ConstantValue",
          "Deprecated",
          "Exceptions",
          "InnerClasses",
          "Module",
          "PermittedSubclasses",
          "Record",
          "Signature");
  // The earliest time that the zip format has, so that equal content is an equal file.
  static final long TIME = 315_532_800_000L;

  private SignatureJar() {}

  static void write(Path jar, Path target) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    try (JarFile source = new JarFile(jar.toFile());
        ZipOutputStream copy =
            new ZipOutputStream(new GZIPOutputStream(Files.newOutputStream(target)))) {
      copy.setLevel(Deflater.NO_COMPRESSION);
      List<JarEntry> classes =
          source.stream()
              .filter(entry -> entry.getName().endsWith(".class"))
              .filter(entry -> !ANONYMOUS.matcher(entry.getName()).matches())
              .sorted((a, b) -> a.getName().compareTo(b.getName()))
              .toList();
      for (JarEntry entry : classes) {
        byte[] bytes = source.getInputStream(entry).readAllBytes();
        ZipEntry stripped = new ZipEntry(entry.getName());
        stripped.setTime(TIME);
        copy.putNextEntry(stripped);
        copy.write(entry.getName().equals("module-info.class") ? bytes : signatures(bytes));
        copy.closeEntry();
      }
    }
  }

  /** Writes the jar of such a copy. */
  static void read(Path source, Path jar) throws IOException {
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (InputStream in = new GZIPInputStream(Files.newInputStream(source))) {
      Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static byte[] signatures(byte[] bytes) throws IOException {
    ClassFile type = new ClassFile(new DataInputStream(new ByteArrayInputStream(bytes)));
    type.getMethods().removeIf(method -> isHidden(method.getAccessFlags()));
    type.getFields().removeIf(field -> isHidden(field.getAccessFlags()));
    type.getMethods().forEach(method -> strip(method.getAttributes()));
    type.getFields().forEach(field -> strip(field.getAttributes()));
    strip(type.getAttributes());
    type.compact();
    ByteArrayOutputStream stripped = new ByteArrayOutputStream();
    type.write(new DataOutputStream(stripped));
    return stripped.toByteArray();
  }

  private static boolean isHidden(int flags) {
    boolean bridge = (flags & AccessFlag.BRIDGE) != 0;
    return (flags & AccessFlag.PRIVATE) != 0 || ((flags & AccessFlag.SYNTHETIC) != 0 && !bridge);
  }

  private static void strip(List<AttributeInfo> attributes) {
    attributes.removeIf(attribute -> !KEPT.contains(attribute.getName()));
  }
}
