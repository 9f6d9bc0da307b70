package dev.cairn.client.courier;

import dev.cairn.client.held.Holdings;
import dev.cairn.client.space.BroughtRoster;
import dev.cairn.client.space.LostDevices;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameSignatures;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.RecoveryKeys;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.VerifyingKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a device holds of the roster, and how far it knows the feeds of owners, for whoever has the
 * recovery secret and for nobody else: where server and desks are gone, the members' devices are
 * all there is to recover a space from.
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
    long changes = 0;
    for (DeviceEntry entry : holdings.roster().devices()) {
      if (entry.role() == Role.OWNER && !entry.isSuspended()) {
        for (Change head : heads(holdings, entry.device())) {
          parcels.add(new Entry.OfFrame(Frame.of(List.of(head)), List.of()));
          changes++;
        }
      }
    }
    parcels.close();
    return new BundleExport(packing.parcels(), 0, changes, packing.bytes(), false);
  }

  /** How far this device knows an owner's feed, who may be lost: a cut there loses nothing. */
  private static List<Change> heads(Holdings holdings, DeviceId owner) throws CairnException {
    return holdings.store().read(rows -> LostDevices.headChanges(rows, holdings.log(), owner));
  }

  /**
   * What is in one.
   *
   * @param recovery the recovery secret's encryption key
   * @throws RefusedException {@code recovery.other} if nothing in it is for this secret
   * @throws MalformedException if it is no bundle, is cut short, or was altered
   */
  public static BroughtRoster read(byte[] bundle, SpaceId space, EncryptionKey recovery)
      throws CairnException {
    BundleReader reader = new BundleReader();
    reader.feed(bundle, 0, bundle.length);
    List<Statement> statements = new ArrayList<>();
    Map<DeviceId, List<LastGood>> heads = new TreeMap<>();
    boolean opened = false;
    for (Optional<byte[]> parcel = reader.next(); parcel.isPresent(); parcel = reader.next()) {
      try {
        ParcelContent content = Parcel.open(parcel.get(), List.of(recovery));
        opened = true;
        if (content instanceof ParcelContent.Changes changes && changes.space().equals(space)) {
          read(changes, statements, heads);
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
    return new BroughtRoster(statements, heads);
  }

  private static void read(
      ParcelContent.Changes changes,
      List<Statement> statements,
      Map<DeviceId, List<LastGood>> heads)
      throws CairnException {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(changes.stream().bytes());
    EntryReader entries = new EntryReader(changes.space());
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      Entry entry = entries.read(next.get());
      if (entry instanceof Entry.Statement stated) {
        statements.add(Statement.decode(stated.statement().bytes()));
      } else if (entry instanceof Entry.OfFrame known && isProven(known.frame())) {
        List<LastGood> ofDevice =
            heads.computeIfAbsent(known.frame().device(), any -> new ArrayList<>());
        for (Change change : known.frame().changes()) {
          ofDevice.add(new LastGood(change.prefix().sequence(), change.id()));
        }
      }
    }
  }

  /** Whether the device that is named wrote it; else whoever gave the file chose what counts. */
  private static boolean isProven(Frame frame) {
    try {
      FrameSignatures.verify(frame, VerifyingKey.of(frame.device().bytes()));
      return true;
    } catch (RefusedException | MalformedException no) {
      return false;
    }
  }
}
