package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Salt;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three statements a space begins with, in the order in which a server takes them.
 *
 * @param genesis founds the space
 * @param desk the first epoch of the coordinators' circle
 * @param own the first epoch of the founder's own circle
 */
public record Founding(Statement genesis, NewEpoch desk, NewEpoch own) {

  /** The names that circles made here carry; screens show their own words for them. */
  private static final String DESK_NAME = "desk";

  private static final String OWN_NAME = "";

  /** The new space. */
  public SpaceId space() {
    return genesis.space();
  }

  /** All three. */
  public List<Statement> statements() {
    return List.of(genesis, desk.statement(), own.statement());
  }

  /**
   * Founds a space.
   *
   * @param signingKey the founder's device
   * @param encryptionKey its public encryption key
   * @param log the server's log
   * @param bundleKey the server's key for bundles
   * @param name the space's name
   * @param pseudonym the founder's
   * @param recovery the recovery pair; null for none, which cannot be mended later
   */
  public static Founding create(
      SigningKey signingKey,
      EncryptionPublicKey encryptionKey,
      LogKey log,
      EncryptionPublicKey bundleKey,
      String name,
      String pseudonym,
      @Nullable RecoveryKeys recovery,
      Randomness randomness) {
    DeviceKeys owner =
        new DeviceKeys(DeviceId.of(signingKey.verifyingKey().bytes()), encryptionKey);
    Salt salt = Salt.of(randomness.bytes(Salt.SIZE_BYTES));
    EncryptionKey deskKey = EncryptionKey.generate(randomness);
    Genesis content =
        new Genesis(
            log,
            bundleKey,
            owner,
            recovery,
            SealedName.ofSpace(name, salt, deskKey.seed()),
            SealedPseudonym.sealInGenesis(
                pseudonym, owner.device(), deskKey.publicKey(), randomness));
    Statement genesis = Statement.sign(null, List.of(), content, salt, signingKey);
    NewEpoch desk =
        epoch(
            genesis,
            genesis,
            Circles.desk(salt.bytes()),
            DESK_NAME,
            deskKey,
            owner,
            recovery,
            signingKey,
            randomness);
    NewEpoch own =
        epoch(
            genesis,
            desk.statement(),
            Circles.device(owner.device()),
            OWN_NAME,
            EncryptionKey.generate(randomness),
            owner,
            null,
            signingKey,
            randomness);
    return new Founding(genesis, desk, own);
  }

  private static NewEpoch epoch(
      Statement genesis,
      Statement seen,
      CircleId circle,
      String name,
      EncryptionKey key,
      DeviceKeys owner,
      @Nullable RecoveryKeys recovery,
      SigningKey signingKey,
      Randomness randomness) {
    Epoch epoch =
        EpochWriter.write(
            genesis.space(), circle, name, key, List.of(owner), recovery, List.of(), randomness);
    return new NewEpoch(
        Statement.sign(
            genesis.space(),
            List.of(seen.id()),
            epoch,
            Salt.of(randomness.bytes(Salt.SIZE_BYTES)),
            signingKey),
        key);
  }
}
