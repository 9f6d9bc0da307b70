package dev.cairn.desk.merged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Label;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergedErasuresTest {

  private static final Field CAUSE = Field.of(KnownField.CAUSE);
  private static final CircleId DESK = circle(1);
  private static final CircleId FIELD = circle(2);
  private static final Audience BOTH = Audience.of(DESK, FIELD);

  private final List<AddressedChange> held = new ArrayList<>();

  private static byte[] filled(int size, int number) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) number);
    return bytes;
  }

  private static DeviceId device(int number) {
    return DeviceId.of(filled(DeviceId.SIZE_BYTES, number));
  }

  private static ChangeId change(int number) {
    return ChangeId.of(filled(ChangeId.SIZE_BYTES, number));
  }

  private static RecordId record(int number) {
    return RecordId.of(filled(RecordId.SIZE_BYTES, number));
  }

  private static CircleId circle(int number) {
    return CircleId.of(filled(CircleId.SIZE_BYTES, number));
  }

  /** Devices from 100 on are coordinators'. */
  private static final class Roster implements MergeAuthority {
    @Override
    public Optional<Author> author(DeviceId device) {
      return Optional.of(new Author(MemberId.of(device.bytes()), device.bytes()[0] >= 100, false));
    }

    @Override
    public boolean counts(ChangeId change, DeviceId device) {
      return true;
    }
  }

  private void says(
      int number,
      int device,
      int record,
      Audience audience,
      @Nullable ChangeId erases,
      Operation... operations) {
    MergeChange change =
        new MergeChange(
            change(number),
            device(device),
            record(record),
            erases == null,
            1,
            List.of(),
            number,
            0,
            List.of(operations),
            erases);
    held.add(new AddressedChange(change, audience, number, List.of()));
  }

  private static Operation.Erase erase(int erased, int author) {
    return new Operation.Erase(change(erased), device(author), true, List.of(), List.of(CAUSE), "");
  }

  /** All labels, and the bodies of all but one. */
  private MergedRecords without(int number) {
    List<Label> labels = new ArrayList<>();
    List<AddressedChange> opened = new ArrayList<>();
    for (AddressedChange each : held) {
      MergeChange said = each.change();
      labels.add(new Label(said.id(), said.device(), each.audience(), false, said.erases()));
      if (!said.id().equals(change(number))) {
        opened.add(each);
      }
    }
    return new MergedRecords(opened, labels, new Roster());
  }

  @Test
  void changeErasedFromAnotherRecord_heldOrNot_givesTheSameDigest() {
    says(1, 10, 1, BOTH, null, new Operation.Assert(CAUSE, CborValue.of("shot")));
    says(5, 10, 3, BOTH, null, new Operation.Note("n"));
    says(2, 11, 2, BOTH, null, new Operation.Note("other record"));
    says(3, 100, 2, BOTH, change(1), erase(1, 10));

    assertThat(without(1).digest(DESK)).isEqualTo(without(0).digest(DESK));
    assertThat(without(1).ids()).isEqualTo(without(0).ids());
    assertThat(without(0).change(change(1))).isEmpty();
  }

  @Test
  void erasureOfAnErasure_withItsBody_leavesTheFirstInForce() {
    says(1, 10, 1, BOTH, null, new Operation.Assert(CAUSE, CborValue.of("shot")));
    says(3, 100, 1, BOTH, change(1), erase(1, 10));
    says(4, 101, 1, BOTH, change(3), erase(3, 100));

    assertThat(without(0).state(record(1)).orElseThrow().erased()).hasSize(1);
    assertThat(without(1).digest(DESK)).isEqualTo(without(0).digest(DESK));
  }

  @Test
  void erasureSentFurtherThanTheChange_inTheOtherCircle_erasesNothing() {
    says(1, 10, 1, Audience.of(DESK), null, new Operation.Assert(CAUSE, CborValue.of("shot")));
    says(2, 10, 1, BOTH, null, new Operation.Assert(CAUSE, CborValue.of("shot")));
    says(3, 100, 1, BOTH, change(1), erase(1, 10));
    List<AddressedChange> all = new ArrayList<>(held);

    MergedRecords desk = without(0);
    held.removeIf(each -> !each.audience().circles().contains(FIELD));
    assertThat(desk.digest(FIELD)).isEqualTo(without(0).digest(FIELD));
    held.clear();
    held.addAll(all);
    assertThat(without(1).digest(DESK)).isEqualTo(desk.digest(DESK));
  }
}
