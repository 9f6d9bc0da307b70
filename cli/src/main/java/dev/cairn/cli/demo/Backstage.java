package dev.cairn.cli.demo;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sees to it that no server outlives the demo, however it ends. */
final class Backstage {

  private final Workshop workshop;
  private volatile @Nullable Stage stage;

  Backstage(Workshop workshop) {
    this.workshop = workshop;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "demo-backstage"));
  }

  /** From now on there is a server to stop. */
  void watch(Stage playing) {
    stage = playing;
  }

  private void stop() {
    Stage playing = stage;
    if (playing != null && playing.relay().alive()) {
      try {
        playing.relay().stop();
      } catch (DemoFailure e) {
        // It was killed instead.
      }
    }
  }

  /** Stops the server and, if nobody wants to look at it, takes the folder away. */
  void clear(boolean remove) throws IOException {
    stop();
    if (remove) {
      workshop.remove();
    }
  }
}
