package dev.cairn.protocol.meeting;

import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Sha256;
import java.util.Optional;

/**
 * What every member of a space knows and a stranger does not: its id together with the first key of
 * the coordinators' circle. Members who were cut off know it too, and the server does; it keeps
 * strangers out before anybody has named himself, and proves nothing by itself.
 */
final class MembersKey {

  private MembersKey() {}

  /** Of the space whose roster this is; empty while the roster lacks its beginning. */
  static Optional<Digest> of(RosterState roster) {
    Optional<EncryptionPublicKey> desk = roster.firstDeskKey();
    return desk.map(
        key -> Sha256.labelled("cairn/1/meeting-members", roster.space().bytes(), key.bytes()));
  }
}
