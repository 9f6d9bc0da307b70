package dev.cairn.client.courier;

import dev.cairn.client.attachment.AttachmentFolder;
import dev.cairn.client.attachment.SignedRequests;
import dev.cairn.client.held.AttachmentRow;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.intake.Intake;
import dev.cairn.client.transport.Exchange;
import dev.cairn.client.transport.Request;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bundles: what travels by hand. Packs what this device has to send, takes in what is for it, and
 * carries on what it cannot read: parcels for the server, which it offers at the next sync, and
 * receipts on their way back.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Courier {

  private static final int PIECE_BYTES = 1024 * 1024;
  private static final int READ_BYTES = 64 * 1024;
  private static final int OK = 200;
  private static final int UNPROCESSABLE = 422;

  private final Holdings holdings;
  private final ParcelIntake intake;

  /** Carries for this device. */
  public Courier(Holdings holdings, Intake intake, ReceiptIntake receipts) {
    this.holdings = holdings;
    this.intake = new ParcelIntake(holdings, intake, receipts);
  }

  /**
   * Writes a bundle: own changes first, then what is carried for others, then attachments.
   *
   * @param bytesMax the size not to exceed; what has no room is left for the next bundle
   */
  public BundleExport export(OutputStream out, long bytesMax) throws CairnException, IOException {
    OwnLoad own = holdings.store().read(rows -> OwnLoad.pack(holdings, rows));
    List<CarriedParcels.Carried> carried = holdings.store().read(CarriedParcels::all);
    Packing packing = new Packing(out, bytesMax);
    for (byte[] parcel : own.parcels()) {
      packing.add(parcel);
    }
    int kept = 0;
    for (CarriedParcels.Carried parcel : carried) {
      kept += packing.add(parcel.bytes()) ? 1 : 0;
    }
    for (AttachmentRow row : holdings.store().read(AttachmentRow::readAll)) {
      if (!row.sent() && row.sequence() > 0) {
        pieces(row, packing);
      }
    }
    return new BundleExport(
        packing.parcels, kept, packing.left ? 0 : own.changes(), packing.bytes, packing.left);
  }

  /** Writes parcels as long as there is room. */
  private static final class Packing {
    private final OutputStream out;
    private final long bytesMax;
    private long bytes;
    private long parcels;
    private boolean left;

    Packing(OutputStream out, long bytesMax) throws IOException {
      this.out = out;
      this.bytesMax = bytesMax;
      byte[] beginning = BundleWriter.beginning();
      out.write(beginning);
      bytes = beginning.length;
    }

    boolean add(byte[] parcel) throws IOException {
      byte[] wrapped = BundleWriter.parcel(parcel);
      if (bytes + wrapped.length > bytesMax) {
        left = true;
        return false;
      }
      out.write(wrapped);
      bytes += wrapped.length;
      parcels++;
      return true;
    }
  }

  private void pieces(AttachmentRow row, Packing packing) throws CairnException, IOException {
    AttachmentFolder folder = new AttachmentFolder(holdings.folder().attachments());
    if (!folder.has(row.id())) {
      return;
    }
    List<EncryptionPublicKey> server = new ArrayList<>();
    holdings.roster().bundleKey().ifPresent(server::add);
    try (RandomAccessFile file = new RandomAccessFile(folder.file(row.id()).toFile(), "r")) {
      long size = file.length();
      for (long offset = 0; offset < size && !server.isEmpty(); offset += PIECE_BYTES) {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, size - offset)];
        file.seek(offset);
        file.readFully(piece);
        ParcelContent content =
            new ParcelContent.Piece(
                holdings.identity().space(), row.id(), size, offset, Encoded.of(piece));
        if (!packing.add(Parcel.seal(content, server, holdings.host().randomness()))) {
          return;
        }
      }
    }
  }

  /**
   * Takes in a bundle. Whole parcels before the end of a bundle that is cut short are taken in.
   *
   * @throws MalformedException if it is no bundle, or is damaged; what came before the damage is
   *     taken in
   */
  public BundleImport take(InputStream in) throws CairnException, IOException {
    BundleReader reader = new BundleReader();
    ParcelTally tally = new ParcelTally();
    byte[] read = new byte[READ_BYTES];
    for (int count = in.read(read); count >= 0; count = in.read(read)) {
      reader.feed(read, 0, count);
      Optional<byte[]> parcel = reader.next();
      while (parcel.isPresent()) {
        take(parcel.get(), tally);
        parcel = reader.next();
      }
    }
    if (reader.pendingBytes() > 0) {
      throw new MalformedException(
          "the bundle is cut short or damaged; what was whole is taken in");
    }
    return tally.result();
  }

  private void take(byte[] parcel, ParcelTally tally) throws CairnException {
    ParcelContent content;
    try {
      content = Parcel.open(parcel, keys());
    } catch (UndecryptableException notForUs) {
      holdings.store().change(rows -> CarriedParcels.keep(rows, parcel));
      tally.forOthers();
      return;
    } catch (TooNewException newer) {
      tally.refused();
      return;
    }
    if (!content.space().equals(holdings.identity().space())) {
      tally.refused();
      return;
    }
    intake.take(content, tally);
    if (!(content instanceof ParcelContent.Answer)) {
      // What coordinators may read at once is the server's too.
      holdings.store().change(rows -> CarriedParcels.keep(rows, parcel));
    }
  }

  private List<EncryptionKey> keys() {
    List<EncryptionKey> keys = new ArrayList<>();
    keys.add(holdings.identity().encryptionKey());
    for (EpochId epoch : holdings.book().keys().epochs()) {
      holdings.book().key(epoch).ifPresent(keys::add);
    }
    return keys;
  }

  /**
   * Offers what is carried to the server, each parcel once, and keeps the answers to carry them
   * back.
   *
   * @return how many parcels the server took
   */
  public int deliver(SignedRequests requests) throws CairnException {
    int delivered = 0;
    for (CarriedParcels.Carried carried : holdings.store().read(CarriedParcels::all)) {
      if (!carried.offered()) {
        delivered += deliver(carried, requests) ? 1 : 0;
      }
    }
    return delivered;
  }

  private boolean deliver(CarriedParcels.Carried carried, SignedRequests requests)
      throws CairnException {
    Request request =
        Request.of("POST", "/v1/spaces/" + holdings.identity().space() + "/parcels")
            .body(HttpNames.CBOR, carried.bytes());
    try (Exchange exchange = requests.send(request)) {
      int status = exchange.status();
      if (status == UNPROCESSABLE) {
        holdings.store().change(rows -> CarriedParcels.offered(rows, carried));
        return false;
      }
      if (status != OK) {
        // Not now, for whatever reason: it is offered again, and nothing of one's own waits for it.
        return false;
      }
      List<byte[]> answers = answers(exchange);
      holdings
          .store()
          .change(
              rows -> {
                CarriedParcels.remove(rows, carried);
                for (byte[] answer : answers) {
                  CarriedParcels.keep(rows, answer);
                }
              });
      takeOwn(answers);
      return true;
    }
  }

  private static List<byte[]> answers(Exchange exchange) throws CairnException {
    ByteStringStream stream = new ByteStringStream(Limits.PARCEL_BYTES_MAX);
    List<byte[]> answers = new ArrayList<>();
    byte[] piece = exchange.receive();
    while (piece != null) {
      stream.feed(piece);
      Optional<byte[]> answer = stream.next();
      while (answer.isPresent()) {
        answers.add(answer.get());
        answer = stream.next();
      }
      if (answers.size() > Limits.CARRIED_PARCELS_MAX) {
        throw new RefusedException("server.excess", "the server answers without end");
      }
      piece = exchange.receive();
    }
    return answers;
  }

  /** An answer may be for the courier itself, whose bundle came back to it. */
  private void takeOwn(List<byte[]> answers) throws CairnException {
    for (byte[] answer : answers) {
      try {
        ParcelContent content = Parcel.open(answer, keys());
        intake.take(content, new ParcelTally());
      } catch (UndecryptableException forAnother) {
        // It is carried on to whom it is for.
      }
    }
  }
}
