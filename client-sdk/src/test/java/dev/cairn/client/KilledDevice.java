package dev.cairn.client;

import dev.cairn.client.disk.FaultyDisk;
import dev.cairn.client.disk.FaultyDisk.Kind;
import java.nio.file.Path;

/**
 * A process of its own that records reports, says which are acknowledged, and at one step of its
 * writing says so and waits to be killed.
 */
final class KilledDevice {

  static final int REPORTS = 3;

  private KilledDevice() {}

  /** Arguments: a folder, and the step. */
  public static void main(String[] args) throws Exception {
    FaultyDisk disk = new FaultyDisk();
    try (TestSpace space = new TestSpace(Path.of(args[0]), 5)) {
      Device desk = space.owner("desk");
      space.disk(disk);
      Device phone = space.reporter(desk, "phone");
      disk.onKill(KilledDevice::waitForIt);
      disk.failAt(Kind.KILL, Integer.parseInt(args[1]));
      for (int i = 0; i < REPORTS; i++) {
        phone.record(TestSpace.note("report " + i));
        say("acknowledged");
      }
    }
    say("through");
  }

  private static void waitForIt() {
    say("waiting");
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }
}
