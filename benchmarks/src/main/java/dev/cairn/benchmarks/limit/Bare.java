package dev.cairn.benchmarks.limit;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.frame.ByteStringStream;

/** What stands inside the byte string of an entry. */
final class Bare {
  private Bare() {}

  static byte[] of(byte[] entry) throws MalformedException {
    ByteStringStream stream = ByteStringStream.ofEntries();
    stream.feed(entry);
    return stream.next().orElseThrow();
  }
}
