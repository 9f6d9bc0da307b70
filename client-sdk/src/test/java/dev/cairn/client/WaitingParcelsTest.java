package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.ForLater;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.client.store.Table;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parcels that a desk has read and that wait there are tried when what they lack has come. */
class WaitingParcelsTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device other;
  private Device author;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 64);
    desk = space.owner("desk");
    other = space.coordinator(desk, "other");
    author = space.reporter(desk, "author");
    author.record(TestSpace.note("first"));
    author.record(TestSpace.note("second"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private List<Change> written() throws Exception {
    return author.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
  }

  private byte[] parcel(List<Entry> entries) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    EntryWriter writer = new EntryWriter();
    entries.forEach(entry -> stream.writeBytes(writer.write(entry)));
    return Parcel.seal(
        new ParcelContent.Changes(desk.profile().space(), Encoded.of(stream.toByteArray())),
        List.of(desk.holdings().identity().encryptionKey().publicKey()),
        space.host.randomness());
  }

  private byte[] parcelOf(List<Change> changes) {
    return parcel(List.of(new Entry.OfFrame(Frame.of(changes), List.of())));
  }

  private static byte[] bundle(byte[]... parcels) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (byte[] parcel : parcels) {
      bundle.writeBytes(BundleWriter.parcel(parcel));
    }
    return bundle.toByteArray();
  }

  private void reopenDesk() throws Exception {
    space.close(desk);
    desk = space.open("desk");
  }

  /** Somebody has seen the admission already, of which the desk has only heard by his statement. */
  @Test
  void admissionThatChangesNoHead_wakesWhatWaitsForIt() throws Exception {
    space.sync(other);
    Sticks.into(other, Sticks.from(author));
    other.rekey(other.roster().desk().orElseThrow());
    desk.rekey(desk.roster().desk().orElseThrow());
    ByHand.take(desk, other.holdings().book().outbox());
    assertThat(Sticks.into(desk, bundle(parcelOf(written()))).early()).isEqualTo(1);
    List<Entry> admission = new ArrayList<>();
    for (Statement statement : author.holdings().book().outbox()) {
      admission.add(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty()));
    }
    ForLater.keep(desk.holdings(), parcel(admission));
    List<StatementId> heads = desk.roster().heads();
    reopenDesk();

    Sticks.into(desk, bundle());

    assertThat(desk.roster().heads()).isEqualTo(heads);
    assertThat(TestSpace.notes(desk)).containsExactly("first", "second");
  }

  @Test
  void parcelOfWhichItIsForgottenWhatItLacks_isTriedByTheNextProgram() throws Exception {
    space.sync(author);
    space.sync(desk);
    author.record(TestSpace.note("third"));
    byte[] before = Sticks.from(author);
    author.record(TestSpace.note("fourth"));
    List<Change> all = written();
    byte[] early = parcelOf(all.subList(all.size() - 1, all.size()));
    assertThat(Sticks.into(desk, bundle(early)).early()).isEqualTo(1);
    desk.holdings().store().change(rows -> rows.delete(Table.LACKING, Sha256.of(early).bytes()));
    reopenDesk();

    Sticks.into(desk, before);

    assertThat(TestSpace.notes(desk)).contains("third", "fourth");
  }
}
