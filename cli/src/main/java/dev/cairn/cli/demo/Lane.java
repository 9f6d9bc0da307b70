package dev.cairn.cli.demo;

import java.io.IOException;

/** What somebody does while others do something else. */
interface Lane {

  /** Does it. */
  void play() throws DemoFailure, IOException;
}
