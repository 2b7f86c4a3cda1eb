package io.github.persona4j.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Defines all classes of jars so that their reflective calls are reported to {@link Recorder}. */
final class RecordingClassLoader extends URLClassLoader {
  private static final Method RECORD = Method.getMethod("void record(String,String,Object[])");

  RecordingClassLoader(List<URL> jars) {
    super(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.equals(Recorder.class.getName())) {
      return Recorder.class;
    }
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = recording(in.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] recording(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new ReflectiveCalls(writer, new Recording()), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  /** Writes a call of the recorder before each call that was found. */
  private static final class Recording implements ReflectiveCalls.Found {
    private static final Type OBJECT = Type.getType(Object.class);

    @Override
    public void call(
        String caller, String callee, GeneratorAdapter code, Type[] arguments, boolean self) {
      int[] locals = new int[arguments.length];
      for (int i = arguments.length - 1; i >= 0; i--) {
        locals[i] = code.newLocal(arguments[i]);
        code.storeLocal(locals[i]);
      }
      int receiver = -1;
      if (self) {
        receiver = code.newLocal(OBJECT);
        code.dup();
        code.storeLocal(receiver);
      }
      int offset = self ? 1 : 0;
      code.push(caller);
      code.push(callee);
      code.push(arguments.length + offset);
      code.newArray(OBJECT);
      if (self) {
        code.dup();
        code.push(0);
        code.loadLocal(receiver);
        code.arrayStore(OBJECT);
      }
      for (int i = 0; i < arguments.length; i++) {
        code.dup();
        code.push(i + offset);
        code.loadLocal(locals[i]);
        code.box(arguments[i]);
        code.arrayStore(OBJECT);
      }
      code.invokeStatic(Type.getType(Recorder.class), RECORD);
      for (int local : locals) {
        code.loadLocal(local);
      }
    }

    @Override
    public void reference(String caller, String callee) {
      Recorder.record(caller, "reference to " + callee, new Object[] {callee});
    }
  }
}
