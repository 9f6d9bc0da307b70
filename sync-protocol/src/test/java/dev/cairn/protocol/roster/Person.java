package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;

/** Somebody with a device's keys, in a space or not. */
public final class Person {

  final SigningKey signing;
  final EncryptionKey encryption;

  Person(Randomness randomness) {
    signing = SigningKey.generate(randomness);
    encryption = EncryptionKey.generate(randomness);
  }

  public DeviceId id() {
    return DeviceId.of(signing.verifyingKey().bytes());
  }

  public SigningKey signing() {
    return signing;
  }

  DeviceKeys keys() {
    return new DeviceKeys(id(), encryption.publicKey());
  }

  CircleId ownCircle() {
    return Circles.device(id());
  }
}
