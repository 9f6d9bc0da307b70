package dev.cairn.client.courier;

import dev.cairn.client.attachment.AttachmentFolder;
import dev.cairn.client.attachment.SignedRequests;
import dev.cairn.client.courier.BundlePlace.Part;
import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.Progress;
import dev.cairn.client.intake.Intake;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.List;
import java.util.Optional;

/**
 * Bundles: what travels by hand. Packs what this device has to send, takes in what is for it, and
 * carries on what it cannot read: parcels for the server, which it offers at the next sync, and
 * receipts on their way back. In which order parcels come does not matter.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Courier {

  private static final int PIECE_BYTES_MAX = 1024 * 1024;

  /** A file is not cut into smaller pieces than this to fill what room is left. */
  private static final int PIECE_BYTES_MIN = 4 * 1024;

  private static final int READ_BYTES = 64 * 1024;

  private final Holdings holdings;
  private final ParcelIntake intake;
  private boolean triedLaterOnes;

  /** Carries for this device. */
  public Courier(Holdings holdings, Intake intake, ReceiptIntake receipts) {
    this.holdings = holdings;
    this.intake = new ParcelIntake(holdings, intake, receipts);
  }

  /**
   * Writes a bundle: what this device has to say, then what is carried for others, then
   * attachments. What had no room in a bundle of bounded size goes with the next such bundle; when
   * all has gone, it begins anew, for until receipts come any of them may be lost.
   *
   * @param bytesMax the size not to exceed; {@link Long#MAX_VALUE}: no bound
   * @throws RefusedException {@code bundle.too-small} if nothing of what waits has room, or not all
   *     of it that goes together
   */
  public BundleExport export(OutputStream out, long bytesMax) throws CairnException, IOException {
    BundlePlace from =
        bytesMax == Long.MAX_VALUE ? BundlePlace.START : holdings.store().read(BundlePlace::read);
    Packing packing = new Packing(out, bytesMax, holdings.host().randomness());
    OwnLoad own = new OwnLoad(holdings, packing);
    Carrying carrying = new Carrying();
    Optional<BundlePlace> left = own.pack(from);
    left = left.isPresent() ? left : news(from, packing);
    left = left.isPresent() ? left : new DeviceLoads(holdings, packing).pack(from);
    left = left.isPresent() ? left : carrying.pack(from, packing);
    left = left.isPresent() ? left : attachments(from, packing);
    boolean isLeft = left.isPresent() || carrying.tooLarge;
    // What has to go together had no room: the next bundle of this size would end there too.
    boolean isStuck = left.equals(Optional.of(from));
    if (isLeft && (isStuck || packing.parcels() == 0)) {
      throw new RefusedException(
          "bundle.too-small", "what waits, or has to go together, has no room in the bundle");
    }
    Optional<BundlePlace> next = left;
    holdings
        .store()
        .change(
            rows -> {
              BundlePlace.write(rows, next);
              if (own.changes() > 0) {
                // They may come to the server before this device does: then it asks for them.
                Progress.read(rows).carried().write(rows);
              }
              CarriedParcels.handedOn(rows, carrying.handedOn);
            });
    return new BundleExport(
        packing.parcels(), carrying.packed, own.changes(), packing.bytes(), isLeft);
  }

  /**
   * Writes what this device holds of the roster for whoever has the recovery secret.
   *
   * @throws RefusedException {@code recovery.none} if the space has no such secret
   */
  public BundleExport exportForRecovery(OutputStream out) throws CairnException, IOException {
    return RosterBundle.write(holdings, out);
  }

  /**
   * Writes what devices wrote that were cut off and the log is not known to have, for a desk.
   *
   * @throws RefusedException {@code quarantine.nothing} if there is nothing of the kind here
   */
  public BundleExport exportOfSuspended(OutputStream out) throws CairnException, IOException {
    return SuspendedLoad.write(holdings, out);
  }

  /** Where it had to stop, if there would be room for the news in another bundle. */
  private Optional<BundlePlace> news(BundlePlace from, Packing packing) throws IOException {
    BundlePlace place = BundlePlace.at(Part.DEVICES, 0);
    boolean isPast = from.isPast(Part.DEVICES) || from.from(Part.DEVICES) > 0;
    return isPast || new MoveNews(holdings).pack(packing) || packing.isEmpty()
        ? Optional.empty()
        : Optional.of(place);
  }

  /** Packs parcels of others. */
  private final class Carrying {
    private long packed;
    private long handedOn;
    private boolean tooLarge;

    Optional<BundlePlace> pack(BundlePlace from, Packing packing)
        throws CairnException, IOException {
      if (from.isPast(Part.CARRIED)) {
        return Optional.empty();
      }
      for (CarriedParcels.Carried carried : holdings.store().read(CarriedParcels::all)) {
        Optional<byte[]> parcel =
            holdings.store().read(rows -> CarriedParcels.parcel(rows, carried));
        if (carried.number() < from.from(Part.CARRIED)
            || carried.isForThisDevice()
            || !parcel.isPresent()) {
          continue;
        }
        if (packing.add(parcel.get())) {
          packed++;
          handedOn = 1 + carried.number();
        } else if (packing.neverFits(parcel.get())) {
          tooLarge = true;
        } else {
          return Optional.of(BundlePlace.at(Part.CARRIED, carried.number()));
        }
      }
      return Optional.empty();
    }
  }

  private Optional<BundlePlace> attachments(BundlePlace from, Packing packing)
      throws CairnException, IOException {
    boolean begun = from.from(Part.ATTACHMENTS) == 0;
    for (AttachmentRow row : holdings.store().read(AttachmentRow::readAll)) {
      boolean first = !begun && row.id().equals(from.id());
      begun |= first;
      if (begun && !row.sent() && row.sequence() > 0) {
        long offset = pieces(row, first ? from.from(Part.ATTACHMENTS) : 0, packing);
        if (offset < row.sizeBytes()) {
          return Optional.of(BundlePlace.at(row.id(), offset));
        }
      }
    }
    return Optional.empty();
  }

  /** Packs a file from an offset on; answers how far it came. */
  private long pieces(AttachmentRow row, long from, Packing packing)
      throws CairnException, IOException {
    AttachmentFolder folder = new AttachmentFolder(holdings.folder().attachments());
    Optional<EncryptionPublicKey> server = holdings.roster().bundleKey();
    if (!folder.has(row.id()) || !server.isPresent()) {
      return row.sizeBytes();
    }
    try (RandomAccessFile file = new RandomAccessFile(folder.file(row.id()).toFile(), "r")) {
      long offset = from;
      long left = row.sizeBytes() - offset;
      int room = Math.min(PIECE_BYTES_MAX, packing.contentRoom(1));
      while (left > 0 && room >= Math.min(left, PIECE_BYTES_MIN)) {
        byte[] piece = new byte[(int) Math.min(room, left)];
        file.seek(offset);
        file.readFully(piece);
        ParcelContent content =
            PieceSignature.sign(
                holdings.identity().space(),
                new AttachmentRef(row.id(), row.sizeBytes()),
                offset,
                Encoded.of(piece),
                holdings.identity().signingKey());
        if (!packing.add(
            Parcel.seal(content, List.of(server.get()), holdings.host().randomness()))) {
          throw new IllegalStateException("a parcel outgrew its room");
        }
        offset += piece.length;
        left -= piece.length;
        room = Math.min(PIECE_BYTES_MAX, packing.contentRoom(1));
      }
      return offset;
    }
  }

  /**
   * Takes in a bundle. A parcel that was altered does not keep the others from being taken in, nor
   * does one that comes before what it continues.
   *
   * @throws MalformedException if it is no bundle, is cut short, or a parcel in it was altered;
   *     what is whole was taken in
   * @throws RefusedException {@code courier.full} if this device carries too many parcels; what is
   *     for itself was taken in
   */
  public BundleImport take(InputStream in) throws CairnException, IOException {
    BundleReader reader = new BundleReader();
    Arrival arrival = arrival();
    byte[] read = new byte[READ_BYTES];
    try {
      for (int count = in.read(read); count >= 0; count = in.read(read)) {
        reader.feed(read, 0, count);
        Optional<byte[]> parcel = reader.next();
        while (parcel.isPresent()) {
          arrival.take(parcel.get());
          parcel = reader.next();
        }
      }
    } finally {
      arrival.takeEarlyOnes();
    }
    if (!reader.isWhole()) {
      throw new MalformedException(
          "the bundle is cut short or damaged; what was whole is taken in");
    }
    return arrival.result();
  }

  /** What this device has to hand on to one that it meets. */
  public OutgoingParcels outgoing() throws CairnException {
    return new OutgoingParcels(holdings);
  }

  /** Takes parcels from a device that it meets. */
  public IncomingParcels incoming() throws CairnException {
    return new IncomingParcels(holdings, arrival());
  }

  /** What waits for a newer program is tried once by each that is started. */
  private Arrival arrival() {
    Arrival arrival = new Arrival(holdings, intake, !triedLaterOnes);
    triedLaterOnes = true;
    return arrival;
  }

  /**
   * Another device proved to be a member. A desk, which holds everybody's admission anyway, sends
   * its word back the same way; a phone that reports remembers nobody.
   */
  public void met(DeviceId device) throws CairnException {
    if (holdings.isDesk() && holdings.roster().device(device).isPresent()) {
      holdings.store().change(rows -> MetDevices.add(rows, List.of(device)));
    }
  }

  /** Begins to hand parcels to a server, in one sync. */
  public Delivery delivery(SignedRequests requests, Delivery.Witness witness) {
    return new Delivery(holdings, intake, requests, witness);
  }
}
