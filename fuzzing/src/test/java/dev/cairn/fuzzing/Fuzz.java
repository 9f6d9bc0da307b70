package dev.cairn.fuzzing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Where the fuzzer enters: one process fuzzes one target, which the system property {@code
 * cairn.fuzz} names as {@code Class.method}.
 */
public final class Fuzz {

  private static final MethodHandle TARGET = target(System.getProperty("cairn.fuzz", ""));

  private Fuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws Throwable {
    TARGET.invoke(input);
  }

  private static MethodHandle target(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("-Dcairn.fuzz=CLASS.METHOD is asked");
    }
    try {
      Class<?> type = Class.forName("dev.cairn.fuzzing." + name.substring(0, dot));
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method method = type.getDeclaredMethod(name.substring(dot + 1), byte[].class);
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method).bindTo(constructor.newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no target " + name, e);
    }
  }
}
