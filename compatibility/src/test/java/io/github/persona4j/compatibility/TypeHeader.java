package io.github.persona4j.compatibility;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javassist.CtClass;
import javassist.Modifier;
import javassist.bytecode.AttributeInfo;
import javassist.bytecode.BadBytecode;
import javassist.bytecode.ClassFile;
import javassist.bytecode.SignatureAttribute;
import javassist.bytecode.SignatureAttribute.ClassSignature;
import javassist.bytecode.SignatureAttribute.ClassType;

/**
 * What japicmp does not compare in the declaration of a class.
 *
 * @param supertypes the superclass and interfaces that have type arguments, by name
 * @param isFinal whether it has no subclasses
 * @param permitted the subclasses that it names; empty if it is not sealed
 */
record TypeHeader(Map<String, String> supertypes, boolean isFinal, Set<String> permitted) {

  static TypeHeader of(CtClass type) {
    return new TypeHeader(
        supertypes(type), Modifier.isFinal(type.getModifiers()), permitted(type.getClassFile2()));
  }

  /** The attribute has indexes of two bytes, after their number. */
  private static Set<String> permitted(ClassFile type) {
    Set<String> names = new HashSet<>();
    AttributeInfo attribute = type.getAttribute("PermittedSubclasses");
    if (attribute != null) {
      ByteBuffer content = ByteBuffer.wrap(attribute.get());
      for (int i = content.getShort(); i > 0; i--) {
        names.add(type.getConstPool().getClassInfo(Short.toUnsignedInt(content.getShort())));
      }
    }
    return names;
  }

  private static Map<String, String> supertypes(CtClass type) {
    Map<String, String> supertypes = new HashMap<>();
    String signature = type.getGenericSignature();
    if (signature != null) {
      try {
        ClassSignature parsed = SignatureAttribute.toClassSignature(signature);
        put(parsed.getSuperClass(), supertypes);
        for (ClassType each : parsed.getInterfaces()) {
          put(each, supertypes);
        }
      } catch (BadBytecode e) {
        throw new IllegalArgumentException(type.getName() + " has a damaged signature", e);
      }
    }
    return supertypes;
  }

  private static void put(ClassType type, Map<String, String> supertypes) {
    supertypes.put(type.getName(), type.toString());
  }

  /** The kinds of changes after which callers no longer compile. */
  List<String> changesTo(TypeHeader other) {
    List<String> kinds = new ArrayList<>();
    supertypes.forEach(
        (name, arguments) -> {
          if (!other.supertypes.getOrDefault(name, arguments).equals(arguments)) {
            kinds.add("CLASS_SUPERTYPE_GENERICS_CHANGED");
          }
        });
    if (permitted.isEmpty() && !isFinal && !other.permitted.isEmpty()) {
      kinds.add("CLASS_NOW_SEALED");
    } else if (!permitted.isEmpty() && !permitted.containsAll(other.permitted)) {
      kinds.add("CLASS_PERMITS_MORE_SUBCLASSES");
    }
    return kinds;
  }
}
