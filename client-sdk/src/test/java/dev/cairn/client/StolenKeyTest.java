package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.held.OwnChanges;
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
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a phone's key can sign any number of changes and hand them over. */
class StolenKeyTest {

  @TempDir Path folder;

  private static final int BRANCHES = 2 * Limits.LAST_GOOD_CHANGES_MAX + 1;

  private final Random random = new Random(5);
  private TestSpace space;
  private Device desk;
  private Device phone;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 62);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    for (int i = 0; i < 5; i++) {
      phone.record(TestSpace.note("honest " + i));
    }
  }

  @AfterEach
  void end() {
    space.close();
  }

  /**
   * Beginnings of feeds, each for an audience of its own: as many as a suspension can list, and as
   * many more, for some are older than what is honest, by their own word.
   */
  private List<Change> branches() {
    CircleId coordinators = desk.roster().desk().orElseThrow();
    FeedAuthor thief =
        new FeedAuthor(
            desk.roster().space(),
            phone.holdings().identity().signingKey(),
            FeedMemory.empty(),
            random::nextBytes);
    EncryptionKey any = EncryptionKey.generate(random::nextBytes);
    List<Change> branches = new ArrayList<>();
    for (int i = 0; i < BRANCHES; i++) {
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
      branches.add(thief.openSession(audience, epochs, seen, 0));
    }
    return branches;
  }

  private byte[] bundle(List<Change> changes) {
    EntryWriter writer = new EntryWriter();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (Change change : changes) {
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

  /** Somebody in the server's place tells this, and is cut before the line he cannot sign. */
  private void told(Function<Long, List<Entry>> atEnd) throws Exception {
    List<Entry> told = atEnd.apply(space.ledger.leafCount());
    Liars.assertCut(desk, Liars.answering(space.ledger, entries -> told));
  }

  private void assertThatWhatIsHonestCountsOnceThePhoneIsCutOff() throws Exception {
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
    assertThat(desk.serverLied()).isFalse();
  }

  @Test
  void suspension_afterMoreByHandThanItCanList_keepsWhatTheLogHas() throws Exception {
    space.sync(phone);
    space.sync(desk);
    assertThat(Sticks.into(desk, bundle(branches())).fresh()).isEqualTo(BRANCHES);
    assertThatWhatIsHonestCountsOnceThePhoneIsCutOff();
  }

  /** In places that the log fills with something else. */
  @Test
  void suspension_afterMoreThanItCanListWasSaidToBeInTheLog_keepsWhatTheLogHas() throws Exception {
    space.sync(desk);
    List<Change> branches = branches();
    told(end -> from(end, branches));
    assertThat(desk.state().changes()).isGreaterThanOrEqualTo(BRANCHES);
    space.sync(phone);
    space.sync(desk);
    assertThatWhatIsHonestCountsOnceThePhoneIsCutOff();
  }

  private static List<Entry> from(long place, List<Change> changes) {
    List<Entry> told = new ArrayList<>();
    for (Change change : changes) {
      told.add(new Entry.OfFrame(Frame.of(List.of(change)), List.of(place + told.size())));
    }
    return told;
  }

  /** What the log has is told in the wrong place before it is told in the right one. */
  @Test
  void suspension_afterWhatIsHonestWasSaidToBeElsewhere_keepsWhatTheLogHas() throws Exception {
    space.sync(desk);
    List<Change> honest = phone.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
    told(end -> List.of(new Entry.OfFrame(Frame.of(honest), beyond(end, honest.size()))));
    assertThat(TestSpace.notes(desk)).hasSize(5);
    space.sync(phone);
    space.sync(desk);
    Sticks.into(desk, bundle(branches()));
    assertThatWhatIsHonestCountsOnceThePhoneIsCutOff();
  }

  private static List<Long> beyond(long end, int count) {
    List<Long> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(end + 100 + i);
    }
    return places;
  }

  /** And after it was told in the right one. */
  @Test
  void suspension_afterWhatTheLogHasWasSaidToBeElsewhere_keepsIt() throws Exception {
    space.sync(phone);
    space.sync(desk);
    List<Change> honest = phone.holdings().store().read(rows -> OwnChanges.from(rows, 0, 16));
    told(end -> from(end, honest));
    space.sync(desk);
    Sticks.into(desk, bundle(branches()));
    assertThatWhatIsHonestCountsOnceThePhoneIsCutOff();
  }

  @Test
  void suspension_whileTheLogIsReadFromItsStart_keepsWhatTheLogHas() throws Exception {
    space.sync(phone);
    space.sync(desk);
    Digest any = Digest.of(new byte[Digest.SIZE_BYTES]);
    told(end -> List.of(new Entry.Leaves(end, List.of(any))));
    told(end -> List.of());
    assertThat(desk.holdings().log().next()).isZero();
    Sticks.into(desk, bundle(branches()));
    assertThatWhatIsHonestCountsOnceThePhoneIsCutOff();
  }
}
