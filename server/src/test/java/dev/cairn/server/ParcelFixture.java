package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryReader;
import dev.cairn.protocol.http.ContentDigest;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parcels for a server with a space in it, and the answers that come back. */
abstract class ParcelFixture extends ServerFixture {

  final byte[] parcel(EncryptionPublicKey to, Object... parts) {
    byte[] stream = TestSpace.joined(TestSpace.entries(parts));
    return Parcel.seal(
        new ParcelContent.Changes(space.id, Encoded.of(stream)), List.of(to), space.randomness);
  }

  final EncryptionPublicKey bundleKey() {
    return space.roster().bundleKey().orElseThrow();
  }

  final HttpResponse<byte[]> hand(TestDevice courier, byte[] parcel, String digest)
      throws Exception {
    return hand(courier, TestClient.path(space.id, "parcels"), parcel, digest);
  }

  /** Says that what its statements name as seen may be with nobody. */
  final HttpResponse<byte[]> handAlone(TestDevice courier, byte[] parcel) throws Exception {
    String target = TestClient.path(space.id, "parcels") + "?" + HttpNames.ALONE + "=1";
    return hand(courier, target, parcel, ContentDigest.of(parcel));
  }

  private HttpResponse<byte[]> hand(TestDevice courier, String target, byte[] parcel, String digest)
      throws Exception {
    client.refresh();
    RequestSignature signature =
        RequestSignature.sign(
            courier.key, RequestTarget.of("POST", target), client.nonce(), digest);
    return client.send(
        client
            .request("POST", target, BodyPublishers.ofByteArray(parcel))
            .header("Content-Type", HttpNames.CBOR)
            .header(HttpNames.CONTENT_DIGEST, digest)
            .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
            .header(HttpNames.SIGNATURE, signature.signatureHeader())
            .build());
  }

  final HttpResponse<byte[]> hand(TestDevice courier, byte[] parcel) throws Exception {
    return hand(courier, parcel, ContentDigest.of(parcel));
  }

  static List<byte[]> parcels(byte[] answer) throws Exception {
    ByteStringStream strings = new ByteStringStream(8 << 20);
    strings.feed(answer);
    List<byte[]> parcels = new ArrayList<>();
    for (Optional<byte[]> next = strings.next(); next.isPresent(); next = strings.next()) {
      parcels.add(next.get());
    }
    return parcels;
  }

  final List<Entry> opened(TestDevice author, byte[] parcel) throws Exception {
    ParcelContent.Answer answer =
        (ParcelContent.Answer) Parcel.open(parcel, List.of(author.encryptionKey));
    assertThat(answer.device()).isEqualTo(author.id);
    EntryReader reader = new EntryReader(space.id);
    List<Entry> entries = new ArrayList<>();
    for (byte[] entry : parcels(answer.stream().bytes())) {
      entries.add(reader.read(entry));
    }
    return entries;
  }

  static List<List<Integer>> ordersOfThree() {
    return List.of(
        List.of(0, 1, 2),
        List.of(0, 2, 1),
        List.of(1, 0, 2),
        List.of(1, 2, 0),
        List.of(2, 0, 1),
        List.of(2, 1, 0));
  }

  /** One change in each; the session they need is pushed. */
  final List<byte[]> threeParcels() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "before", "one", "two", "three");
    int from = changes.size() - 3;
    push(reporter, changes.subList(0, from));
    List<byte[]> parcels = new ArrayList<>();
    for (Change change : changes.subList(from, changes.size())) {
      parcels.add(parcel(bundleKey(), List.of(change)));
    }
    return parcels;
  }
}
