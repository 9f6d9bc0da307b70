package dev.cairn.client.report;

import dev.cairn.protocol.MalformedException;

/** When a report can no longer be opened on the device that wrote it. */
public enum SealMode {
  /** At once: what was written cannot be shown again, not even before it is sent. */
  ON_SAVE("on-save"),
  /** When the server's receipt for all of it was checked. */
  ON_RECEIPT("on-receipt"),
  /** Never: whoever has the passphrase reads everything that was written here. */
  NEVER("never");

  private final String word;

  SealMode(String word) {
    this.word = word;
  }

  /** The word that people and scripts use: {@code on-save}. */
  public String word() {
    return word;
  }

  /**
   * The inverse of {@link #word}.
   *
   * @throws MalformedException if it is no such word
   */
  public static SealMode parse(String word) throws MalformedException {
    for (SealMode mode : values()) {
      if (mode.word.equals(word)) {
        return mode;
      }
    }
    throw new MalformedException("seal mode is none of on-save, on-receipt, never");
  }
}
