package dev.cairn.protocol.roster;

import dev.cairn.protocol.cbor.CborWriter;

/** What a statement says, by kind. Immutable; whatever an instance holds is within the limits. */
public sealed interface StatementContent
    permits Genesis,
        Invitation,
        Admission,
        Confirmation,
        Suspension,
        Epoch,
        Grant,
        Move,
        Generation,
        Replacement,
        Release,
        Newer {

  /** The kind of statement that says this. */
  StatementKind kind();

  /** The number of that kind on the wire. */
  default long code() {
    return kind().code();
  }

  /** Appends the content's encoding. */
  void write(CborWriter writer);
}
