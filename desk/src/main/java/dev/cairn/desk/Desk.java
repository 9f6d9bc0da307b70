package dev.cairn.desk;

import dev.cairn.client.Device;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.client.transport.Transport;
import dev.cairn.desk.export.ExportedRecord;
import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.desk.review.Erasing;
import dev.cairn.desk.review.Holdings;
import dev.cairn.desk.review.Reviewing;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Entry;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.record.ReviewState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The coordinators' merged store: a device with a coordinator's keys, and above it every record it
 * can open, merged in memory. Plaintext never touches the disk; the changes are the store, and
 * everything here can be made again from them.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Desk implements Holdings {

  private static final Set<Long> REPORTED =
      Set.of(
          (long) RecordKind.INCIDENT.code(),
          (long) RecordKind.PERSON.code(),
          (long) RecordKind.SOURCE.code());

  private final Device device;
  private @Nullable Held held;

  private Desk(Device device) {
    this.device = device;
  }

  /**
   * A desk over a coordinator's device, which stays the caller's to close.
   *
   * @throws RefusedException if the device is a reporter's
   */
  public static Desk over(Device device) throws RefusedException {
    if (!device.profile().role().coordinates()) {
      throw new RefusedException("role.missing", "this store is a reporter's, not a coordinator's");
    }
    return new Desk(device);
  }

  /**
   * Everything that a device can open, merged: of a coordinator's the records of the desk, of a
   * reporter's what its circles were sent. A snapshot.
   */
  public static MergedRecords readable(Device device) throws CairnException {
    return Held.of(device).records();
  }

  /** The device beneath. */
  public Device device() {
    return device;
  }

  /** What a coordinator can say. */
  public Reviewing reviewing() {
    return new Reviewing(this);
  }

  /** What a coordinator can withdraw. */
  public Erasing erasing() {
    return new Erasing(this);
  }

  @Override
  public MergedRecords records() throws CairnException {
    return held().records();
  }

  @Override
  public CircleId deskCircle() throws CairnException {
    return device
        .roster()
        .desk()
        .orElseThrow(() -> new IllegalStateException("a coordinator's roster has its genesis"));
  }

  @Override
  public boolean isOwn(CircleId circle) throws CairnException {
    return held().ownCircles().contains(circle);
  }

  @Override
  public Optional<CircleId> ownCircle(DeviceId author) {
    CircleId own = Circles.device(author);
    boolean isIn = device.roster().device(author).map(entry -> !entry.isSuspended()).orElse(false);
    return isIn && isOpen(own) ? Optional.of(own) : Optional.empty();
  }

  @Override
  public boolean isOpen(CircleId circle) {
    return device.roster().writingKey(circle).isPresent();
  }

  /**
   * Whether a question went under a key that the device it was asked of has replaced since. A
   * device destroys such keys after a while: where no answer came, it may never have been read.
   *
   * @param question the change that asks it
   */
  public boolean wentUnderOldKey(ChangeId question) throws CairnException {
    Optional<AddressedChange> asked = records().change(question);
    if (!asked.isPresent()) {
      return false;
    }
    for (CircleId circle : asked.get().audience().circles()) {
      if (isOwn(circle) && !held().keysUsed().isNewest(question, circle, device.roster())) {
        return true;
      }
    }
    return false;
  }

  private Held held() throws CairnException {
    Held now = held;
    if (now == null) {
      now = Held.of(device);
      held = now;
    }
    return now;
  }

  @Override
  public ChangeId write(
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Collection<CircleId> audience,
      List<Operation> operations)
      throws CairnException {
    ChangeId change =
        device.write(WriteRequest.to(record, kind, parents, operations).circles(audience));
    held = null;
    return change;
  }

  @Override
  public Collection<Label> labels() throws CairnException {
    List<Label> labels = new ArrayList<>();
    device.openedChanges(change -> labels.add(Label.of(change.change())));
    return labels;
  }

  @Override
  public boolean isBare(ChangeId change) throws CairnException {
    boolean[] bare = {false};
    device.openedChanges(
        held ->
            bare[0] |=
                held.change().id().equals(change)
                    && !held.change().opensSession()
                    && !held.change().ciphertext().isPresent());
    return bare[0];
  }

  @Override
  public boolean mayErase() {
    DeviceId self = device.profile().device();
    return device.roster().mayDecide(self) && !device.roster().isSuspended(self);
  }

  @Override
  public ChangeId erase(
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Collection<CircleId> audience,
      Operation.Erase account)
      throws CairnException {
    ChangeId change =
        device.write(
            WriteRequest.to(record, kind, parents, List.of(account))
                .circles(audience)
                .erasing(account.erased()));
    held = null;
    return change;
  }

  /** Syncs, fetches what others attached, and tells the authors, signed, what it has opened. */
  public SyncResult sync(Transport transport, SyncListener listener) throws CairnException {
    try {
      return new DeskSync(device, transport, listener).run();
    } finally {
      held = null;
    }
  }

  /** Tells the authors, signed, what this desk has newly opened; for work that goes by bundle. */
  public int confirm() throws CairnException {
    int written = Confirmations.write(device, held());
    held = null;
    return written;
  }

  /** Every incident that is visible, ready to go out, ascending by id. */
  public List<ExportedRecord> incidents() throws CairnException {
    List<ExportedRecord> incidents = new ArrayList<>();
    for (RecordState state : records().states()) {
      if (state.kind() == RecordKind.INCIDENT.code() && state.visible()) {
        incidents.add(new ExportedRecord(state, reviewWord(state), signers(state.record())));
      }
    }
    return incidents;
  }

  /** Every record that somebody reported, visible or not, ascending by id. */
  public List<RecordState> reports() throws CairnException {
    return reports(records());
  }

  /** Of what a device can read every record that somebody reported, visible or not, by id. */
  public static List<RecordState> reports(MergedRecords readable) {
    List<RecordState> reports = new ArrayList<>();
    for (RecordState state : readable.states()) {
      if (REPORTED.contains(state.kind()) && !state.isEmpty()) {
        reports.add(state);
      }
    }
    return reports;
  }

  /** How far a report that is open here has come, in its reporter's words. */
  public static ReportState reportState(RecordState state) {
    Set<ChangeId> unanswered = new HashSet<>();
    for (Entry entry : state.statements()) {
      if (entry.operation() instanceof Operation.Ask) {
        unanswered.add(entry.origin().change());
      }
    }
    for (Entry entry : state.statements()) {
      if (entry.operation() instanceof Operation.Answer answer) {
        unanswered.remove(answer.question());
      }
    }
    if (!unanswered.isEmpty()) {
      return ReportState.SENT_BACK;
    }
    boolean reviewed =
        state
            .review()
            .map(entry -> ((Operation.Review) entry.operation()).state())
            .map(review -> review.code() >= ReviewState.REVIEWED.code())
            .orElse(false);
    return reviewed ? ReportState.REVIEWED : ReportState.CONFIRMED;
  }

  /** The word for how far a record's review is. */
  public static String reviewWord(RecordState state) {
    return state
        .review()
        .map(entry -> ((Operation.Review) entry.operation()).state().word())
        .orElse(ReviewState.OPEN.word());
  }

  private List<String> signers(RecordId record) throws CairnException {
    Set<String> signers = new TreeSet<>();
    records()
        .changes(record)
        .forEach(
            change ->
                device
                    .roster()
                    .member(change.change().device())
                    .ifPresent(member -> signers.add(member.toString())));
    return new ArrayList<>(signers);
  }
}
