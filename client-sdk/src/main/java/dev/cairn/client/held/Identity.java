package dev.cairn.client.held;

import dev.cairn.client.report.SealMode;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.DeviceKeys;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;

/**
 * Who this device is, written once when its store is made.
 *
 * @param space its space
 * @param signingKey signs its feed and requests
 * @param encryptionKey opens what is sealed to it
 * @param member whose device it is
 * @param role what it was invited to be
 * @param pseudonym what its member is called
 * @param sealMode when its reports are sealed
 * @param server where the server was when the store was made
 */
public record Identity(
    SpaceId space,
    SigningKey signingKey,
    EncryptionKey encryptionKey,
    MemberId member,
    Role role,
    String pseudonym,
    SealMode sealMode,
    ServerAddress server) {

  private static final int FIELDS = 9;
  private static final int WORD_BYTES_MAX = 32;

  /** The device's id. */
  public DeviceId device() {
    return DeviceId.of(signingKey.verifyingKey().bytes());
  }

  /** The circle that holds this device and nobody else. */
  public CircleId ownCircle() {
    return Circles.device(device());
  }

  /** Its public keys. */
  public DeviceKeys keys() {
    return new DeviceKeys(device(), encryptionKey.publicKey());
  }

  /** Writes it into a new store. */
  public void write(SealedRows rows) throws CairnException {
    CborWriter writer =
        new CborWriter()
            .array(FIELDS)
            .bytes(space.bytes())
            .bytes(signingKey.seed().expose())
            .bytes(encryptionKey.seed().expose())
            .bytes(member.bytes())
            .text(role.name())
            .text(pseudonym)
            .text(sealMode.word())
            .text(server.text());
    if (server.pin().isPresent()) {
      writer.bytes(server.pin().get().bytes());
    } else {
      writer.nul();
    }
    Fact.IDENTITY.put(rows, writer.toBytes());
  }

  /** Reads it. */
  public static Identity read(SealedRows rows) throws CairnException {
    byte[] row = Fact.IDENTITY.get(rows);
    if (row == null) {
      throw new StoreException(Reason.CORRUPT, "the store was not made to the end");
    }
    return StoredForm.read("identity", row, Identity::read);
  }

  private static Identity read(CborReader reader) throws CairnException {
    reader.arrayOf(FIELDS);
    return new Identity(
        SpaceId.of(reader.bytesExactly(SpaceId.SIZE_BYTES)),
        SigningKey.of(Secret.take(reader.bytesExactly(SigningKey.SEED_BYTES))),
        EncryptionKey.of(Secret.take(reader.bytesExactly(EncryptionKey.SEED_BYTES))),
        MemberId.of(reader.bytesExactly(MemberId.SIZE_BYTES)),
        readRole(reader.text(WORD_BYTES_MAX)),
        reader.text(Limits.NAME_SIZE_BYTES_MAX),
        SealMode.parse(reader.text(WORD_BYTES_MAX)),
        readServer(reader));
  }

  private static Role readRole(String name) throws CairnException {
    for (Role role : Role.values()) {
      if (role.name().equals(name)) {
        return role;
      }
    }
    throw new StoreException(Reason.CORRUPT, "the store's role is unknown");
  }

  private static ServerAddress readServer(CborReader reader) throws CairnException {
    String text = reader.text(Limits.ADDRESS_SIZE_BYTES_MAX);
    if (reader.nextIsNull()) {
      reader.nul();
      return ServerAddress.stated(text, null);
    }
    return ServerAddress.stated(text, Digest.of(reader.bytesExactly(Digest.SIZE_BYTES)));
  }

  /** Wipes both keys. */
  public void wipe() {
    signingKey.wipe();
    encryptionKey.wipe();
  }

  /** The device only. */
  @Override
  public String toString() {
    return "identity of " + device();
  }
}
