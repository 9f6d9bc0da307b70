package dev.cairn.client;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.held.AttachedFiles;
import dev.cairn.client.ledger.LedgerTransport;
import dev.cairn.client.report.CaptureMetadata;
import dev.cairn.client.sync.SyncListener;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.AttachedFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A photograph on a phone that has not sent it, and the desk it is for. */
abstract class AttachedPhotograph {

  private static final int PHOTO_BYTES = 600_000;

  @TempDir Path folder;
  TestSpace space;
  Device desk;
  Device phone;
  RecordId record;
  AttachmentId photo;

  /** What the photograph is to everybody without its key. */
  byte[] sealed;

  @BeforeEach
  final void begin() throws Exception {
    space = new TestSpace(folder, 21);
    desk = space.owner("desk");
    phone = space.reporter(desk, "phone");
    space.sync(phone);
    record = phone.record(TestSpace.note("seen"));
    photo = attach(PHOTO_BYTES);
    sealed = Files.readAllBytes(file(phone));
  }

  @AfterEach
  final void end() {
    space.close();
  }

  final AttachmentId attach(int bytes) throws Exception {
    return attach(phone, record, bytes, bytes);
  }

  /** Attaches a file of content by chance. */
  static AttachmentId attach(Device device, RecordId record, int bytes, long seed)
      throws Exception {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    ByteArrayInputStream in = new ByteArrayInputStream(content);
    return device.attach(record, in, "a.jpg", "image/jpeg", CaptureMetadata.NONE);
  }

  /** Where a device keeps the photograph. */
  final Path file(Device device) throws Exception {
    return device.holdings().folder().attachments().resolve(photo.toString());
  }

  final List<AttachmentTrouble> fetch(long sealedBytesMax) throws Exception {
    return fetch(LedgerTransport.to(space.ledger), sealedBytesMax);
  }

  final List<AttachmentTrouble> fetch(LedgerTransport link, long sealedBytesMax) throws Exception {
    return desk.fetchAttachments(named(desk), link, SyncListener.NONE, sealedBytesMax);
  }

  /** The files that the changes name which a device can open. */
  static List<AttachedFile> named(Device device) throws Exception {
    List<AttachedFile> files = new ArrayList<>();
    device.openedChanges(held -> files.addAll(AttachedFiles.of(held)));
    return files;
  }

  static List<String> codes(List<AttachmentTrouble> troubles) {
    return troubles.stream().map(AttachmentTrouble::code).toList();
  }

  /** How often a server was asked for a file or a piece of one. */
  static long asked(LedgerTransport link) {
    return link.targets().stream()
        .filter(target -> target.startsWith("GET") && target.contains("/attachments/"))
        .count();
  }
}
