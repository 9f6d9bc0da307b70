package dev.cairn.server.ledger;

import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.roster.Statement;

/** One entry that somebody wants in a space's log. */
public sealed interface Offer {

  /** A statement; whether its signatures hold is looked up, or found out, when it is judged. */
  record OfStatement(Statement statement) implements Offer {}

  /** A frame whose signatures were verified and cover it. */
  record OfFrame(Frame frame) implements Offer {}

  /** Something that was refused before; it keeps its place among the others. */
  record Refused(String code) implements Offer {}
}
