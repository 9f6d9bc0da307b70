package dev.cairn.desk;

import dev.cairn.client.Device;
import dev.cairn.client.held.HeldChange;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.RosterState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    if (!roster.device(self).map(DeviceEntry::coordinates).orElse(false)) {
      return 0;
    }
    Map<DeviceId, Long> confirmed = new HashMap<>();
    Map<DeviceId, RecordState> notices = notices(held, self, confirmed);
    int written = 0;
    for (Map.Entry<DeviceId, List<HeldChange>> feed : held.feeds().entrySet()) {
      DeviceId author = feed.getKey();
      CircleId own = Circles.device(author);
      if (author.equals(self) || !roster.writingKey(own).isPresent()) {
        continue;
      }
      Optional<Operation.Confirm> due =
          due(author, feed.getValue(), confirmed.getOrDefault(author, 0L));
      if (due.isPresent()) {
        device.write(request(notices.get(author), due.get()).circles(audience(roster, own)));
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

  /** This desk's notice to each device, and how far anybody's reach. */
  private static Map<DeviceId, RecordState> notices(
      Held held, DeviceId self, Map<DeviceId, Long> confirmed) {
    Map<DeviceId, RecordState> own = new HashMap<>();
    for (RecordState state : held.records().states()) {
      if (state.kind() == RecordKind.DEVICE_NOTICE.code()) {
        state
            .statements()
            .forEach(
                entry -> {
                  if (entry.operation() instanceof Operation.Confirm confirm) {
                    confirmed.merge(confirm.device(), confirm.sequence(), Math::max);
                    if (entry.origin().device().equals(self)) {
                      own.put(confirm.device(), state);
                    }
                  }
                });
      }
    }
    return own;
  }

  private static Optional<Operation.Confirm> due(
      DeviceId author, List<HeldChange> feed, long confirmed) {
    long sequence = 0;
    ChangeId head = null;
    boolean substance = false;
    List<ChangeId> unopened = new ArrayList<>();
    for (HeldChange change : feed) {
      long at = change.change().prefix().sequence();
      if (head == null || at >= sequence) {
        sequence = at;
        head = change.change().id();
      }
      if (at > confirmed && saysSomething(change)) {
        substance = true;
      }
      if (failed(change)) {
        unopened.add(change.change().id());
      }
    }
    if (head == null || !substance) {
      return Optional.empty();
    }
    return Optional.of(new Operation.Confirm(author, sequence, head, unopened));
  }

  private static boolean saysSomething(HeldChange change) {
    return change
        .opened()
        .map(opened -> opened.body().kind() != RecordKind.DEVICE_NOTICE.code())
        .orElse(false);
  }

  private static boolean failed(HeldChange change) {
    return change.unopened().map(why -> why != HeldChange.Unopened.SESSION).orElse(false);
  }
}
