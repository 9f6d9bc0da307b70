package dev.cairn.protocol.roster;

import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.util.Optional;

/**
 * A key pair that every member of a space can make and a stranger cannot, for what all may read and
 * nobody else needs to: that the space has moved. Members who were cut off can make it too, and the
 * server; what is sealed to it has to prove itself.
 *
 * <p>Source: docs/PROTOCOL.md, section 10.
 */
public final class MembersSeal {

  private MembersSeal() {}

  /** Of the space whose roster this is; empty while the roster lacks its beginning. */
  public static Optional<EncryptionKey> of(RosterState roster) {
    return roster
        .firstDeskKey()
        .map(
            key ->
                EncryptionKey.of(
                    Secret.take(
                        Sha256.labelled("cairn/1/members-seal", roster.space().bytes(), key.bytes())
                            .bytes())));
  }
}
