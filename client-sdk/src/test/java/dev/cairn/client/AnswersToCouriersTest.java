package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.HonestLedger;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.ReportState;
import dev.cairn.client.store.Table;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.suite.EncryptionKey;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server answers to one parcel: a courier carries back what an honest one may give. */
class AnswersToCouriersTest {

  private static final int LARGE_BYTES = 3 * 1024 * 1024;

  @TempDir Path folder;
  private TestSpace space;
  private Device courier;
  private RecordId own;

  @BeforeEach
  void begin() throws Exception {
    space = new TestSpace(folder, 72);
    Device desk = space.owner("desk");
    Device author = space.reporter(desk, "author");
    space.sync(author);
    author.record(TestSpace.note("by stick"));
    courier = space.coordinator(desk, "courier");
    Sticks.into(courier, Sticks.from(author)); // A desk reads it, so it goes before its own.
    own = courier.record(TestSpace.note("the courier's own"));
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** Syncs with a server that answers the parcel so; returns how many parcels are carried then. */
  private long carriedAfter(byte[] answers) throws Exception {
    HonestLedger answering =
        Liars.copied(
            space.ledger,
            new HonestLedger(space.ledger) {
              @Override
              protected byte[] parcelAnswers(byte[] honest) {
                return answers;
              }
            });
    courier.sync(LedgerTransport.to(answering), SyncListener.NONE);
    return courier.holdings().store().read(rows -> rows.count(Table.PARCEL));
  }

  /** Answers to others, each of about so many bytes. */
  private byte[] answers(int count, int sizeBytes) {
    EncryptionKey others = EncryptionKey.generate(space.host.randomness());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      ParcelContent content =
          new ParcelContent.Answer(
              courier.profile().space(),
              courier.profile().device(),
              Encoded.of(new byte[sizeBytes]));
      out.writeBytes(
          ByteStringStream.wrap(
              Parcel.seal(content, List.of(others.publicKey()), space.host.randomness()),
              Limits.PARCEL_BYTES_MAX));
    }
    return out.toByteArray();
  }

  private void assertOwnIsReceived() throws Exception {
    assertThat(courier.show(own).status().state()).isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void answers_asManyAsThereMayBe_areCarriedBack() throws Exception {
    assertThat(carriedAfter(answers(Limits.PARCEL_ANSWERS_MAX, 0)))
        .isEqualTo(Limits.PARCEL_ANSWERS_MAX);
    assertOwnIsReceived();
  }

  @Test
  void answers_more_areLeftAndTheSyncGoesOn() throws Exception {
    assertThat(carriedAfter(answers(Limits.PARCEL_ANSWERS_MAX + 1, 0)))
        .isEqualTo(Limits.PARCEL_ANSWERS_MAX);
    assertOwnIsReceived();
  }

  @Test
  void answers_ofMoreBytesThanThereMayBe_areLeftAndTheSyncGoesOn() throws Exception {
    int most = Limits.PARCEL_ANSWERS_BYTES_MAX / LARGE_BYTES;
    assertThat(carriedAfter(answers(most + 1, LARGE_BYTES))).isEqualTo(most);
    assertOwnIsReceived();
  }

  @Test
  void answers_thatAreNoParcels_areDroppedAndTheSyncGoesOn() throws Exception {
    ByteArrayOutputStream nonsense = new ByteArrayOutputStream();
    nonsense.writeBytes(ByteStringStream.wrap(new byte[] {1}, Limits.PARCEL_BYTES_MAX));
    nonsense.writeBytes(answers(1, 0));
    assertThat(carriedAfter(nonsense.toByteArray())).isEqualTo(1);
    assertOwnIsReceived();
  }

  @Test
  void answers_thatAreNoStream_areDroppedAndTheSyncGoesOn() throws Exception {
    assertThat(carriedAfter(new byte[] {1})).isZero();
    assertOwnIsReceived();
  }
}
