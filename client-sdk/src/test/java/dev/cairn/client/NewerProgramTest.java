package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.WaitingDoor;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.SigningKey;
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
 * What waits for a newer program is tried where that may bring something: by each program that is
 * started, and with other keys, once.
 */
class NewerProgramTest {

  private static final byte[] LATER_SUITE = {(byte) 0xa7, 1, 2, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0};

  @TempDir Path folder;
  private final CountedRows counted = new CountedRows();
  private TestSpace space;
  private Device desk;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 47);
    space.drivers(counted.over(StoreDrivers.SQLITE));
    desk = space.owner("desk");
  }

  @AfterEach
  void end() {
    space.close();
  }

  private void startAgain() throws Exception {
    space.close(desk);
    desk = space.open("desk");
  }

  /** A parcel for the desk alone. */
  private byte[] parcel(byte[] stream) throws Exception {
    EncryptionPublicKey key = desk.holdings().identity().encryptionKey().publicKey();
    ParcelContent content = new ParcelContent.Changes(desk.profile().space(), Encoded.of(stream));
    return Parcel.seal(content, List.of(key), new Random(1)::nextBytes);
  }

  /** A parcel that no program of today can read. */
  private byte[] later() throws Exception {
    SigningKey key = SigningKey.generate(new Random(2)::nextBytes);
    byte[] encoded = CoseSign.sign(MessageType.STATEMENT, LATER_SUITE, List.of(key)).encode();
    return parcel(entry(encoded));
  }

  private static byte[] entry(byte[] statement) {
    return new EntryWriter()
        .write(new Entry.Statement(Encoded.of(statement), OptionalLong.empty()));
  }

  private static byte[] bundle(byte[] parcel) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    return bundle.toByteArray();
  }

  private long readsOfAnEmptyBundle() throws Exception {
    long before = counted.reads();
    Sticks.into(desk, BundleWriter.beginning());
    return counted.reads() - before;
  }

  /** Else whoever has a desk's public key could make everything it is handed dear. */
  @Test
  void parcelForANewerProgram_isTriedOnceByEachThatIsStarted() throws Exception {
    startAgain();
    long firstWithout = readsOfAnEmptyBundle();
    long secondWithout = readsOfAnEmptyBundle();
    assertThat(Sticks.into(desk, bundle(later())).tooNew()).isEqualTo(1);
    startAgain();

    long first = readsOfAnEmptyBundle() - firstWithout;
    long second = readsOfAnEmptyBundle() - secondWithout;
    long third = readsOfAnEmptyBundle() - secondWithout;

    assertThat(first).isGreaterThan(second);
    assertThat(third).isEqualTo(second);
  }

  @Test
  void parcelForANewerProgram_isTriedOnceWithOtherKeys() throws Exception {
    Sticks.into(desk, bundle(later()));
    long before = readsOfAnEmptyBundle();
    desk.rekey(desk.roster().desk().orElseThrow());

    assertThat(readsOfAnEmptyBundle()).isGreaterThan(before);
    assertThat(readsOfAnEmptyBundle()).isEqualTo(before);
  }

  /** In one import: there may be no other for days. */
  @Test
  void statementThatANewerProgramCanRead_bringsWhatWaitedForIt() throws Exception {
    Device stranger = space.reporter(desk, "stranger");
    stranger.record(TestSpace.note("waited"));
    List<Change> written =
        stranger.holdings().store().read(rows -> OwnChanges.from(rows, 0, Integer.MAX_VALUE));
    byte[] frame = new EntryWriter().write(new Entry.OfFrame(Frame.of(written), List.of()));
    assertThat(Sticks.into(desk, bundle(parcel(frame))).early()).isEqualTo(1);
    ByteArrayOutputStream admission = new ByteArrayOutputStream();
    for (Statement statement : stranger.roster().statements()) {
      if (desk.roster().statement(statement.id()).isEmpty()) {
        admission.writeBytes(entry(statement.encode()));
      }
    }
    WaitingDoor.keepForLater(desk.holdings(), parcel(admission.toByteArray()));
    startAgain();

    Sticks.into(desk, BundleWriter.beginning());

    assertThat(TestSpace.notes(desk)).containsExactly("waited");
  }
}
