package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a phone's key can sign any number of changes and hand them over. */
class StolenKeyTest {

  @TempDir Path folder;

  /** More beginnings of feeds than a suspension can list, each for an audience of its own. */
  private static byte[] branches(Device desk, Device phone) {
    Random random = new Random(5);
    CircleId coordinators = desk.roster().desk().orElseThrow();
    FeedAuthor thief =
        new FeedAuthor(
            desk.roster().space(),
            phone.holdings().identity().signingKey(),
            FeedMemory.empty(),
            random::nextBytes);
    EncryptionKey any = EncryptionKey.generate(random::nextBytes);
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i <= Limits.LAST_GOOD_CHANGES_MAX; i++) {
      byte[] circle = new byte[CircleId.SIZE_BYTES];
      byte[] epoch = new byte[EpochId.SIZE_BYTES];
      random.nextBytes(circle);
      random.nextBytes(epoch);
      CircleId other = CircleId.of(circle);
      Audience audience = Audience.of(List.of(coordinators, other));
      List<EpochKey> epochs = new ArrayList<>();
      for (CircleId each : audience.circles()) {
        epochs.add(
            each.equals(other)
                ? new EpochKey(other, EpochId.of(epoch), any.publicKey())
                : desk.roster().writingKey(coordinators).orElseThrow());
      }
      Seen seen = Seen.of(desk.roster().heads(), Optional.empty());
      Change change = thief.openSession(audience, epochs, seen, 0);
      stream.writeBytes(writer.write(new Entry.OfFrame(Frame.of(List.of(change)), List.of())));
    }
    byte[] parcel =
        Parcel.seal(
            new ParcelContent.Changes(desk.profile().space(), Encoded.of(stream.toByteArray())),
            List.of(desk.holdings().identity().encryptionKey().publicKey()),
            random::nextBytes);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    return bundle.toByteArray();
  }

  @Test
  void suspension_afterMoreByHandThanItCanList_keepsWhatTheLogHas() throws Exception {
    try (TestSpace space = new TestSpace(folder, 62)) {
      Device desk = space.owner("desk");
      Device phone = space.reporter(desk, "phone");
      for (int i = 0; i < 5; i++) {
        phone.record(TestSpace.note("honest " + i));
      }
      space.sync(phone);
      space.sync(desk);
      assertThat(Sticks.into(desk, branches(desk, phone)).fresh())
          .isEqualTo(Limits.LAST_GOOD_CHANGES_MAX + 1);

      desk.suspend(phone.profile().device());
      space.sync(desk);
      Device second = space.coordinator(desk, "second");
      space.sync(second);

      for (Device each : List.of(desk, second)) {
        long counting =
            TestSpace.held(each).stream()
                .filter(held -> held.opened().isPresent() && held.counts())
                .count();
        assertThat(counting).isEqualTo(5);
      }
    }
  }
}
