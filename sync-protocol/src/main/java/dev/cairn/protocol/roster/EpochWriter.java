package dev.cairn.protocol.roster;

import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the content of an epoch: a seed sealed to each of its readers. In a device's own circle
 * there is nobody to hand it to, and who takes the device finds the key that opens seals: there the
 * seal is of random bytes, and the device keeps the seed where it can destroy it.
 */
final class EpochWriter {

  private EpochWriter() {}

  static Epoch write(
      SpaceId space,
      CircleId circle,
      String name,
      EncryptionKey key,
      Collection<DeviceKeys> members,
      @Nullable RecoveryKeys recovery,
      Collection<EpochId> superseded,
      Randomness randomness) {
    List<DeviceKeys> ascending = new ArrayList<>(members);
    ascending.sort(Comparator.comparing(DeviceKeys::device));
    List<EpochMember> seals = new ArrayList<>();
    for (DeviceKeys member : ascending) {
      boolean isOwn = circle.equals(Circles.device(member.device()));
      seals.add(
          new EpochMember(
              member.device(),
              SeedSeal.seal(
                  isOwn ? Secret.random(EncryptionKey.SEED_BYTES, randomness) : key.seed(),
                  member.encryptionKey(),
                  SeedSeal.Purpose.epoch(space, circle, key.publicKey(), member.device()),
                  randomness)));
    }
    SeedSeal recoverySeal =
        recovery == null
            ? null
            : SeedSeal.seal(
                key.seed(),
                recovery.sealKey(),
                SeedSeal.Purpose.epoch(space, circle, key.publicKey(), recovery.signKey()),
                randomness);
    return new Epoch(
        circle,
        key.publicKey(),
        seals,
        recoverySeal,
        Ascending.of(superseded),
        SealedName.ofCircle(name, circle, key.seed()));
  }
}
