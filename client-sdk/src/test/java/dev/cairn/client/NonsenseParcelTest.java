package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.client.held.OwnChanges;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Hpke;
import dev.cairn.protocol.suite.HpkeSealed;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has somebody's public key can seal nonsense to him, and put it in front of a bundle. */
class NonsenseParcelTest {

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private byte[] honest;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 43);
    desk = space.owner("desk");
    Device phone = space.reporter(desk, "phone");
    phone.record(TestSpace.note("behind it"));
    honest = Sticks.from(phone);
  }

  @AfterEach
  void end() {
    space.close();
  }

  private byte[] bundle(byte[] stream) {
    return behind(sealed(stream, desk.holdings().identity().encryptionKey().publicKey()));
  }

  private byte[] sealed(byte[] stream, EncryptionPublicKey... receivers) {
    ParcelContent content = new ParcelContent.Changes(desk.profile().space(), Encoded.of(stream));
    return Parcel.seal(content, List.of(receivers), new Random(1)::nextBytes);
  }

  /** The honest bundle, with a parcel in front. */
  private byte[] behind(byte[] parcel) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    bundle.writeBytes(BundleWriter.parcel(parcel));
    bundle.writeBytes(Arrays.copyOfRange(honest, BundleWriter.beginning().length, honest.length));
    return bundle.toByteArray();
  }

  @Test
  void parcel_whoseStreamIsNone_isRefusedAndKeepsNothingElseOut() throws Exception {
    BundleImport taken = Sticks.into(desk, bundle(new byte[] {0x01}));

    assertThat(taken.refused()).isEqualTo(1);
    assertThat(TestSpace.notes(desk)).containsExactly("behind it");
    assertThat(desk.fsck().problems()).isEmpty();
  }

  @Test
  void parcel_withAStatementThatIsNone_isRefusedAndKeepsNothingElseOut() throws Exception {
    BundleImport taken = Sticks.into(desk, bundle(statement(new byte[] {0x01})));

    assertThat(taken.refused()).isEqualTo(1);
    assertThat(TestSpace.notes(desk)).containsExactly("behind it");
  }

  @Test
  void parcel_withAStatementOfALaterSuite_isKeptAndKeepsNothingElseOut() throws Exception {
    byte[] later = {(byte) 0xa7, 1, 2, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0};
    for (int i = 0; i < 2; i++) {
      BundleImport taken = Sticks.into(desk, bundle(statement(later)));

      assertThat(taken.tooNew()).isEqualTo(1);
      assertThat(TestSpace.notes(desk)).containsExactly("behind it");
    }
    assertThat(desk.fsck().problems()).isEmpty();
  }

  /**
   * A stanza with another key than the rest: who has only the key that fits another of them can not
   * tell. The epoch with the wrong one is tried first by who has both.
   */
  @Test
  void parcel_thatANewKeyOpensToNothing_isForgottenAndEndsNoImport() throws Exception {
    Device keyMaker = space.coordinator(desk, "key maker");
    Device stranger = space.reporter(desk, "stranger");
    stranger.record(TestSpace.note("continues what did not come"));
    stranger.record(TestSpace.note("early"));
    space.sync(desk);
    EpochKey held = desk.roster().writingKey(desk.roster().desk().orElseThrow()).orElseThrow();
    EpochKey triedFirst = held;
    while (triedFirst.epoch().compareTo(held.epoch()) >= 0) {
      keyMaker.rekey(held.circle());
      triedFirst = keyMaker.roster().writingKey(held.circle()).orElseThrow();
    }
    List<Change> late = stranger.holdings().store().read(rows -> OwnChanges.from(rows, 2, 16));
    byte[] early = new EntryWriter().write(new Entry.OfFrame(Frame.of(late), List.of()));

    BundleImport before = Sticks.into(desk, behind(disagreeing(early, held, triedFirst)));
    space.sync(keyMaker);
    space.sync(desk);
    BundleImport after = Sticks.into(desk, honest);

    assertThat(before.early()).isEqualTo(1);
    assertThat(after.refused()).isEqualTo(1);
    assertThat(Sticks.into(desk, honest).refused()).isZero();
    assertThat(TestSpace.notes(desk)).containsExactly("behind it");
  }

  /** Sealed to one epoch, with a stanza that leads another to a key of zeros. */
  private byte[] disagreeing(byte[] stream, EpochKey right, EpochKey wrong) throws Exception {
    EncryptionKey place = EncryptionKey.generate(new Random(3)::nextBytes);
    CborReader parcel = CborReader.of(sealed(stream, right.key(), place.publicKey()));
    parcel.arrayOf(4);
    CborWriter forged = new CborWriter().array(4).uint(parcel.uint()).array(2);
    byte[] info = new CborWriter().array(2).text("cairn/1/parcel").uint(1).toBytes();
    for (int stanza = parcel.arrayHeader(); stanza > 0; stanza--) {
      byte[] bytes = parcel.bytesExactly(HpkeSealed.OVERHEAD_BYTES + 32);
      boolean isPlace = opens(place, info, bytes);
      forged.bytes(
          isPlace
              ? Hpke.seal(wrong.key(), info, new byte[0], new byte[32], new Random(4)::nextBytes)
                  .joined()
              : bytes);
    }
    forged.bytes(parcel.bytes(Limits.PARCEL_BYTES_MAX));
    byte[] whole = forged.bytes(new byte[Digest.SIZE_BYTES]).toBytes();
    int checked = whole.length - 2 - Digest.SIZE_BYTES;
    byte[] check = Sha256.of(Arrays.copyOf(whole, checked)).bytes();
    System.arraycopy(check, 0, whole, checked + 2, check.length);
    return whole;
  }

  private static boolean opens(EncryptionKey key, byte[] info, byte[] stanza) throws Exception {
    try {
      Hpke.open(key, info, new byte[0], HpkeSealed.ofJoined(stanza));
      return true;
    } catch (UndecryptableException forAnother) {
      return false;
    }
  }

  private static byte[] statement(byte[] payload) {
    SigningKey key = SigningKey.generate(new Random(2)::nextBytes);
    byte[] statement = CoseSign.sign(MessageType.STATEMENT, payload, List.of(key)).encode();
    return new EntryWriter()
        .write(new Entry.Statement(Encoded.of(statement), OptionalLong.empty()));
  }
}
