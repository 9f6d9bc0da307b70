package dev.cairn.cli.demo;

import java.io.IOException;

/** Sees to it that nothing the demo started outlives it, however it ends. */
final class Backstage {

  private final Workshop workshop;

  Backstage(Workshop workshop) {
    this.workshop = workshop;
    Runtime.getRuntime().addShutdownHook(new Thread(workshop::stop, "demo-backstage"));
  }

  /** Stops everything and, if nobody wants to look at it, takes the folder away. */
  void clear(boolean remove) throws IOException {
    workshop.stop();
    if (remove) {
      workshop.remove();
    }
  }
}
