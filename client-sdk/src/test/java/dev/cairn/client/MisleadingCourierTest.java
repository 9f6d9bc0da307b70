package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.OthersChanges;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.held.RosterBook;
import dev.cairn.client.report.WriteRequest;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.roster.Statement;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is signed goes through any hand unchanged; what stands around it does not. Whoever carries
 * it may leave bodies out and name places in the log: nobody is blamed for that but him.
 */
class MisleadingCourierTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 44);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    space.sync(desk);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private BundleImport handToDesk(Entry entry) throws Exception {
    return hand(desk, entry);
  }

  private static BundleImport hand(Device to, Entry entry) throws Exception {
    ParcelContent content =
        new ParcelContent.Changes(to.profile().space(), Encoded.of(new EntryWriter().write(entry)));
    byte[] parcel =
        Parcel.seal(
            content,
            List.of(to.holdings().identity().encryptionKey().publicKey()),
            new Random(1)::nextBytes);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    return Sticks.into(to, bundle.toByteArray());
  }

  /** What the phone wrote and no server has, as it is signed. */
  private List<Change> unsent() throws Exception {
    return unsent(phone);
  }

  private static List<Change> unsent(Device device) throws Exception {
    List<Change> sent = device.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
    device.record(TestSpace.note("goes by hand"));
    return device.holdings().store().read(rows -> OwnChanges.from(rows, sent.size(), 16));
  }

  @Test
  void device_thatNobodyLetIn_isNotRememberedAsOneThatWasMet() throws Exception {
    Device stranger = space.reporter(desk, "stranger");
    Entry.OfFrame frame = new Entry.OfFrame(Frame.of(unsent(stranger)), List.of());

    assertThat(handToDesk(frame).refused()).isEqualTo(2);
    assertThat(desk.holdings().store().<byte[]>read(Fact.MET::get)).isNull();

    space.sync(stranger);
    space.sync(desk);
    assertThat(handToDesk(frame).refused()).isZero();
    assertThat(desk.holdings().store().<byte[]>read(Fact.MET::get)).isNotNull();
  }

  @Test
  void body_thatACourierLeftOut_isNotHeldAgainstTheServer() throws Exception {
    List<Change> bare = unsent().stream().map(Change::withoutCiphertext).toList();

    assertThat(handToDesk(new Entry.OfFrame(Frame.of(bare), List.of())).refused()).isZero();
    space.sync(desk);
    space.sync(desk);

    assertThat(desk.serverLied()).isFalse();
    assertThat(desk.fsck().problems()).isEmpty();
    space.sync(phone);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("goes by hand");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void question_whoseBodyACourierLeftOut_isReadWhenItComes() throws Exception {
    RecordId record = phone.record(TestSpace.note("first"));
    ChangeId first = phone.show(record).changeIds().get(0);
    space.sync(phone);
    space.sync(desk);
    List<Change> before = desk.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
    desk.write(
        WriteRequest.to(
                record,
                RecordKind.INCIDENT.code(),
                List.of(first),
                List.of(new Operation.Ask("How many?")))
            .circles(
                List.of(
                    desk.roster().desk().orElseThrow(), Circles.device(phone.profile().device()))));
    List<Change> asked =
        desk.holdings().store().read(rows -> OwnChanges.from(rows, before.size() + 1, 16));
    List<Change> bare = asked.stream().map(Change::withoutCiphertext).toList();
    Entry frame = new Entry.OfFrame(Frame.of(bare), List.of());

    assertThat(hand(phone, frame).refused()).isZero();
    assertThat(phone.show(record).questions()).isEmpty();
    space.sync(desk);
    space.sync(phone);

    assertThat(phone.show(record).questions()).hasSize(1);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void place_thatACourierNamesForAStatement_isNotTheOneTheLogHas() throws Exception {
    Statement last = desk.roster().statements().stream().reduce((a, b) -> b).orElseThrow();
    OptionalLong logged =
        desk.holdings().store().read(rows -> RosterBook.position(rows, last.id()));
    assertThat(logged).isPresent();

    assertThat(
            handToDesk(new Entry.Statement(Encoded.of(last.encode()), OptionalLong.of(0)))
                .refused())
        .isZero();

    OptionalLong after = desk.holdings().store().read(rows -> RosterBook.position(rows, last.id()));
    assertThat(after).isEqualTo(logged);
  }

  @Test
  void places_thatACourierNamesForChanges_areNotKept() throws Exception {
    List<Change> changes = unsent();
    List<Long> places = changes.stream().map(change -> 3L + changes.indexOf(change)).toList();

    assertThat(handToDesk(new Entry.OfFrame(Frame.of(changes), places)).refused()).isZero();

    OthersChanges.Place held =
        desk.holdings()
            .store()
            .read(rows -> OthersChanges.place(rows, changes.get(0).id()))
            .orElseThrow();
    assertThat(held.position()).isEmpty();
  }
}
