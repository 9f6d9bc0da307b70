package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.DeviceId;

/**
 * An epoch's seed for one device.
 *
 * @param device who can open it
 * @param seal the seed, sealed to the device's encryption key
 */
public record EpochMember(DeviceId device, SeedSeal seal) {

  static EpochMember read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    return new EpochMember(Keys.device(reader), SeedSeal.read(reader));
  }

  void write(CborWriter writer) {
    writer.array(2).bytes(device.bytes());
    seal.write(writer);
  }
}
