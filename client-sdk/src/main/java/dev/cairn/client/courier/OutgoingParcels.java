package dev.cairn.client.courier;

import dev.cairn.client.attachment.AttachmentFolder;
import dev.cairn.client.courier.CarriedParcels.Carried;
import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.Progress;
import dev.cairn.client.store.StoreException;
import dev.cairn.client.store.StoreException.Reason;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.bundle.PieceSignature;
import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this device has for one that it meets, in order: answers on their way back to authors; what
 * it wrote itself, in blocks of the feed that stay the same; what a desk says to single devices;
 * what is carried for others, the smallest first; files, a piece a parcel. The same content gives
 * the same parcel at every meeting.
 */
public final class OutgoingParcels {

  /** Changes of this device's feed that travel in one parcel, if they have room. */
  private static final int BLOCK_CHANGES = 16;

  private static final int PIECE_BYTES = 1024 * 1024;

  /** Parcels made for one offer are in memory together. */
  private static final int OFFER_BYTES_MAX = 4 * 1024 * 1024;

  private enum Part {
    ANSWERS,
    OWN,
    DEVICES,
    CARRIED,
    FILES,
    NONE
  }

  private final Holdings holdings;
  private final SteadyParcels steady;
  private final long carriedBefore;
  private final Deque<Outgoing> ready = new ArrayDeque<>();
  private final Set<Digest> handedOut = new HashSet<>();
  private final Deque<AttachmentRow> files = new ArrayDeque<>();
  private Part part = Part.ANSWERS;
  private long block = -1;
  private long fileOffset;

  OutgoingParcels(Holdings holdings) throws CairnException {
    this.holdings = holdings;
    this.steady = new SteadyParcels(holdings.identity().encryptionKey());
    this.carriedBefore = holdings.store().read(Fact.CARRIED::counted);
  }

  /** The next ones, at most so many; empty when there are no more. */
  public List<Outgoing> next(int countMax) throws CairnException {
    List<Outgoing> next = new ArrayList<>();
    long bytes = 0;
    while (next.size() < countMax && bytes < OFFER_BYTES_MAX) {
      while (ready.isEmpty() && part != Part.NONE) {
        fill();
      }
      if (ready.isEmpty()) {
        return next;
      }
      Outgoing one = ready.remove();
      bytes += one.heldBytes();
      next.add(one);
    }
    return next;
  }

  private void fill() throws CairnException {
    try {
      switch (part) {
        case ANSWERS -> carried(true, Part.OWN);
        case OWN -> ownBlock();
        case DEVICES -> devices();
        case CARRIED -> carried(false, Part.FILES);
        case FILES -> piece();
        case NONE -> throw new IllegalStateException("there are no more");
      }
    } catch (IOException e) {
      throw new StoreException(Reason.CORRUPT, "an attached file could not be read", e);
    }
  }

  private void made(Part next) {
    boolean isFile = part == Part.FILES;
    for (byte[] parcel : steady.take()) {
      Digest id = Sha256.of(parcel);
      ready.add(Outgoing.made(id, parcel, () -> own(id, parcel, isFile)));
    }
    part = next;
  }

  /**
   * What this device wrote may come to the server before it does: then it asks for it. And it need
   * not come back here.
   */
  private Optional<byte[]> own(Digest id, byte[] parcel, boolean isFile) throws CairnException {
    if (!isFile && handedOut.add(id)) {
      holdings
          .store()
          .change(
              rows -> {
                Progress.read(rows).carried().write(rows);
                PassedParcels.add(rows, id);
              });
    }
    return Optional.of(parcel);
  }

  private void ownBlock() throws CairnException, IOException {
    OwnLoad load = new OwnLoad(holdings, steady);
    boolean begins = block < 0;
    if (begins) {
      block = (load.first() - 1) / BLOCK_CHANGES;
    }
    long from = block * BLOCK_CHANGES + 1;
    List<Change> changes =
        holdings.store().read(rows -> OwnChanges.from(rows, from, BLOCK_CHANGES));
    boolean some =
        begins
            ? !holdings.book().outbox().isEmpty() || isWaiting(changes, load.first())
            : !changes.isEmpty();
    if (some) {
      load.pack(changes, begins);
    }
    block++;
    made(some && changes.size() == BLOCK_CHANGES ? Part.OWN : Part.DEVICES);
  }

  private static boolean isWaiting(List<Change> changes, long first) {
    return changes.stream().anyMatch(change -> change.prefix().sequence() >= first);
  }

  private void devices() throws CairnException, IOException {
    new MoveNews(holdings).pack(steady);
    new DeviceLoads(holdings, steady).pack(BundlePlace.START);
    made(Part.CARRIED);
  }

  private void carried(boolean answers, Part next) throws CairnException {
    Map<Digest, Integer> sizes = holdings.store().read(CarriedParcels::sizes);
    List<Outgoing> parcels = new ArrayList<>();
    for (Carried carried : holdings.store().read(CarriedParcels::all)) {
      Integer size = sizes.get(carried.id());
      if (carried.settled() == answers && !carried.isForThisDevice() && size != null) {
        parcels.add(
            Outgoing.carried(
                carried.id(),
                size,
                () -> holdings.store().read(rows -> CarriedParcels.parcel(rows, carried))));
      }
    }
    parcels.sort(Comparator.comparingInt(Outgoing::sizeBytes));
    ready.addAll(parcels);
    part = next;
    if (next == Part.FILES) {
      beginFiles();
    }
  }

  private void beginFiles() throws CairnException {
    AttachmentFolder folder = new AttachmentFolder(holdings.folder().attachments());
    for (AttachmentRow row : holdings.store().read(AttachmentRow::readAll)) {
      if (!row.sent() && row.sequence() > 0 && folder.has(row.id())) {
        files.add(row);
      }
    }
  }

  private void piece() throws CairnException, IOException {
    AttachmentRow row = files.peek();
    Optional<EncryptionPublicKey> server = holdings.roster().bundleKey();
    if (row == null || !server.isPresent()) {
      part = Part.NONE;
      return;
    }
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, row.sizeBytes() - fileOffset)];
    AttachmentFolder folder = new AttachmentFolder(holdings.folder().attachments());
    try (RandomAccessFile file = new RandomAccessFile(folder.file(row.id()).toFile(), "r")) {
      file.seek(fileOffset);
      file.readFully(piece);
    }
    steady.add(
        PieceSignature.sign(
            holdings.identity().space(),
            new AttachmentRef(row.id(), row.sizeBytes()),
            fileOffset,
            Encoded.of(piece),
            holdings.identity().signingKey()),
        List.of(server.get()));
    fileOffset += piece.length;
    if (fileOffset >= row.sizeBytes()) {
      files.remove();
      fileOffset = 0;
    }
    made(Part.FILES);
  }

  /** Remembers that what was carried at the beginning was handed on, and may make room. */
  public void handedOn() throws CairnException {
    holdings.store().change(rows -> CarriedParcels.handedOn(rows, carriedBefore));
  }

  /** Forgets what chance was drawn from. */
  public void close() {
    steady.wipe();
  }
}
