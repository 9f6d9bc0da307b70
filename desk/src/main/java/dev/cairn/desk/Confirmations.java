package dev.cairn.desk;

import dev.cairn.client.Device;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.AttachedFile;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A desk's signed word to each author that it opened what he sent. Until then his device keeps its
 * own copy, so nothing depends on the server alone.
 *
 * <p>Only what says something is answered: confirmations and sessions are not, else two desks would
 * confirm each other's confirmations for ever.
 */
final class Confirmations {

  private Confirmations() {}

  /** Writes what is due; returns how many changes that took. */
  static int write(Device device, Held held) throws CairnException {
    RosterState roster = device.roster();
    DeviceId self = device.profile().device();
    boolean coordinates = roster.device(self).map(DeviceEntry::coordinates).orElse(false);
    boolean readsWhatItSays = roster.desk().map(device::opens).orElse(false);
    if (!coordinates || !readsWhatItSays) {
      return 0; // Who cannot read that he has said it would say it again for ever.
    }
    Told told = new Told(held, self, roster);
    int written = 0;
    for (Map.Entry<DeviceId, Branches> feed : held.feeds().entrySet()) {
      DeviceId author = feed.getKey();
      CircleId own = Circles.device(author);
      if (author.equals(self) || !roster.writingKey(own).isPresent()) {
        continue;
      }
      for (Operation.Confirm due : due(device, author, feed.getValue(), told)) {
        device.write(request(told.notice(author), due).circles(audience(roster, own)));
        written++;
      }
    }
    return written;
  }

  private static List<CircleId> audience(RosterState roster, CircleId own) {
    List<CircleId> circles = new ArrayList<>();
    circles.add(own);
    roster.desk().ifPresent(circles::add);
    return circles;
  }

  private static WriteRequest request(@Nullable RecordState notice, Operation.Confirm confirm) {
    List<Operation> operations = Collections.singletonList(confirm);
    return notice == null
        ? WriteRequest.opening(RecordKind.DEVICE_NOTICE, operations)
        : WriteRequest.to(notice.record(), notice.kind(), notice.heads(), operations);
  }

  /**
   * What there is to say to an author, of each branch of his feed by itself: something as soon as
   * he has something to hear of a change that says something ({@link #isNews}). It lists what is
   * not opened, a change whose files are not here included.
   */
  private static List<Operation.Confirm> due(
      Device device, DeviceId author, Branches feed, Told told) throws CairnException {
    int spoken = 0;
    List<Heard> unopened = new ArrayList<>();
    List<Heard> news = new ArrayList<>();
    for (Heard change : feed.inOrder()) {
      boolean isOpened = isOpened(device, change);
      if (!isOpened && unopened.size() == Limits.CONFIRMATION_UNOPENED_MAX) {
        // There is no room to list more: it speaks of what comes before.
        break;
      }
      if (!isOpened) {
        unopened.add(change);
      }
      if (change.saysSomething() && isNews(told, author, change, isOpened)) {
        news.add(change);
      }
      spoken++;
    }
    List<Operation.Confirm> due = new ArrayList<>();
    if (news.isEmpty()) {
      return due;
    }
    for (Heard head : feed.heads(spoken)) {
      Branches.Reach reach = feed.reach(head.change(), head.sequence());
      if (news.stream().anyMatch(reach::holds)) {
        Set<ChangeId> listed = new TreeSet<>();
        unopened.stream().filter(reach::holds).forEach(change -> listed.add(change.change()));
        due.add(
            new Operation.Confirm(author, head.sequence(), head.change(), new ArrayList<>(listed)));
      }
    }
    return due;
  }

  /**
   * Of an opened change, unless somebody told him and this desk takes nothing back; of one whose
   * file is not here, once: his device may be the only one that still has it.
   */
  private static boolean isNews(Told told, DeviceId author, Heard change, boolean isOpened) {
    return isOpened
        ? !told.knows(author, change) || told.hasListed(author, change)
        : !told.hasSpoken(author, change);
  }

  /** A session statement has nothing to open; every other change has a body, and maybe files. */
  private static boolean isOpened(Device device, Heard change) throws CairnException {
    if (!change.hasBodyRead()) {
      return false;
    }
    for (AttachedFile file : change.files()) {
      if (!device.holdsAttachment(file.id())) {
        return false;
      }
    }
    return true;
  }
}
