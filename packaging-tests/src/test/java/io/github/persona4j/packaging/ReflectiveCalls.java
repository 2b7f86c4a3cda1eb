package io.github.persona4j.packaging;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;

/** Finds the calls of methods whose results depend on the metadata of a native image. */
final class ReflectiveCalls extends ClassVisitor {
  private static final Set<String> OF_CLASSES =
      Set.of(
          "forName",
          "getConstructor",
          "getConstructors",
          "getDeclaredClasses",
          "getDeclaredConstructor",
          "getDeclaredConstructors",
          "getDeclaredField",
          "getDeclaredFields",
          "getDeclaredMethod",
          "getDeclaredMethods",
          "getField",
          "getFields",
          "getMethod",
          "getMethods",
          "getPermittedSubclasses",
          "getRecordComponents",
          "getResource",
          "getResourceAsStream",
          "newInstance");

  private static final Map<String, Set<String>> CALLS =
      Map.ofEntries(
          Map.entry("java/lang/Class", OF_CLASSES),
          Map.entry(
              "java/lang/ClassLoader",
              Set.of("loadClass", "getResource", "getResources", "getResourceAsStream")),
          Map.entry("java/lang/reflect/Array", Set.of("newInstance")),
          Map.entry("java/lang/reflect/Constructor", Set.of("newInstance")),
          Map.entry("java/lang/reflect/Field", Set.of("get", "getInt", "getLong", "set")),
          Map.entry("java/lang/reflect/Method", Set.of("invoke")),
          Map.entry("java/lang/reflect/Proxy", Set.of("newProxyInstance", "getProxyClass")),
          Map.entry(
              "java/lang/invoke/MethodHandles$Lookup",
              Set.of(
                  "findClass",
                  "findConstructor",
                  "findGetter",
                  "findSetter",
                  "findSpecial",
                  "findStatic",
                  "findStaticVarHandle",
                  "findVarHandle",
                  "findVirtual",
                  "unreflect",
                  "unreflectConstructor",
                  "unreflectSpecial")),
          Map.entry("java/io/ObjectInputStream", Set.of("readObject")),
          Map.entry("java/util/ResourceBundle", Set.of("getBundle")),
          Map.entry("java/util/ServiceLoader", Set.of("load", "loadInstalled")),
          Map.entry("sun/misc/Unsafe", Set.of("allocateInstance")));

  private final Found found;
  private String className = "";

  /** Is notified of calls, and can replace them. */
  interface Found {
    /** A call, before its instruction is written. */
    void call(String caller, String callee, GeneratorAdapter code, Type[] arguments, boolean self);

    /** A reference to a method, which is called elsewhere. */
    void reference(String caller, String callee);
  }

  ReflectiveCalls(@Nullable ClassVisitor next, Found found) {
    super(Opcodes.ASM9, next);
    this.found = found;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    className = name.replace('/', '.');
    super.visit(version, access, name, signature, parent, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    String caller = className + "." + name;
    return new GeneratorAdapter(Opcodes.ASM9, next, access, name, descriptor) {
      /** New variables are for one call: they are not defined where frames are. */
      @Override
      protected void updateNewLocals(Object[] newLocals) {
        Arrays.fill(newLocals, Opcodes.TOP);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String called, String type, boolean isInterface) {
        if (matches(owner, called)) {
          found.call(
              caller,
              callee(owner, called),
              this,
              Type.getArgumentTypes(type),
              opcode != Opcodes.INVOKESTATIC);
        }
        super.visitMethodInsn(opcode, owner, called, type, isInterface);
      }

      @Override
      public void visitInvokeDynamicInsn(
          String called, String type, Handle bootstrap, Object... arguments) {
        for (Object argument : arguments) {
          if (argument instanceof Handle handle && matches(handle.getOwner(), handle.getName())) {
            found.reference(caller, callee(handle.getOwner(), handle.getName()));
          }
        }
        super.visitInvokeDynamicInsn(called, type, bootstrap, arguments);
      }
    };
  }

  private static boolean matches(String owner, String name) {
    return CALLS.getOrDefault(owner, Set.of()).contains(name);
  }

  private static String callee(String owner, String name) {
    return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
  }
}
