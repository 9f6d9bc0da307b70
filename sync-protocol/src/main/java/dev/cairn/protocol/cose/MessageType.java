package dev.cairn.protocol.cose;

import java.nio.charset.StandardCharsets;

/** What a signature is for; written into everything that is signed. */
public enum MessageType {
  /** A change of a feed, signed by its device. */
  CHANGE("cairn/1/change"),
  /** A roster statement, signed by one key or several. */
  STATEMENT("cairn/1/statement"),
  /** Who stands at one end of a meeting of two devices, signed by its device. */
  MEETING("cairn/1/meeting"),
  /** A piece of an attachment that travels by hand, signed by the device that names it. */
  PIECE("cairn/1/piece");

  private final String typ;

  MessageType(String typ) {
    this.typ = typ;
  }

  /** The text in the protected header (RFC 9596, label 16). */
  public String typ() {
    return typ;
  }

  /** The same text as bytes: the external data of the signature. */
  byte[] externalAad() {
    return typ.getBytes(StandardCharsets.UTF_8);
  }
}
