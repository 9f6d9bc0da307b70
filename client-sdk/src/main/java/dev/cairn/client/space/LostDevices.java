package dev.cairn.client.space;

import dev.cairn.client.held.Fact;
import dev.cairn.client.held.Holdings;
import dev.cairn.client.held.LogSight;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.StoredForm;
import dev.cairn.client.store.SealedRows;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The past of devices that a recovery cut off. The cut comes first and names no change, so that
 * whoever took such a device can do nothing with it from then on, however early his statements and
 * changes claim to be. Once this device holds what the log holds, what is there counts again.
 */
public final class LostDevices {

  private static final int DEVICES_MAX = Limits.REPLACEMENT_SUSPENDED_MAX;

  private final Holdings holdings;

  /** As this device holds them. */
  public LostDevices(Holdings holdings) {
    this.holdings = holdings;
  }

  /** Writes down whose past is to be released. */
  static void write(SealedRows rows, List<DeviceId> devices) throws CairnException {
    CborWriter writer = new CborWriter().array(devices.size());
    devices.forEach(device -> writer.bytes(device.bytes()));
    Fact.LOST.put(rows, writer.toBytes());
  }

  private static List<DeviceId> read(SealedRows rows) throws CairnException {
    byte[] row = Fact.LOST.get(rows);
    if (row == null) {
      return List.of();
    }
    return StoredForm.read(
        "lost devices",
        row,
        reader -> {
          int count = reader.arrayHeader(DEVICES_MAX);
          List<DeviceId> devices = new ArrayList<>(count);
          for (int i = 0; i < count; i++) {
            devices.add(DeviceId.of(reader.bytesExactly(DeviceId.SIZE_BYTES)));
          }
          return devices;
        });
  }

  /**
   * Releases what the log holds of them, if that is still to be done. To be called when everything
   * was pulled. A device of which the log holds nothing is looked for again whenever the log has
   * grown, for members may bring its past yet; once it was released, nothing more of it is.
   *
   * @return whether there are statements to be pushed now
   */
  public boolean release() throws CairnException {
    List<DeviceId> lost = holdings.store().read(LostDevices::read);
    byte[] sight = sight(holdings.log());
    if (lost.isEmpty()
        || holdings.store().read(rows -> Arrays.equals(sight, Fact.LOST_SOUGHT.get(rows)))) {
      return false;
    }
    List<Statement> releases = new ArrayList<>();
    List<DeviceId> left = new ArrayList<>();
    for (DeviceId device : lost) {
      if (holdings.roster().isSuspended(device)) {
        List<Statement> signed = release(device, holdings.roster().with(releases));
        releases.addAll(signed);
        if (signed.isEmpty()) {
          left.add(device);
        }
      }
    }
    new LettingIn(holdings).send(releases);
    holdings.store().change(rows -> keep(rows, left, sight));
    return !releases.isEmpty();
  }

  private List<Statement> release(DeviceId device, RosterState roster) throws CairnException {
    List<LastGood> logged = holdings.store().read(rows -> logged(rows, holdings.log(), device));
    List<LastGood> heads = logged.subList(0, Math.min(logged.size(), Limits.LAST_GOOD_CHANGES_MAX));
    return heads.isEmpty()
        ? List.of()
        : new RosterWriter(roster, holdings.host().randomness())
            .releases(device, heads, holdings.identity().signingKey());
  }

  private static void keep(SealedRows rows, List<DeviceId> left, byte[] sight)
      throws CairnException {
    if (left.isEmpty()) {
      Fact.LOST.delete(rows);
      Fact.LOST_SOUGHT.delete(rows);
    } else {
      write(rows, left);
      Fact.LOST_SOUGHT.put(rows, sight);
    }
  }

  /** Says how much of which log was read for certain. */
  private static byte[] sight(LogSight log) {
    return new CborWriter().array(2).uint(log.generation()).uint(log.proven()).toBytes();
  }

  /**
   * What a suspension lists as seen: the changes of a device that no later one to the same audience
   * continues; those that are in the log first. Whoever has the device's key can make any number of
   * others and hand them over, and what is not listed does not count.
   */
  public static List<LastGood> heads(SealedRows rows, LogSight log, DeviceId device)
      throws CairnException {
    List<LastGood> listed = logged(rows, log, device);
    Set<LastGood> known = new HashSet<>(listed);
    for (LastGood head : heads(rows, device, change -> true)) {
      if (known.add(head)) {
        listed.add(head);
      }
    }
    return listed.subList(0, Math.min(listed.size(), Limits.LAST_GOOD_CHANGES_MAX));
  }

  /**
   * The same as changes without their bodies: what shows to somebody else how far a device's feed
   * is known here.
   */
  public static List<Change> headChanges(SealedRows rows, LogSight log, DeviceId device)
      throws CairnException {
    List<Change> changes = new ArrayList<>();
    for (LastGood head : heads(rows, log, device)) {
      Optional<Change> change = OthersChanges.change(rows, head.change());
      change.ifPresent(kept -> changes.add(kept.withoutCiphertext()));
    }
    return changes;
  }

  /** Those among the changes of a device that are in the log. */
  private static List<LastGood> logged(SealedRows rows, LogSight log, DeviceId device)
      throws CairnException {
    return heads(rows, device, change -> isLogged(rows, log, change));
  }

  /** Whether a change is where it was said to be; an answer that was cut nobody signed. */
  private static boolean isLogged(SealedRows rows, LogSight log, Change change)
      throws CairnException {
    Optional<OthersChanges.Place> place = OthersChanges.place(rows, change.id());
    return place.isPresent()
        && place.get().position().isPresent()
        && log.proves(rows, place.get().position().getAsLong(), change.leafHash());
  }

  private static List<LastGood> heads(
      SealedRows rows, DeviceId device, OthersChanges.Visitor counts) throws CairnException {
    Map<ChangeId, LastGood> heads = new TreeMap<>();
    Set<ChangeId> continued = new HashSet<>();
    OthersChanges.scan(
        rows,
        0,
        change -> {
          Prefix prefix = change.prefix();
          if (prefix.device().equals(device) && counts.visit(change)) {
            heads.put(change.id(), new LastGood(prefix.sequence(), change.id()));
            continued.addAll(prefix.audiencePrevious());
          }
          return true;
        });
    heads.keySet().removeAll(continued);
    List<LastGood> newest = new ArrayList<>(heads.values());
    newest.sort(Comparator.reverseOrder());
    return newest;
  }
}
