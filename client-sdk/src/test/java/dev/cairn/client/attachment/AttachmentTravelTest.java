package dev.cairn.client.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.transport.TransportException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.UndecryptableException;
import dev.cairn.protocol.attachment.SealedAttachment;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTravelTest {

  private static final SpaceId SPACE = SpaceId.of(new byte[32]);

  @TempDir Path temporary;
  private final Randomness randomness = Randomness.of(new SecureRandom());
  private final Secret key = Secret.take(new byte[32]);
  private final byte[] content = new byte[700_000];
  private final PretendTusServer server = new PretendTusServer();
  private AttachmentFolder folder;
  private SealedAttachment sealed;
  private String address;

  @BeforeEach
  void seal() throws Exception {
    new Random(7).nextBytes(content);
    folder = new AttachmentFolder(temporary);
    sealed = folder.seal(new ByteArrayInputStream(content), key, randomness);
  }

  private void send() throws Exception {
    new TusUpload(server, server::open, SPACE)
        .send(
            sealed.id(),
            folder.file(sealed.id()),
            Optional.ofNullable(address),
            kept -> address = kept,
            (bytes, total) -> {});
  }

  @Test
  void open_afterSeal_givesTheContent() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    folder.open(sealed.id(), key, content.length, out);

    assertThat(out.toByteArray()).isEqualTo(content);
  }

  @Test
  void open_otherKey_isRefused() {
    Secret other =
        Secret.take(
            new byte[] {
              1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
              25, 26, 27, 28, 29, 30, 31, 32
            });

    assertThatThrownBy(
            () -> folder.open(sealed.id(), other, content.length, new ByteArrayOutputStream()))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void seal_contentFails_leavesNothing() throws Exception {
    InputStream failing =
        new InputStream() {
          private boolean begun;

          @Override
          public int read() throws IOException {
            throw new IOException("card pulled out");
          }

          @Override
          public int read(byte[] piece, int offset, int length) throws IOException {
            if (begun) {
              throw new IOException("card pulled out");
            }
            begun = true;
            return length;
          }
        };

    assertThatThrownBy(() -> folder.seal(failing, key, randomness)).isInstanceOf(IOException.class);
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void send_arrivesWhole() throws Exception {
    send();

    assertThat(server.held()).isEqualTo(Files.readAllBytes(folder.file(sealed.id())));
  }

  @Test
  void send_cutAtAnyRequest_goesOnAndArrivesWhole() throws Exception {
    for (int request = 1; request <= 6; request++) {
      for (boolean after : new boolean[] {false, true}) {
        PretendTusServer cutting = new PretendTusServer();
        cutting.cutAt(request, after);
        String[] kept = {null};
        TusUpload upload = new TusUpload(cutting, cutting::open, SPACE);
        for (int attempt = 0; attempt < 3; attempt++) {
          try {
            upload.send(
                sealed.id(),
                folder.file(sealed.id()),
                Optional.ofNullable(kept[0]),
                value -> kept[0] = value,
                (bytes, total) -> {});
            break;
          } catch (TransportException cut) {
            assertThat(attempt).isLessThan(2);
          }
        }
        assertThat(cutting.held()).isEqualTo(Files.readAllBytes(folder.file(sealed.id())));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://elsewhere.example/v1/uploads/x", "//elsewhere.example/x", "?", ""})
  void send_addressOutsideTheServer_isRefusedAndNotKept(String given) {
    server.give(given);
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("upload.unknown"));
    assertThat(address).isNull();
  }

  @Test
  void send_addressLongerThanARowHolds_isRefusedAndNotKept() {
    server.give("/v1/uploads/" + "x".repeat(5000));
    assertThatThrownBy(this::send).isInstanceOf(RefusedException.class);
    assertThat(address).isNull();
  }

  @Test
  void send_keptAddressOutsideTheServer_makesANewOne() throws Exception {
    address = "https://elsewhere.example/v1/uploads/x";
    send();
    assertThat(server.held()).hasSize((int) sealed.sealedBytes());
  }

  @Test
  void send_serverThatLosesWhatItTook_isGivenUp() {
    server.forget();
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("upload.stalled"));
  }

  @Test
  void send_addressExpired_makesANewOne() throws Exception {
    address = "/v1/uploads/old";
    server.expire();

    send();

    assertThat(server.created()).isEqualTo(1);
    assertThat(server.held()).hasSize((int) Files.size(folder.file(sealed.id())));
  }

  @Test
  void fetch_cutShort_goesOnWhereItWas() throws Exception {
    byte[] file = Files.readAllBytes(folder.file(sealed.id()));
    server.serve(file);
    AttachmentFolder other = new AttachmentFolder(Files.createDirectory(temporary.resolve("o")));
    Files.write(other.partial(sealed.id()), java.util.Arrays.copyOf(file, 300_000));

    new AttachmentFetch(server::open, SPACE, other)
        .fetch(sealed.id(), file.length, false, arrived -> {});

    assertThat(Files.readAllBytes(other.file(sealed.id()))).isEqualTo(file);
  }

  /** As if more of it had been fetched for somebody who named it larger than it is. */
  @Test
  void fetch_ofWhichMoreIsHereThanTheFileHas_keepsTheFileAlone() throws Exception {
    byte[] file = Files.readAllBytes(folder.file(sealed.id()));
    AttachmentFolder other = new AttachmentFolder(Files.createDirectory(temporary.resolve("o")));
    Files.write(other.partial(sealed.id()), java.util.Arrays.copyOf(file, file.length + 1));

    new AttachmentFetch(server::open, SPACE, other)
        .fetch(sealed.id(), file.length, false, arrived -> {});

    assertThat(Files.readAllBytes(other.file(sealed.id()))).isEqualTo(file);
  }

  @Test
  void fetch_otherFile_isRefusedAndDestroyed() throws Exception {
    byte[] file = Files.readAllBytes(folder.file(sealed.id()));
    file[500]++;
    server.serve(file);
    AttachmentFolder other = new AttachmentFolder(Files.createDirectory(temporary.resolve("o")));

    assertThatThrownBy(
            () ->
                new AttachmentFetch(server::open, SPACE, other)
                    .fetch(sealed.id(), file.length, false, arrived -> {}))
        .isInstanceOf(RefusedException.class);
    assertThat(other.partial(sealed.id())).doesNotExist();
  }
}
