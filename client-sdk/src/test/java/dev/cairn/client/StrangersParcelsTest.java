package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anybody can seal to a desk what a device wrote that was never let in, as often as he likes. */
class StrangersParcelsTest {

  @TempDir Path folder;
  private final Random random = new Random(7);
  private TestSpace space;
  private Device desk;
  private Device stranger;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 61);
    desk = space.owner("desk");
    stranger = space.reporter(desk, "stranger");
    stranger.record(TestSpace.note("of a stranger"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private byte[] bundle(Frame frame, int count) {
    return bundle(frame, count, desk.holdings().identity().encryptionKey().publicKey());
  }

  private byte[] bundle(Frame frame, int count, EncryptionPublicKey to) {
    byte[] stream = new EntryWriter().write(new Entry.OfFrame(frame, List.of()));
    ParcelContent content = new ParcelContent.Changes(desk.profile().space(), Encoded.of(stream));
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (int i = 0; i < count; i++) {
      bundle.writeBytes(BundleWriter.parcel(Parcel.seal(content, List.of(to), random::nextBytes)));
    }
    return bundle.toByteArray();
  }

  private List<Change> written() throws Exception {
    return stranger.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
  }

  @Test
  void parcel_ofAnUnknownDeviceThatSignedIt_waitsForItsAdmission() throws Exception {
    BundleImport taken = Sticks.into(desk, bundle(Frame.of(written()), 1));
    assertThat(taken.early()).isEqualTo(1);
  }

  @Test
  void parcel_ofAnUnknownDeviceThatDidNotSignIt_isRefusedAndDoesNotWait() throws Exception {
    Signature nobodys = Signature.of(new byte[64]);
    List<Change> unsigned =
        written().stream().map(change -> change.withSignature(nobodys)).toList();
    BundleImport taken = Sticks.into(desk, bundle(Frame.of(unsigned), 1));
    assertThat(taken.early()).isZero();
    assertThat(taken.refused()).isEqualTo(unsigned.size());
  }

  @Test
  void parcels_asManyAsAreCarried_keepNothingHonestOut() throws Exception {
    Sticks.into(desk, bundle(Frame.of(written()), Limits.CARRIED_PARCELS_MAX));
    Device phone = space.reporter(desk, "phone");
    phone.record(TestSpace.note("honest"));

    Sticks.into(desk, Sticks.from(phone));

    assertThat(TestSpace.notes(desk)).containsExactly("honest");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void parcels_thatTheServerFindsEarlyForEver_keepNothingHonestOut() throws Exception {
    Device courier = space.reporter(desk, "courier");
    space.sync(courier);
    EncryptionPublicKey server = space.ledger.bundleKey().publicKey();
    Sticks.into(courier, bundle(Frame.of(written()), Limits.CARRIED_PARCELS_MAX, server));
    space.sync(courier);
    Device author = space.reporter(desk, "author");
    author.record(TestSpace.note("carried"));

    Sticks.into(courier, Sticks.from(author));

    space.sync(courier);
    space.sync(desk);
    assertThat(TestSpace.notes(desk)).containsExactly("carried");
  }
}
