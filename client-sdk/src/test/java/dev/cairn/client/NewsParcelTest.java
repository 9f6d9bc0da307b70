package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.roster.MembersSeal;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed to all members can be made by the server, and by who was cut off. */
class NewsParcelTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private Device other;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 71);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    other = space.reporter(desk, "other");
    other.record(TestSpace.note("of another"));
    space.sync(other);
    space.sync(desk);
    assertThat(phone.roster().device(other.profile().device())).isEmpty();
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** All statements of the desk, and what the other phone wrote. */
  private Encoded stream() throws Exception {
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (Statement statement : desk.roster().statements()) {
      stream.writeBytes(
          writer.write(new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty())));
    }
    List<Change> changes = other.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
    stream.writeBytes(writer.write(new Entry.OfFrame(Frame.of(changes), List.of())));
    return Encoded.of(stream.toByteArray());
  }

  private byte[] bundle(ParcelContent content, EncryptionPublicKey receiver) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(
        BundleWriter.parcel(Parcel.seal(content, List.of(receiver), space.host.randomness())));
    return bundle.toByteArray();
  }

  private EncryptionPublicKey allMembers() {
    return MembersSeal.of(phone.roster()).orElseThrow().publicKey();
  }

  private ParcelContent changes() throws Exception {
    return new ParcelContent.Changes(desk.profile().space(), stream());
  }

  private ParcelContent answer() throws Exception {
    return new ParcelContent.Answer(desk.profile().space(), phone.profile().device(), stream());
  }

  private void assertThatNothingIsKept(ParcelContent content) throws Exception {
    int before = phone.roster().statements().size();
    BundleImport taken = Sticks.into(phone, bundle(content, allMembers()));
    assertThat(taken.refused()).isPositive();
    assertThat(taken.fresh()).isZero();
    assertThat(phone.roster().device(other.profile().device())).isEmpty();
    assertThat(phone.roster().statements()).hasSize(before);
  }

  @Test
  void admissionOfAnother_sealedToAllMembers_isNotKept() throws Exception {
    assertThatNothingIsKept(changes());
  }

  @Test
  void answer_sealedToAllMembers_isNotKept() throws Exception {
    assertThatNothingIsKept(answer());
  }

  /** The same in a parcel that only who knows this device can make. */
  @Test
  void admissionOfAnother_sealedToThisDevice_isKept() throws Exception {
    EncryptionPublicKey own = phone.holdings().identity().encryptionKey().publicKey();
    assertThat(Sticks.into(phone, bundle(changes(), own)).fresh()).isPositive();
    assertThat(phone.roster().device(other.profile().device())).isPresent();
  }
}
