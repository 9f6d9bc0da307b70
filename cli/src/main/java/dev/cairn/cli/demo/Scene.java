package dev.cairn.cli.demo;

import java.io.IOException;

/** One part of the story. */
interface Scene {

  /** What it is called. */
  String title();

  /** Plays it. */
  void play(Stage stage) throws DemoFailure, IOException;
}
