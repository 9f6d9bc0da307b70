package dev.cairn.protocol.roster;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.EpochId;

/**
 * An older epoch's seed for one device.
 *
 * @param epoch whose seed it is
 * @param seal the seed, sealed to the device's encryption key
 */
public record GrantedSeed(EpochId epoch, SeedSeal seal) {

  static GrantedSeed read(CborReader reader) throws MalformedException {
    reader.arrayOf(2);
    return new GrantedSeed(Keys.epoch(reader), SeedSeal.read(reader));
  }

  void write(CborWriter writer) {
    writer.array(2).bytes(epoch.bytes());
    seal.write(writer);
  }
}
