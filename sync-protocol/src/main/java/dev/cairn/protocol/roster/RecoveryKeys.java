package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.EncryptionPublicKey;

/**
 * The public halves of the recovery pair, fixed in genesis.
 *
 * @param signKey may suspend anybody and put a new owner in place; named like a device, as every
 *     key that signs statements is
 * @param sealKey reads every circle but devices' own
 */
public record RecoveryKeys(DeviceId signKey, EncryptionPublicKey sealKey) {

  static RecoveryKeys read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    return new RecoveryKeys(Keys.device(reader), Keys.encryption(reader));
  }

  void write(CborWriter writer) {
    writer.array(2).bytes(signKey.bytes()).bytes(sealKey.bytes());
  }
}
