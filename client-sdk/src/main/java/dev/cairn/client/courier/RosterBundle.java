package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.RecoveryKeys;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device holds of the roster, for whoever has the recovery secret and for nobody else: where
 * server and desks are gone, the members' devices are all there is to recover a space from.
 */
public final class RosterBundle {

  private RosterBundle() {}

  /** Writes one with everything held; unbounded, for nothing in it can be left out. */
  static BundleExport write(Holdings holdings, OutputStream out)
      throws CairnException, IOException {
    RecoveryKeys recovery =
        holdings
            .roster()
            .recovery()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "recovery.none", "the space was founded without a recovery secret"));
    Packing packing = new Packing(out, Long.MAX_VALUE, holdings.host().randomness());
    StreamParcels parcels = new StreamParcels(holdings, packing, List.of(recovery.sealKey()));
    for (Statement statement : holdings.roster().statements()) {
      parcels.add(statement);
    }
    parcels.close();
    return new BundleExport(packing.parcels(), 0, 0, packing.bytes(), false);
  }

  /**
   * The statements in one. What they are worth is for the roster to say.
   *
   * @param recovery the recovery secret's encryption key
   * @throws RefusedException {@code recovery.other} if nothing in it is for this secret
   * @throws MalformedException if it is no bundle, is cut short, or was altered
   */
  public static List<Statement> read(byte[] bundle, SpaceId space, EncryptionKey recovery)
      throws CairnException {
    BundleReader reader = new BundleReader();
    reader.feed(bundle, 0, bundle.length);
    List<Statement> statements = new ArrayList<>();
    boolean opened = false;
    for (Optional<byte[]> parcel = reader.next(); parcel.isPresent(); parcel = reader.next()) {
      try {
        ParcelContent content = Parcel.open(parcel.get(), List.of(recovery));
        opened = true;
        if (content instanceof ParcelContent.Changes changes && changes.space().equals(space)) {
          read(changes, statements);
        }
      } catch (UndecryptableException | TooNewException forOthers) {
        // The bundle may hold what is carried for others, too.
      }
    }
    if (!reader.isWhole()) {
      throw new MalformedException("the bundle is cut short or damaged");
    }
    if (!opened) {
      throw new RefusedException(
          "recovery.other", "nothing in the bundle is for this recovery secret");
    }
    return statements;
  }

  private static void read(ParcelContent.Changes changes, List<Statement> statements)
      throws CairnException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(changes.stream().bytes());
    EntryReader entries = new EntryReader(changes.space());
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      if (entries.read(next.get()) instanceof Entry.Statement stated) {
        statements.add(Statement.decode(stated.statement().bytes()));
      }
    }
  }
}
