package dev.cairn.desk.review;

import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.desk.merged.MergedRecords;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holdings in memory: devices are numbers, those from 100 on are coordinators'. */
final class PretendHoldings implements Holdings {

  static final CircleId DESK = CircleId.of(new byte[16]);
  static final int COORDINATOR = 100;

  private final int self;
  private final List<AddressedChange> changes;
  private final List<Label> bare = new ArrayList<>();
  private final Set<CircleId> closed = new HashSet<>();
  private final Set<ChangeId> uncounted = new HashSet<>();
  private final Set<ChangeId> sealed = new HashSet<>();
  private int clock;

  PretendHoldings(int self) {
    this(self, new ArrayList<>());
  }

  private PretendHoldings(int self, List<AddressedChange> changes) {
    this.self = self;
    this.changes = changes;
  }

  /** The same store in another coordinator's hands; what either says later stays his own. */
  PretendHoldings copyFor(int other) {
    PretendHoldings copy = new PretendHoldings(other, new ArrayList<>(changes));
    copy.clock = clock + other;
    return copy;
  }

  void take(PretendHoldings from) {
    for (AddressedChange change : from.changes) {
      if (!changes.contains(change)) {
        changes.add(change);
      }
    }
  }

  static DeviceId device(int number) {
    return DeviceId.of(Sha256.of(new byte[] {1, (byte) number}).bytes());
  }

  static RecordId record(int number) {
    byte[] id = new byte[16];
    id[15] = (byte) number;
    return RecordId.of(id);
  }

  ChangeId say(int device, RecordId record, List<ChangeId> parents, Operation... operations) {
    return sayTo(Audience.of(DESK), device, record, parents, operations);
  }

  ChangeId sayTo(
      Audience audience,
      int device,
      RecordId record,
      List<ChangeId> parents,
      Operation... operations) {
    return add(device, record, 1, parents, audience, Arrays.asList(operations), null);
  }

  ChangeId sayOf(
      long kind,
      Audience audience,
      int device,
      RecordId record,
      List<ChangeId> parents,
      List<Operation> operations) {
    return add(device, record, kind, parents, audience, operations, null);
  }

  /** Everything in another order. */
  void shuffle(Random random) {
    Collections.shuffle(changes, random);
  }

  private ChangeId add(
      int device,
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Audience audience,
      List<Operation> operations,
      @Nullable ChangeId erases) {
    clock++;
    byte[] unique = ByteBuffer.allocate(12).putInt(device).putInt(self).putInt(clock).array();
    ChangeId id = ChangeId.of(Sha256.of(unique).bytes());
    MergeChange change =
        new MergeChange(
            id,
            device(device),
            record,
            parents.isEmpty(),
            kind,
            parents,
            Hlc.of(1_700_000_000_000L + clock, 0),
            0,
            operations,
            erases);
    changes.add(new AddressedChange(change, audience, clock, List.of()));
    return id;
  }

  AddressedChange last() {
    return changes.get(changes.size() - 1);
  }

  @Override
  public MergedRecords records() {
    return new MergedRecords(
        changes,
        labels(),
        new MergeAuthority() {
          @Override
          public Optional<Author> author(DeviceId device) {
            for (int number = 0; number < 200; number++) {
              if (device(number).equals(device)) {
                return Optional.of(
                    new Author(MemberId.of(device.bytes()), number >= COORDINATOR, false));
              }
            }
            return Optional.empty();
          }

          @Override
          public boolean counts(ChangeId change, DeviceId device) {
            return !uncounted.contains(change);
          }
        });
  }

  @Override
  public CircleId deskCircle() {
    return DESK;
  }

  @Override
  public boolean isOwn(CircleId circle) {
    for (int number = 0; number < 200; number++) {
      if (own(number).equals(circle)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Optional<CircleId> ownCircle(DeviceId device) {
    CircleId own = Circles.device(device);
    return isOpen(own) ? Optional.of(own) : Optional.empty();
  }

  @Override
  public boolean isOpen(CircleId circle) {
    return !closed.contains(circle);
  }

  /** From now on nobody can write to this circle. */
  void close(CircleId circle) {
    closed.add(circle);
  }

  @Override
  public ChangeId write(
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Collection<CircleId> audience,
      List<Operation> operations) {
    return add(self, record, kind, parents, Audience.of(audience), operations, null);
  }

  @Override
  public List<Label> labels() {
    List<Label> labels = new ArrayList<>(bare);
    for (AddressedChange each : changes) {
      MergeChange said = each.change();
      labels.add(new Label(said.id(), said.device(), each.audience(), false, said.erases()));
    }
    return labels;
  }

  @Override
  public boolean isBare(ChangeId change) {
    return !sealed.contains(change)
        && changes.stream().noneMatch(each -> each.change().id().equals(change))
        && bare.stream().anyMatch(each -> each.change().equals(change) && !each.opensSession());
  }

  @Override
  public boolean mayErase() {
    return self >= COORDINATOR;
  }

  @Override
  public ChangeId erase(
      RecordId record,
      long kind,
      List<ChangeId> parents,
      Collection<CircleId> audience,
      Operation.Erase account) {
    return add(
        self, record, kind, parents, Audience.of(audience), List.of(account), account.erased());
  }

  /** A session of a device, as the labels show it. */
  ChangeId session(int device) {
    ChangeId id = ChangeId.of(Sha256.of(new byte[] {2, (byte) device}).bytes());
    bare.add(new Label(id, device(device), Audience.of(DESK), true, null));
    return id;
  }

  /** From now on a change lies beyond where its device was cut off. */
  void cutOffBefore(ChangeId change) {
    uncounted.add(change);
  }

  /** From now on the body of a change does not open here. */
  void sealBody(ChangeId closed) {
    loseBody(closed);
    sealed.add(closed);
  }

  /** From now on the body of a change is not here. */
  void loseBody(ChangeId lost) {
    changes.stream()
        .filter(each -> each.change().id().equals(lost))
        .map(each -> new Label(lost, each.change().device(), each.audience(), false, null))
        .forEach(bare::add);
    changes.removeIf(each -> each.change().id().equals(lost));
  }

  static CircleId own(int device) {
    return Circles.device(device(device));
  }
}
