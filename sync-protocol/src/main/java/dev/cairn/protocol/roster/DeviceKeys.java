package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.EncryptionPublicKey;

/**
 * A device's two public keys.
 *
 * @param device the key that signs, which is the device's id
 * @param encryptionKey the key that seeds and parcels are sealed to
 */
public record DeviceKeys(DeviceId device, EncryptionPublicKey encryptionKey) {

  static DeviceKeys read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    return new DeviceKeys(Keys.device(reader), Keys.encryption(reader));
  }

  void write(CborWriter writer) {
    writer.array(2).bytes(device.bytes()).bytes(encryptionKey.bytes());
  }
}
