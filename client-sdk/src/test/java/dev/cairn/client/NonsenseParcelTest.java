package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.courier.BundleImport;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
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
    ParcelContent content = new ParcelContent.Changes(desk.profile().space(), Encoded.of(stream));
    byte[] parcel =
        Parcel.seal(
            content,
            List.of(desk.holdings().identity().encryptionKey().publicKey()),
            new Random(1)::nextBytes);
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

  private static byte[] statement(byte[] payload) {
    SigningKey key = SigningKey.generate(new Random(2)::nextBytes);
    byte[] statement = CoseSign.sign(MessageType.STATEMENT, payload, List.of(key)).encode();
    return new EntryWriter()
        .write(new Entry.Statement(Encoded.of(statement), OptionalLong.empty()));
  }
}
