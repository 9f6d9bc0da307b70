package dev.cairn.fuzzing;

import com.sun.management.ThreadMXBean;
import dev.cairn.protocol.CairnException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder may do with bytes that nobody should have written: give a value, or refuse them
 * with an exception of the family. Whatever else is thrown goes through and is a finding, and so is
 * taking more memory than the bytes are worth.
 */
final class Trial {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What any input may take. */
  private static final long FREE_BYTES = 8L << 20;

  /** What an input may take altogether for each of its bytes, garbage counted. */
  private static final long BYTES_PER_BYTE = 1024;

  private Trial() {}

  /** Decodes, or refuses as documented. */
  interface Decoder<T> {
    T decode() throws CairnException, IOException;
  }

  /** Something done with an input. */
  interface Step {
    void run() throws CairnException, IOException;
  }

  /** The value, or nothing if it was refused. */
  static <T> Optional<T> of(Decoder<T> decoder) {
    try {
      return Optional.of(decoder.decode());
    } catch (CairnException refused) {
      saysNothingOdd(refused);
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Does something that may be refused, and watches what it takes. */
  static void within(byte[] input, Step step) {
    within(input.length, step);
  }

  /**
   * The same for what may be blown up.
   *
   * @param worthBytes how long it may get
   */
  static void within(int worthBytes, Step step) {
    long most = FREE_BYTES + BYTES_PER_BYTE * worthBytes;
    long taken = taken(step);
    if (taken > most) {
      // The first time, classes may have been loaded for it.
      taken = taken(step);
    }
    if (taken > most) {
      throw new AssertionError(worthBytes + " bytes took " + taken + " of memory");
    }
  }

  private static long taken(Step step) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    of(
        () -> {
          step.run();
          return true;
        });
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** A message may be logged, so it is one short line. */
  private static void saysNothingOdd(CairnException refused) {
    String message = refused.getMessage();
    if (message == null || message.length() > 1000) {
      throw new AssertionError("a message that does not fit a log", refused);
    }
    for (int i = 0; i < message.length(); i++) {
      if (Character.isISOControl(message.charAt(i))) {
        throw new AssertionError("a message with a control character", refused);
      }
    }
  }

  /** One value, one encoding. */
  static void same(byte[] expected, byte[] actual, String what) {
    if (!Arrays.equals(expected, actual)) {
      throw new AssertionError(what + " has a second encoding");
    }
  }

  /** Two ways to the same thing. */
  static void same(@Nullable Object expected, @Nullable Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(what + ": " + expected + " is not " + actual);
    }
  }

  /** Something that holds for whatever was read. */
  static void holds(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
