package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.RosterBundle;
import dev.cairn.client.space.BroughtRoster;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.roster.LastGood;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far members' devices know the feed of an owner who may be lost, as they say it. */
class BroughtHistoryTest {

  @TempDir Path folder;
  private TestSpace space;
  private RecoverySecret secret;
  private Device owner;
  private Device desk;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 31);
    secret = RecoverySecret.generate(space.host.randomness());
    owner = space.owner("owner", Optional.of(secret));
    desk = space.coordinator(owner, "desk");
    owner.record(TestSpace.note("one"));
    owner.record(TestSpace.note("two"));
    space.sync(owner);
    space.sync(desk);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private BroughtRoster read(byte[] bundle) throws Exception {
    return RosterBundle.read(bundle, owner.profile().space(), secret.encryptionKey());
  }

  private BroughtRoster brought(Device by) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    by.exportForRecovery(out);
    return read(out.toByteArray());
  }

  private Change last() throws Exception {
    List<Change> changes =
        TestSpace.held(owner).stream()
            .map(held -> held.change())
            .filter(change -> change.prefix().device().equals(owner.profile().device()))
            .collect(Collectors.toList());
    return changes.get(changes.size() - 1);
  }

  private byte[] bundleOf(Change change) throws Exception {
    Entry entry = new Entry.OfFrame(Frame.of(List.of(change)), List.of());
    ParcelContent content =
        new ParcelContent.Changes(
            owner.profile().space(), Encoded.of(new EntryWriter().write(entry)));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(
        BundleWriter.parcel(
            Parcel.seal(content, List.of(secret.publicKeys().sealKey()), space.host.randomness())));
    return bundle.toByteArray();
  }

  @Test
  void desk_saysTheOwnersLastChange_andNothingOfItsOwnOrOfReporters() throws Exception {
    Device phone = space.reporter(owner, "phone");
    phone.record(TestSpace.note("three"));
    space.sync(phone);
    space.sync(desk);
    BroughtRoster brought = brought(desk);

    assertThat(brought.heads()).containsOnlyKeys(owner.profile().device());
    assertThat(brought.heads().get(owner.profile().device()))
        .containsExactly(new LastGood(last().prefix().sequence(), last().id()));
    assertThat(brought(phone).heads()).isEmpty();
  }

  @Test
  void changeThatTheOwnerSigned_isTaken_andOneThatHeDidNotIsPassedOver() throws Exception {
    Change signed = last().withoutCiphertext();
    byte[] signature = signed.signature().orElseThrow().bytes().clone();
    signature[40] ^= 1;

    assertThat(read(bundleOf(signed)).heads()).containsOnlyKeys(owner.profile().device());
    assertThat(read(bundleOf(signed.withSignature(Signature.of(signature)))).heads()).isEmpty();
  }

  private static LastGood head(int file, int number) {
    byte[] id = new byte[ChangeId.SIZE_BYTES];
    id[0] = (byte) file;
    id[1] = (byte) number;
    id[2] = (byte) (number >> 8);
    return new LastGood(1 + number, ChangeId.of(id));
  }

  private static BroughtRoster file(DeviceId device, int file, int heads) {
    List<LastGood> all = new ArrayList<>();
    for (int i = 0; i < heads; i++) {
      all.add(head(file, i));
    }
    return new BroughtRoster(List.of(), Map.of(device, all));
  }

  /** One member's device lists as many branches as it can make, another one the honest end. */
  @Test
  void fileThatListsVeryMany_keepsOutNoOthers() throws Exception {
    DeviceId device = owner.profile().device();
    List<LastGood> heads =
        BroughtRoster.heads(
            List.of(file(device, 1, Limits.LAST_GOOD_CHANGES_MAX), file(device, 2, 3)), device);

    assertThat(heads)
        .hasSize(Limits.LAST_GOOD_CHANGES_MAX)
        .contains(head(2, 0), head(2, 1), head(2, 2))
        .doesNotContain(head(1, Limits.LAST_GOOD_CHANGES_MAX - 1))
        .doesNotHaveDuplicates();
  }

  @Test
  void filesThatSayTheSame_countOnce() throws Exception {
    DeviceId device = owner.profile().device();
    assertThat(BroughtRoster.heads(List.of(file(device, 1, 2), file(device, 1, 2)), device))
        .containsExactly(head(1, 0), head(1, 1));
    assertThat(BroughtRoster.heads(List.of(file(device, 1, 2)), DeviceId.of(new byte[32])))
        .isEmpty();
  }
}
