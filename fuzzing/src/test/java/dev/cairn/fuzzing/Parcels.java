package dev.cairn.fuzzing;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Parcels whose content an input shapes, sealed with a key that fits. */
final class Parcels {

  private static final SpaceId ELSEWHERE = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);
  private static final SigningKey STRANGER = SigningKey.generate(new Random(23)::nextBytes);
  private static final int EIGHTHS = 8;

  private final Script script;
  private final ShapedLog log;
  private final Shaping shaping;
  private final Founded space;

  Parcels(Founded space, Script script) {
    this.space = space;
    this.script = script;
    this.log = new ShapedLog(space);
    this.shaping = new Shaping(script, space.insider.again(new Random(11)::nextBytes));
  }

  /** A log that has said no more than the parcels show. */
  ShapedLog log() {
    return log;
  }

  /** For a device of the space. */
  byte[] forDevice(DeviceId device) {
    EncryptionPublicKey key = log.roster().device(device).orElseThrow().keys().encryptionKey();
    return sealed(content(device), key);
  }

  /** Sealed so that whoever has this key can open it. */
  static byte[] sealed(ParcelContent content, EncryptionPublicKey key) {
    return Parcel.seal(content, List.of(key), new Random(17)::nextBytes);
  }

  /** What stands in a parcel, with a device that it is said to be for. */
  ParcelContent content(DeviceId device) {
    int how = script.next();
    SpaceId of = (how & 0xf0) == 0xf0 ? ELSEWHERE : space.id;
    switch (how % 4) {
      case 0:
        return new ParcelContent.Changes(of, stream(device, how));
      case 1:
        return new ParcelContent.Answer(of, device, stream(device, how));
      case 2:
        return new ParcelContent.Answer(of, space.insider.id(), stream(device, how));
      default:
        return piece(of);
    }
  }

  /**
   * A range of a file that the insider may have named, or of another; in eighths of its size, so
   * that a few make it whole. Signed by him or by a stranger, or moved to another place after that.
   */
  private ParcelContent piece(SpaceId of) {
    int how = script.next();
    SmallFile file = SmallFile.of((how & 1) != 0);
    SmallFile from = (how & 2) != 0 ? SmallFile.of((how & 1) == 0) : file;
    AttachmentRef named = (how & 4) != 0 ? anyName() : file.named((how & 8) != 0);
    SigningKey key = (how & 16) != 0 ? STRANGER : space.insider.key();
    try {
      ParcelContent.Piece piece =
          (how & 32) != 0
              ? PieceSignature.sign(
                  of, named, script.number() >>> 1, Encoded.of(script.some()), key)
              : eighths(of, named, from, key);
      return (how & 64) == 0
          ? piece
          : new ParcelContent.Piece(
              of,
              piece.device(),
              piece.attachment(),
              piece.sizeBytes(),
              0,
              piece.piece(),
              piece.signature());
    } catch (IllegalArgumentException impossible) {
      return new ParcelContent.Changes(of, Encoded.of(new byte[0]));
    }
  }

  private AttachmentRef anyName() {
    return new AttachmentRef(
        AttachmentId.of(script.exactly(AttachmentId.SIZE_BYTES)), script.number() >>> 1);
  }

  private ParcelContent.Piece eighths(
      SpaceId of, AttachmentRef named, SmallFile from, SigningKey key) {
    int eighth = (int) Math.min(named.sizeBytes(), SmallFile.SIZE_BYTES) / EIGHTHS;
    int first = script.below(EIGHTHS);
    int count = 1 + script.below(EIGHTHS - first);
    Encoded bytes = from.range(first * eighth, (first + count) * eighth);
    return PieceSignature.sign(of, named, (long) first * eighth, bytes, key);
  }

  private Encoded stream(DeviceId device, int how) {
    if ((how & 4) != 0) {
      return Encoded.of(script.some());
    }
    return Encoded.of(entries(device));
  }

  /** Entries that the log or the insider has to say, some of them altered. */
  byte[] entries(DeviceId device) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      List<Entry> entries = new ArrayList<>();
      int what = script.next();
      if ((what & 1) != 0) {
        entries.addAll(log.pull(device, 0, 0, (what & 2) != 0, (what & 16) != 0));
      }
      int said = script.below(3);
      for (int i = 0; i < said; i++) {
        entries.add(shaping.said());
      }
      if ((what & 4) != 0) {
        int first = script.below(log.size());
        int count = 1 + script.below(log.size() - first);
        entries.add(new Entry.Leaves(first, log.leaves(first, count)));
        entries.add(log.receipt(first, count));
        entries.add(log.state(script.below(log.size() + 1), 0));
      }
      shaping.written(log, entries, (what & 8) != 0).forEach(out::writeBytes);
    } catch (CairnException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
