package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.feed.AttachmentRef;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.roster.LastGood;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.server.limits.ServerLimits;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attachments go up in pieces by tus, and come down whole or in ranges to who may have them. */
class UploadTest extends ServerFixture {

  private final byte[] file = new byte[300_000];
  private AttachmentRef attachment;
  private List<Change> naming;

  @BeforeEach
  void nameAttachment() throws Exception {
    new Random(5).nextBytes(file);
    attachment = new AttachmentRef(AttachmentId.of(Sha256.of(file).bytes()), file.length);
    naming = reporter.attaching(space.roster(), attachment);
    push(reporter, naming);
  }

  private HttpResponse<byte[]> create(TestDevice by, long length) throws Exception {
    client.refresh();
    String id = Base64.getEncoder().encodeToString(attachment.id().bytes());
    return client.send(
        client
            .signed(
                by.key, "POST", TestClient.path(space.id, "attachments"), BodyPublishers.noBody())
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", Long.toString(length))
            .header("Upload-Metadata", "id " + id)
            .build());
  }

  private String location() throws Exception {
    return create(reporter, file.length).headers().firstValue("Location").orElseThrow();
  }

  private HttpRequest.Builder tus(String method, String target, byte[] body) {
    return client
        .request(method, target, BodyPublishers.ofByteArray(body))
        .header("Tus-Resumable", "1.0.0");
  }

  private HttpResponse<byte[]> patch(String location, long offset, byte[] body) throws Exception {
    return client.send(
        tus("PATCH", location, body)
            .header("Upload-Offset", Long.toString(offset))
            .header("Content-Type", "application/offset+octet-stream")
            .build());
  }

  private String offset(String location) throws Exception {
    return client
        .send(tus("HEAD", location, new byte[0]).build())
        .headers()
        .firstValue("Upload-Offset")
        .orElse("none");
  }

  private HttpResponse<byte[]> download(TestDevice by, String range) throws Exception {
    client.refresh();
    HttpRequest.Builder request =
        client.signed(
            by.key,
            "GET",
            TestClient.path(space.id, "attachments/" + attachment.id()),
            BodyPublishers.noBody());
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return client.send(request.build());
  }

  @Test
  void upload_inTwoPieces_comesDownAsItWentUp() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 100_000));
    HttpResponse<byte[]> last =
        patch(location, 100_000, Arrays.copyOfRange(file, 100_000, file.length));
    assertThat(last.headers().firstValue("Upload-Offset")).hasValue("300000");
    assertThat(download(space.owner, "").body()).isEqualTo(file);
  }

  private Path part(String suffix) {
    return server
        .directory
        .resolve("attachments")
        .resolve(space.id.toString())
        .resolve(attachment.id() + "." + reporter.id + suffix);
  }

  @Test
  void upload_fileLongerThanWhatCounts_goesOnWhereItCounts() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 100_000));
    // What a power cut can leave: a length whose bytes never reached the disk.
    Files.write(part(".part"), new byte[5000], StandardOpenOption.APPEND);
    assertThat(offset(location)).isEqualTo("100000");
    patch(location, 100_000, Arrays.copyOfRange(file, 100_000, file.length));
    assertThat(download(space.owner, "").body()).isEqualTo(file);
  }

  @Test
  void upload_afterItsDeviceWasSuspended_refused() throws Exception {
    String location = location();
    Change last = naming.get(naming.size() - 1);
    LastGood good = new LastGood(last.prefix().sequence(), last.id());
    push(
        space.owner,
        space.add(space.writer().suspension(reporter.id, List.of(good), space.owner.key)));
    assertThat(code(patch(location, 0, file))).isEqualTo("device.suspended");
  }

  @Test
  void upload_afterItsChangeWasErased_refused() throws Exception {
    String location = location();
    push(space.owner, space.owner.erasing(space.roster(), naming.get(1).id()));
    assertThat(code(patch(location, 0, file))).isEqualTo("attachment.unknown");
  }

  @Test
  void upload_abandonedLongAgo_droppedAtTheNextStart() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 10));
    Files.setLastModifiedTime(
        part(".part"), FileTime.from(server.clock.instant().minus(Duration.ofDays(31))));
    server.restart();
    assertThat(offset(location)).isEqualTo("0");
  }

  @Test
  void upload_diskFull_toldSo() throws Exception {
    String location = location();
    Files.createDirectories(part("").getParent());
    Files.createSymbolicLink(part(".count"), Path.of("/dev/full"));
    HttpResponse<byte[]> response = patch(location, 0, file);
    assertThat(response.statusCode()).isEqualTo(507);
    assertThat(code(response)).isEqualTo("store.full");
  }

  @Test
  void upload_folderThatIsNone_storeFailed() throws Exception {
    String location = location();
    Files.delete(part("").getParent());
    Files.write(part("").getParent(), new byte[1]);
    assertThat(code(patch(location, 0, file))).isEqualTo("store.failed");
  }

  @Test
  void create_folderThatIsNone_saysWhyInAnAnswerThatHasRoomForIt() throws Exception {
    Files.write(part("").getParent(), new byte[1]);
    assertThat(code(create(reporter, file.length))).isEqualTo("store.failed");
  }

  private void alter() throws Exception {
    Path complete = part("").resolveSibling(attachment.id().toString());
    Files.write(complete, new byte[file.length]);
  }

  @Test
  void create_completeFileThatADiskSpoilt_isTakenAgain() throws Exception {
    patch(location(), 0, file);
    alter();
    String again = location();
    assertThat(offset(again)).isEqualTo("0");
    patch(again, 0, file);
    assertThat(download(space.owner, "").body()).isEqualTo(file);
  }

  @Test
  void create_again_looksAtACompleteFileOnceInAWhile() throws Exception {
    patch(location(), 0, file);
    location();
    alter();
    assertThat(offset(location())).isEqualTo("300000");
    server.clock.advance(Duration.ofSeconds(ServerLimits.RECHECK_SECONDS_MIN));
    assertThat(offset(location())).isEqualTo("0");
  }

  @Test
  void upload_afterRestart_goesOnWhereItStood() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 123_456));
    server.restart();
    assertThat(offset(location)).isEqualTo("123456");
  }

  @Test
  void upload_newAddress_sameOffset() throws Exception {
    patch(location(), 0, Arrays.copyOf(file, 10));
    assertThat(offset(location())).isEqualTo("10");
  }

  @Test
  void upload_wrongOffset_conflict() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 10));
    assertThat(code(patch(location, 11, new byte[1]))).isEqualTo("upload.offset");
  }

  @Test
  void upload_otherBytes_refusedAndStartsAgain() throws Exception {
    String location = location();
    assertThat(code(patch(location, 0, new byte[file.length]))).isEqualTo("attachment.hash");
    assertThat(offset(location)).isEqualTo("0");
  }

  @Test
  void upload_moreThanAnnounced_refused() throws Exception {
    assertThat(code(patch(location(), 0, new byte[file.length + 1]))).isEqualTo("attachment.size");
  }

  @Test
  void upload_expiredAddress_gone() throws Exception {
    String location = location();
    server.clock.advance(Duration.ofHours(24));
    assertThat(code(patch(location, 0, new byte[1]))).isEqualTo("upload.expired");
  }

  @Test
  void upload_changedAddress_unknown() throws Exception {
    String location = location();
    String other = location.charAt(30) == 'A' ? "B" : "A";
    String changed = location.substring(0, 30) + other + location.substring(31);
    assertThat(code(patch(changed, 0, new byte[1]))).isEqualTo("upload.unknown");
  }

  @Test
  void upload_terminated_nothingLeft() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 10));
    assertThat(client.send(tus("DELETE", location, new byte[0]).build()).statusCode())
        .isEqualTo(204);
    assertThat(offset(location)).isEqualTo("0");
  }

  @Test
  void create_byReporterWhoDoesNotNameIt_unknown() throws Exception {
    TestDevice other = new TestDevice(space.randomness);
    push(space.owner, space.admit(other).toArray());
    assertThat(code(create(other, file.length))).isEqualTo("attachment.unknown");
  }

  @Test
  void create_byProvisionalCoordinatorWhoDoesNotNameIt_unknown() throws Exception {
    TestDevice other = new TestDevice(space.randomness);
    push(space.owner, space.admit(other, Role.COORDINATOR, 1).toArray());
    assertThat(code(create(other, file.length))).isEqualTo("attachment.unknown");
  }

  /** He was given no key of the circle that the file is for. */
  @Test
  void create_byCoordinatorWhoMayNotFetchIt_unknown() throws Exception {
    TestDevice other = coordinator();
    assertThat(code(create(other, file.length))).isEqualTo("attachment.unknown");
  }

  /** Else each reader of a circle could fill the server with a part of every file. */
  @Test
  void create_byReporterWhoMayFetchIt_unknown() throws Exception {
    TestDevice other = new TestDevice(space.randomness);
    push(space.owner, space.admit(other).toArray());
    CircleId circle = CircleId.of(new byte[CircleId.SIZE_BYTES]);
    List<DeviceId> readers = List.of(space.owner.id, other.id);
    push(
        space.owner,
        space.add(space.writer().epoch(circle, "field", readers, space.owner.key).statement()));
    push(reporter, reporter.attaching(space.roster(), List.of(circle), attachment));

    assertThat(code(download(other, ""))).isEqualTo("attachment.incomplete");
    assertThat(code(create(other, file.length))).isEqualTo("attachment.unknown");
  }

  /** Its author may be gone, and the server have lost it. */
  @Test
  void upload_byCoordinatorWhoMayFetchIt_comesDown() throws Exception {
    String location =
        create(space.owner, file.length).headers().firstValue("Location").orElseThrow();
    patch(location, 0, file);
    assertThat(download(space.owner, "").body()).isEqualTo(file);
  }

  @Test
  void create_byCoordinatorInAnotherSize_refused() throws Exception {
    assertThat(code(create(space.owner, file.length + 1))).isEqualTo("attachment.size");
  }

  @Test
  void upload_byCoordinatorOfOtherBytes_spoilsNothingOfTheAuthors() throws Exception {
    String location = location();
    patch(location, 0, Arrays.copyOf(file, 100_000));
    String other = create(space.owner, file.length).headers().firstValue("Location").orElseThrow();
    patch(other, 0, new byte[file.length]);
    assertThat(code(download(space.owner, ""))).isEqualTo("attachment.incomplete");
    patch(location, 100_000, Arrays.copyOfRange(file, 100_000, file.length));
    assertThat(download(space.owner, "").body()).isEqualTo(file);
  }

  @Test
  void upload_byCoordinator_afterTheNamingChangeWasErased_refused() throws Exception {
    String location =
        create(space.owner, file.length).headers().firstValue("Location").orElseThrow();
    push(space.owner, space.owner.erasing(space.roster(), naming.get(1).id()));
    assertThat(code(patch(location, 0, file))).isEqualTo("attachment.unknown");
  }

  @Test
  void create_otherSizeThanNamed_refused() throws Exception {
    assertThat(code(create(reporter, file.length + 1))).isEqualTo("attachment.size");
  }

  @Test
  void download_range_thatPart() throws Exception {
    patch(location(), 0, file);
    HttpResponse<byte[]> part = download(space.owner, "bytes=1000-1999");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1000-1999/300000");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 1000, 2000));
  }

  @Test
  void download_rangeBeyondTheEnd_416() throws Exception {
    patch(location(), 0, file);
    assertThat(download(space.owner, "bytes=300000-").statusCode()).isEqualTo(416);
  }

  @Test
  void download_notComplete_saysSo() throws Exception {
    assertThat(code(download(space.owner, ""))).isEqualTo("attachment.incomplete");
  }

  @Test
  void download_bySomebodyElse_asIfItWereNotThere() throws Exception {
    patch(location(), 0, file);
    TestDevice other = new TestDevice(space.randomness);
    push(space.owner, space.admit(other).toArray());
    assertThat(code(download(other, ""))).isEqualTo("attachment.unknown");
  }

  @Test
  void erasure_ofTheNamingChange_takesTheFileWithIt() throws Exception {
    patch(location(), 0, file);
    push(space.owner, space.owner.erasing(space.roster(), naming.get(1).id()));
    assertThat(code(download(space.owner, ""))).isEqualTo("attachment.unknown");
  }
}
