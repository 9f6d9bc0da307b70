package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.disk.FaultyDisk.Kind;
import dev.cairn.client.store.StoreException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Something done again and again, each time with the disk failing one step later. */
final class EveryStep {

  /** More steps than anything takes. */
  static final int STEPS_MAX = 200;

  private EveryStep() {}

  /** A test of a disk that crashes, and of one that is full. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CRASH", "FULL"})
  @interface OfEitherKind {}

  /** Something a device does. */
  interface Action {
    void run() throws Exception;
  }

  /**
   * Does something while the disk fails from a step on, which afterwards works again; whoever hears
   * of it hears it by its name.
   *
   * @return whether it came through before that step
   */
  static boolean isPassed(FaultyDisk disk, Kind kind, int step, Action action) throws Exception {
    assertThat(step).isLessThan(STEPS_MAX);
    disk.failAt(kind, step);
    try {
      action.run();
    } catch (StoreException e) {
      assertThat(disk.failed()).isTrue();
      assertThat(e.code()).isEqualTo(code(kind));
    }
    boolean through = !disk.failed();
    disk.count(kind);
    return through;
  }

  /**
   * Does something until it comes through without a failure.
   *
   * @param afterwards what is done whenever the disk works again
   * @return how many failures that took
   */
  static int of(FaultyDisk disk, Kind kind, Action action, Action afterwards) throws Exception {
    int step = 0;
    for (boolean through = false; !through; step++) {
      through = isPassed(disk, kind, step, action);
      afterwards.run();
    }
    assertThat(step).as("steps").isGreaterThan(1);
    return step - 1;
  }

  /** What a failure of this kind is called. */
  static String code(Kind kind) {
    return kind == Kind.FULL ? "store.full" : "store.failed";
  }
}
