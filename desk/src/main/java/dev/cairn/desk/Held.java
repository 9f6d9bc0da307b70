package dev.cairn.desk;

import dev.cairn.client.Device;
import dev.cairn.client.held.HeldChange;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.feed.Opened;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.record.AttachedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One reading of everything a device holds. */
final class Held {

  private final MergedRecords records;
  private final Map<DeviceId, Branches> feeds;
  private final Set<CircleId> ownCircles;
  private final KeysUsed keysUsed;

  private Held(
      MergedRecords records,
      Map<DeviceId, Branches> feeds,
      Set<CircleId> ownCircles,
      KeysUsed keysUsed) {
    this.keysUsed = keysUsed;
    this.records = records;
    this.feeds = feeds;
    this.ownCircles = ownCircles;
  }

  static Held of(Device device) throws CairnException {
    List<AddressedChange> opened = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    Map<ChangeId, List<ChangeId>> continued = new HashMap<>();
    Map<DeviceId, List<Heard>> feeds = new TreeMap<>();
    KeysUsed keysUsed = new KeysUsed();
    device.openedChanges(
        held -> {
          Prefix prefix = held.change().prefix();
          List<ChangeId> before =
              AddressedChange.continued(prefix.previous(), prefix.audiencePrevious());
          labels.add(Label.of(held.change()));
          keysUsed.heard(held);
          continued.put(held.change().id(), before);
          feeds.computeIfAbsent(prefix.device(), id -> new ArrayList<>()).add(Heard.of(held));
          held.opened().ifPresent(content -> opened.add(addressed(held, content, before)));
        });
    Map<DeviceId, Branches> branches = new TreeMap<>();
    feeds.forEach((author, feed) -> branches.put(author, new Branches(feed, continued)));
    Set<CircleId> ownCircles = new HashSet<>();
    device.roster().devices().forEach(entry -> ownCircles.add(Circles.device(entry.device())));
    return new Held(
        new MergedRecords(opened, labels, continued, device.roster()),
        branches,
        ownCircles,
        keysUsed);
  }

  /**
   * What does not count says nothing, and is not kept in memory: cutting off a device that fills it
   * has to help.
   */
  static AddressedChange addressed(HeldChange held, Opened content, List<ChangeId> continued) {
    Prefix prefix = held.change().prefix();
    Body body = content.body();
    MergeChange change =
        new MergeChange(
            held.change().id(),
            prefix.device(),
            content.record(),
            !body.record().isPresent(),
            body.kind(),
            body.parents(),
            body.clock(),
            body.skewMillis(),
            held.counts() ? body.operations() : List.of(),
            prefix.erases().orElse(null));
    return new AddressedChange(change, prefix.audience(), prefix.sequence(), continued);
  }

  MergedRecords records() {
    return records;
  }

  /** The own circles of all devices that ever were in the space. */
  Set<CircleId> ownCircles() {
    return ownCircles;
  }

  /** The files that others attached, as their changes say, each author's in his order. */
  List<AttachedFile> attached(DeviceId self) {
    List<AttachedFile> files = new ArrayList<>();
    feeds.forEach(
        (author, feed) -> {
          if (!author.equals(self)) {
            // Twice, if two say so: one of them may tell a wrong key of the other's file.
            feed.inOrder().forEach(change -> files.addAll(change.named()));
          }
        });
    return files;
  }

  /** Under which keys single devices were told something. */
  KeysUsed keysUsed() {
    return keysUsed;
  }

  /** What is held of each device. */
  Map<DeviceId, Branches> feeds() {
    return feeds;
  }
}
