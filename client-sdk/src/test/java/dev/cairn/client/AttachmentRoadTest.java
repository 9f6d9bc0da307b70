package dev.cairn.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.RecordId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A photograph from a phone to a desk over a link that keeps dying. */
class AttachmentRoadTest {

  private static final int PIECE_BYTES = 256 * 1024;

  @TempDir Path folder;
  private TestSpace space;
  private Device desk;
  private Device phone;
  private final byte[] photograph = new byte[2 * PIECE_BYTES + 40_000];
  private AttachmentId id;
  private byte[] sealed;

  @BeforeEach
  void begin() throws Exception {
    new Random(10).nextBytes(photograph);
    space = new TestSpace(folder, 10);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    RecordId record = phone.record(TestSpace.note("seen"));
    id =
        phone.attach(
            record,
            new ByteArrayInputStream(photograph),
            "a.jpg",
            "image/jpeg",
            CaptureMetadata.NONE);
    sealed = Files.readAllBytes(phone.holdings().folder().attachments().resolve(id.toString()));
  }

  @AfterEach
  void end() {
    space.close();
  }

  private interface Attempt {
    void over(LedgerTransport link) throws Exception;
  }

  /** Tries over links that live a little longer each time, reopening the phone between. */
  private int cuts(Attempt attempt) throws Exception {
    int cuts = 0;
    boolean through = false;
    while (!through) {
      try {
        attempt.over(LedgerTransport.to(space.ledger).cutAfter(cuts));
        through = true;
      } catch (TransportException cut) {
        cuts++;
      }
    }
    return cuts;
  }

  @Test
  void attachment_overALinkThatKeepsDying_arrivesWholeAndOnce() throws Exception {
    int cuts =
        cuts(
            link -> {
              space.close(phone);
              phone = space.open("phone");
              phone.sync(link, SyncListener.NONE);
            });
    assertThat(cuts).isGreaterThan(5);
    assertThat(Arrays.equals(space.ledger.file(id.toString()), sealed)).isTrue();
    assertThat(space.ledger.uploadedBytes()).isEqualTo(sealed.length);
    assertThat(phone.fsck().problems()).isEmpty();
  }

  @Test
  void attachment_fetchedOverALinkThatKeepsDying_goesOnAndOpens() throws Exception {
    space.sync(phone);
    space.sync(desk);
    boolean through = false;
    while (!through) {
      try {
        desk.fetchAttachment(id, LedgerTransport.to(space.ledger).cutAfter(20));
        through = true;
      } catch (TransportException cut) {
        assertThat(space.ledger.rangeStarts()).hasSizeLessThan(50);
      }
    }
    assertThat(space.ledger.rangeStarts()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    desk.openAttachment(id, out);
    assertThat(Arrays.equals(out.toByteArray(), photograph)).isTrue();
  }
}
