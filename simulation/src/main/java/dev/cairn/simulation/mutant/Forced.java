package dev.cairn.simulation.mutant;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.log.Checkpoint;
import dev.cairn.protocol.log.SignedCheckpoint;
import dev.cairn.server.ledger.LogSigner;
import dev.cairn.server.ledger.SpaceSnapshot;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/** What a bug could reach from inside, and we cannot but by force. */
final class Forced {

  private Forced() {}

  /** Writes what a batch holds and shows it to everybody, before it is durable. */
  static Object writeAndShow(Object batch, Object signer, Object ledger) throws Throwable {
    Method write = method(batch.getClass(), "write", LogSigner.class);
    Object snapshot;
    try {
      snapshot = write.invoke(batch, signer);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Field spaces = ledger.getClass().getDeclaredField("spaces");
    spaces.setAccessible(true);
    @SuppressWarnings("unchecked")
    Map<Object, Object> shown = (Map<Object, Object>) spaces.get(ledger);
    shown.put(((SpaceSnapshot) snapshot).space(), snapshot);
    return snapshot;
  }

  /** A signed checkpoint whose signature nobody looked at. */
  static SignedCheckpoint unchecked(byte[] note) throws MalformedException {
    Checkpoint claimed = SignedCheckpoint.claimed(note);
    try {
      Class<?> notes = Class.forName("dev.cairn.protocol.log.SignedNote");
      Object parsed = method(notes, "parse", byte[].class).invoke(null, (Object) note);
      List<?> signatures = (List<?>) method(notes, "signatures").invoke(parsed);
      for (Constructor<?> each : SignedCheckpoint.class.getDeclaredConstructors()) {
        if (each.getParameterCount() == 3) {
          each.setAccessible(true);
          return (SignedCheckpoint) each.newInstance(claimed, signatures.get(0), parsed);
        }
      }
      throw new IllegalStateException("a signed checkpoint is made otherwise now");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("signed notes are read otherwise now", e);
    }
  }

  /** What a method of one argument gives that is no business of others. */
  static Object called(Object on, String name, Object argument) throws Throwable {
    try {
      return method(on.getClass(), name, argument.getClass()).invoke(on, argument);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = type.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }
}
