package dev.cairn.cli.store;

import java.io.IOException;

/** Takes the bytes that digests are taken over. */
@FunctionalInterface
interface DumpTarget {

  /** Takes more. */
  void write(byte[] canonicalState) throws IOException;
}
