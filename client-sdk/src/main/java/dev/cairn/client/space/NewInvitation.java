package dev.cairn.client.space;

import dev.cairn.protocol.id.StatementId;

/** An invitation just made; its statement is pushed at the next sync. */
public final class NewInvitation {

  private final StatementId statement;
  private final byte[] file;
  private final String code;
  private final String words;
  private final long expiresSeconds;

  /** Takes a copy of the file. */
  public NewInvitation(
      StatementId statement, byte[] file, String code, String words, long expiresSeconds) {
    this.statement = statement;
    this.file = file.clone();
    this.code = code;
    this.words = words;
    this.expiresSeconds = expiresSeconds;
  }

  /** Its statement. */
  public StatementId statement() {
    return statement;
  }

  /** To be handed over; encrypted under the code. */
  public byte[] file() {
    return file.clone();
  }

  /** To be told on another way. */
  public String code() {
    return code;
  }

  /** The fingerprint words of the inviting device, for the newcomer to compare. */
  public String words() {
    return words;
  }

  /** When it ends, in seconds since 1970. */
  public long expiresSeconds() {
    return expiresSeconds;
  }

  /** Without the code. */
  @Override
  public String toString() {
    return "invitation " + statement;
  }
}
