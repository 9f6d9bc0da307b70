package dev.cairn.protocol.meeting;

import dev.cairn.protocol.MalformedException;

/** Lets a target in behind the cipher of a meeting. */
public final class WordDoor {

  private WordDoor() {}

  /** A word, read and written again. */
  public static byte[] again(byte[] word) throws MalformedException {
    return WordCodec.encode(WordCodec.decode(word));
  }
}
