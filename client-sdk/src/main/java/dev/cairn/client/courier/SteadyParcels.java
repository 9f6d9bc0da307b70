package dev.cairn.client.courier;

import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals the same content for the same receivers to the same parcel, each time: so a meeting that
 * was cut goes on in the middle of a parcel, and what a device was given once it is not given
 * again. What {@link Parcel#seal} takes for chance is drawn by HKDF from a secret of this device
 * and from everything that is sealed; other content has other chance.
 */
final class SteadyParcels implements ParcelSink {

  private static final String LABEL = "cairn/1/parcel-again";
  private static final int SEED_BYTES = 32;

  private final Secret seed;
  private List<byte[]> parcels = new ArrayList<>();

  /** Seals with chance of this device. */
  SteadyParcels(EncryptionKey device) {
    this.seed = Hkdf.derive(device.seed(), new byte[0], LABEL, SEED_BYTES);
  }

  @Override
  public boolean add(ParcelContent content, List<EncryptionPublicKey> receivers) {
    parcels.add(Parcel.seal(content, receivers, drawnFor(content, receivers)));
    return true;
  }

  @Override
  public int contentRoom(int receivers) {
    return Packing.contentRoom(Limits.PARCEL_BYTES_MAX, receivers);
  }

  /** What was added since this was asked last. */
  List<byte[]> take() {
    List<byte[]> taken = parcels;
    parcels = new ArrayList<>();
    return taken;
  }

  private Randomness drawnFor(ParcelContent content, List<EncryptionPublicKey> receivers) {
    CborWriter writer = new CborWriter().array(2);
    if (content instanceof ParcelContent.Piece piece) {
      writer.array(7).bytes(piece.space().bytes()).bytes(piece.device().bytes());
      writer.bytes(piece.attachment().bytes()).uint(piece.sizeBytes()).uint(piece.offsetBytes());
      writer.bytes(piece.piece().bytes()).bytes(piece.signature().bytes());
    } else if (content instanceof ParcelContent.Changes changes) {
      writer.array(2).bytes(changes.space().bytes()).bytes(changes.stream().bytes());
    } else {
      throw new IllegalArgumentException("only a server answers");
    }
    writer.array(receivers.size());
    receivers.forEach(receiver -> writer.bytes(receiver.bytes()));
    byte[] all = Sha256.labelled(LABEL, writer.toBytes()).bytes();
    return new Drawn(seed, all);
  }

  /** One draw after another. */
  private static final class Drawn implements Randomness {
    private final Secret seed;
    private final byte[] purpose;
    private int draws;

    Drawn(Secret seed, byte[] purpose) {
      this.seed = seed;
      this.purpose = purpose;
    }

    @Override
    public void fill(byte[] bytes) {
      byte[] info =
          ByteBuffer.allocate(Digest.SIZE_BYTES + Integer.BYTES)
              .put(purpose)
              .putInt(draws++)
              .array();
      Secret drawn = Hkdf.expand(seed, info, bytes.length);
      System.arraycopy(drawn.expose(), 0, bytes, 0, bytes.length);
      drawn.wipe();
    }
  }

  /** Forgets the secret. */
  void wipe() {
    seed.wipe();
  }
}
