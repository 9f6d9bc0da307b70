package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.server.attachment.Upload;
import dev.cairn.server.attachment.UploadAddresses;
import dev.cairn.server.bundle.ShownDoor;
import dev.cairn.server.http.HeaderDoor;
import dev.cairn.server.identity.MacKey;
import dev.cairn.server.ledger.Offer;
import dev.cairn.server.stream.DeviceKeyCache;
import dev.cairn.server.stream.EntryDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server's own: what a push says, what stands in headers and addresses. */
class ServerFuzzTest {

  private static final UploadAddresses ADDRESSES =
      new UploadAddresses(MacKey.of(new byte[32]), Known.CHANCE);

  /** One entry, one offer; and what comes in a parcel is what comes in a push. */
  @FuzzTest
  void entriesOfAPush_ofAnyBytes_areEachOfferedOrRefused(byte[] input) {
    ByteStringStream strings = ByteStringStream.ofEntries();
    strings.feed(input);
    List<byte[]> entries = new ArrayList<>();
    Optional<Optional<byte[]>> next = Trial.of(strings::next);
    while (next.isPresent() && next.get().isPresent()) {
      entries.add(next.get().get());
      next = Trial.of(strings::next);
    }
    Trial.within(
        input,
        () -> {
          List<Offer> offers =
              new EntryDecoder(Known.SPACE_OF_FRAMES, new DeviceKeyCache()).decode(entries);
          Trial.same(entries.size(), offers.size(), "offers");
          List<byte[]> stripped = ShownDoor.strip(Known.LOG.origin(), entries);
          Trial.holds(stripped.size() <= entries.size(), "more entries than there were");
        });
  }

  @FuzzTest
  void headers_ofAnyText_areReadOrPassedOver(byte[] input) {
    Input in = new Input(input);
    long sizeBytes = (long) in.choice() << in.choice(32);
    String text = in.text();
    Trial.within(
        input,
        () -> {
          HeaderDoor.range(text, sizeBytes)
              .ifPresent(
                  range -> {
                    Trial.holds(range[0] >= 0, "a range before the file");
                    Trial.holds(range[1] <= sizeBytes, "a range beyond the file");
                  });
          HeaderDoor.number(text)
              .ifPresent(
                  number -> Trial.same(text, Long.toString(number), "a number of an upload"));
          HeaderDoor.attachment(text);
          Trial.holds(!HeaderDoor.accepts(text), "a nonce that nobody gave");
          Trial.holds(!ADDRESSES.upload(text).isPresent(), "an address that nobody gave");
        });
    byte[] ids = java.util.Arrays.copyOf(input, 32);
    Upload upload =
        new Upload(
            Known.SPACE_OF_FRAMES, AttachmentId.of(ids), DeviceId.of(ids), sizeBytes, sizeBytes);
    Trial.same(Optional.of(upload), ADDRESSES.upload(ADDRESSES.token(upload)), "upload");
  }
}
