package dev.cairn.server.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.suite.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pieces by the devices that signed them: what they make, and what they take of the disk. */
class AttachmentPiecesTest {

  private static final SpaceId SPACE = SpaceId.of(new byte[SpaceId.SIZE_BYTES]);
  private static final Instant FUTURE = Instant.parse("9999-01-01T00:00:00Z");
  private static final int SIZE = 1000;
  private static final int PIECE = 100;
  private static final int HONEST = 1;
  private static final int LIAR = 2;

  @TempDir Path root;
  private final byte[] right = new byte[SIZE];
  private final byte[] wrong = new byte[SIZE];
  private AttachmentId id;
  private AttachmentFiles files;
  private AttachmentPieces pieces;

  @BeforeEach
  void open() {
    new Random(7).nextBytes(right);
    for (int i = 0; i < SIZE; i++) {
      wrong[i] = (byte) ~right[i];
    }
    id = AttachmentId.of(Sha256.of(right).bytes());
    reopen();
  }

  private void reopen() {
    files = new AttachmentFiles(root);
    pieces = new AttachmentPieces(files);
  }

  private static DeviceId device(int which) {
    byte[] device = new byte[DeviceId.SIZE_BYTES];
    device[0] = (byte) which;
    return DeviceId.of(device);
  }

  private ParcelContent.Piece piece(int by, int size, byte[] file, int from, int to) {
    return new ParcelContent.Piece(
        SPACE,
        device(by),
        id,
        size,
        from,
        Encoded.of(Arrays.copyOfRange(file, from, to)),
        Signature.of(new byte[Signature.SIZE_BYTES]));
  }

  private PieceFate take(int by, byte[] file, int from, int to) throws IOException {
    return pieces.take(piece(by, SIZE, file, from, to));
  }

  private PieceFate take(byte[] file, int from, int to) throws IOException {
    return take(HONEST, file, from, to);
  }

  private List<PieceFate> takeAll(int by, byte[] file) throws IOException {
    List<PieceFate> fates = new ArrayList<>();
    for (int from = 0; from < SIZE; from += PIECE) {
      fates.add(take(by, file, from, from + PIECE));
    }
    return fates;
  }

  private void takeAllButTheLast(byte[] file) throws IOException {
    for (int from = 0; from < SIZE - PIECE; from += PIECE) {
      assertThat(take(file, from, from + PIECE)).isEqualTo(PieceFate.KEPT);
    }
  }

  private PieceFate takeTheLast(byte[] file) throws IOException {
    return take(file, SIZE - PIECE, SIZE);
  }

  private Path file(String ending) {
    String name = id + ".pieces-" + SIZE + "-" + device(HONEST);
    return root.resolve(SPACE.toString()).resolve(name + ending);
  }

  private Path complete() {
    return files.complete(SPACE, id).orElseThrow();
  }

  private String[] left() {
    return root.resolve(SPACE.toString()).toFile().list();
  }

  private void assertComplete() throws IOException {
    assertThat(Files.readAllBytes(complete())).isEqualTo(right);
    assertThat(left()).hasSize(1);
  }

  @Test
  void pieces_thatOverlap_makeTheFile() throws IOException {
    for (int[] part : new int[][] {{300, 700}, {650, SIZE}, {200, 750}, {0, 200}}) {
      assertThat(take(right, part[0], part[1])).isEqualTo(PieceFate.KEPT);
    }
    assertComplete();
  }

  @Test
  void piece_ofAFileThatIsComplete_isNotNeeded() throws IOException {
    takeAll(HONEST, right);
    assertThat(take(LIAR, wrong, 0, 1)).isEqualTo(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void piece_overAnotherOfTheSameDevice_takesItsPlace() throws IOException {
    take(wrong, 0, 700);
    takeAll(HONEST, right);
    assertComplete();
  }

  @Test
  void pieces_thatMakeAWrongFile_areDroppedAndRightOnesMakeIt() throws IOException {
    List<PieceFate> fates = takeAll(HONEST, wrong);
    assertThat(fates.subList(0, 9)).containsOnly(PieceFate.KEPT);
    assertThat(fates.get(9)).isEqualTo(PieceFate.REFUSED);
    assertThat(left()).isEmpty();

    assertThat(takeAll(HONEST, right)).containsOnly(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void pieces_ofAnotherDevice_inAnyOrderAmongThem_doNotTouchThem() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Integer> order = new ArrayList<>();
      for (int from = 0; from < SIZE; from += PIECE) {
        order.add(from);
      }
      Collections.shuffle(order, random);
      for (int from : order) {
        int junk = random.nextInt(SIZE - 1);
        take(LIAR, wrong, junk, junk + 1 + random.nextInt(SIZE - junk));
        // Once is enough: whoever carries it forgets it then.
        assertThat(take(right, from, from + PIECE)).isEqualTo(PieceFate.KEPT);
        reopen();
      }
      assertThat(Files.readAllBytes(complete())).isEqualTo(right);
      Files.delete(complete());
    }
  }

  @Test
  void pieces_ofAnotherDeviceThatAreRight_doNotMakeUpForOnesThatLack() throws IOException {
    take(LIAR, right, 0, PIECE);
    for (int from = PIECE; from < SIZE; from += PIECE) {
      take(HONEST, right, from, from + PIECE);
    }
    assertThat(files.complete(SPACE, id)).isEmpty();
    take(HONEST, right, 0, PIECE);
    assertThat(Files.readAllBytes(complete())).isEqualTo(right);
  }

  @Test
  void pieces_ofAnotherSize_doNotTouchThem() throws IOException {
    takeAllButTheLast(right);
    byte[] shorter = Arrays.copyOf(wrong, SIZE - 1);
    assertThat(pieces.take(piece(HONEST, SIZE - 1, shorter, 0, SIZE - 1)))
        .isEqualTo(PieceFate.REFUSED);
    assertThat(takeTheLast(right)).isEqualTo(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void twoWrongBytes_ofAnotherDevice_keepNothingFromTheFile() throws IOException {
    take(LIAR, wrong, 0, 1);
    for (int from = 0; from < SIZE; from += PIECE) {
      assertThat(take(right, from, from + PIECE)).isEqualTo(PieceFate.KEPT);
      if (from == 5 * PIECE) {
        take(LIAR, wrong, 500, 501);
      }
    }
    assertThat(Files.readAllBytes(complete())).isEqualTo(right);
  }

  @Test
  void wrongFiles_howeverMany_doNotKeepALaterPieceFromBeingLookedAt() throws IOException {
    takeAllButTheLast(right);
    for (int i = 0; i < 100; i++) {
      assertThat(take(LIAR, wrong, 0, SIZE)).isEqualTo(PieceFate.REFUSED);
    }
    takeTheLast(right);
    assertComplete();
  }

  @Test
  void pieces_howeverMany_takeNoMoreThanTheFile() throws IOException {
    Random random = new Random(9);
    for (int i = 0; i < 200; i++) {
      byte[] junk = new byte[SIZE];
      random.nextBytes(junk);
      int from = random.nextInt(SIZE - 1);
      take(junk, from, from + 1 + random.nextInt(SIZE - from));
      if (Files.exists(file(".part"))) {
        assertThat(Files.size(file(".part"))).isLessThanOrEqualTo(SIZE);
      }
      assertThat(left()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void stop_beforeAPieceCounts_itComesAgain() throws IOException {
    take(right, 0, 500);
    byte[] count = Files.readAllBytes(file(".count"));
    take(right, 500, 900);
    Files.write(file(".count"), count);
    // What a stop in the middle of a write leaves of the next count.
    Files.write(root.resolve(SPACE.toString()).resolve(file(".count.new").getFileName()), ONE);

    reopen();
    takeTheLast(right);
    assertThat(files.complete(SPACE, id)).isEmpty();
    take(right, 500, 900);
    assertComplete();
  }

  private static final byte[] ONE = {1};

  @Test
  void stop_beforeTheFirstPieceCounts_itComesAgain() throws IOException {
    take(right, 0, 500);
    Files.delete(file(".count"));

    reopen();
    take(right, 500, SIZE);
    assertThat(files.complete(SPACE, id)).isEmpty();
    take(right, 0, 500);
    assertComplete();
  }

  /** What is there once the last piece counts, and before anybody has looked at the whole. */
  private void stopBeforeTheWholeIsLookedAt(byte[] file) throws IOException {
    takeAllButTheLast(file);
    PieceLayer.open(file(".part"), file(".count"))
        .put(SIZE - PIECE, Arrays.copyOfRange(file, SIZE - PIECE, SIZE));
    reopen();
  }

  @Test
  void stop_beforeTheWholeIsLookedAt_thePieceThatComesAgainNamesIt() throws IOException {
    stopBeforeTheWholeIsLookedAt(right);
    assertThat(takeTheLast(right)).isEqualTo(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void stop_beforeAWrongWholeIsLookedAt_losesNoPieceThatComesThen() throws IOException {
    stopBeforeTheWholeIsLookedAt(wrong);
    assertThat(takeAll(HONEST, right)).containsOnly(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void stop_afterTheFileHasItsName_itsCountIsTakenForNoOther() throws IOException {
    stopBeforeTheWholeIsLookedAt(right);
    byte[] count = Files.readAllBytes(file(".count"));
    takeTheLast(right);
    Files.write(file(".count"), count);
    Files.delete(complete());

    // Then a piece, and a stop before it counts.
    reopen();
    PieceLayer.open(file(".part"), file(".count"));
    Files.write(file(".part"), right);
    reopen();
    assertThat(takeTheLast(right)).isEqualTo(PieceFate.KEPT);
    assertThat(files.complete(SPACE, id)).isEmpty();
    takeAllButTheLast(right);
    assertComplete();
  }

  @Test
  void stop_afterTheFileHasItsName_itsCountIsSwept() throws IOException {
    takeAllButTheLast(right);
    byte[] count = Files.readAllBytes(file(".count"));
    takeTheLast(right);
    Files.write(file(".count"), count);

    reopen();
    files.dropAbandoned(Instant.EPOCH);
    assertComplete();
  }

  @Test
  void stop_whileAWrongFileIsDropped_rightOnesMakeIt() throws IOException {
    takeAllButTheLast(wrong);
    Files.delete(file(".count"));
    reopen();
    assertThat(takeAll(HONEST, right)).containsOnly(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void file_thatSomebodyCut_countsForNothing() throws IOException {
    takeAllButTheLast(right);
    Files.write(file(".part"), Arrays.copyOf(right, SIZE - PIECE - 1));

    reopen();
    assertThat(takeAll(HONEST, right)).containsOnly(PieceFate.KEPT);
    assertComplete();
  }

  @Test
  void pieces_addedToOfLate_areNotAbandoned() throws IOException {
    Instant then = Instant.parse("2026-01-01T00:00:00Z");
    take(right, 0, 500);
    Files.setLastModifiedTime(file(".part"), FileTime.from(then.minusMillis(1)));
    // The same bytes again: it is added to, though nothing is new.
    take(right, 0, 500);
    files.dropAbandoned(then);
    take(right, 500, SIZE);
    assertComplete();
  }

  @Test
  void pieces_thatNobodyAddsTo_areDropped() throws IOException {
    Instant then = Instant.parse("2026-01-01T00:00:00Z");
    take(right, 0, 500);
    Files.setLastModifiedTime(file(".part"), FileTime.from(then.minusMillis(1)));
    files.dropAbandoned(then);
    assertThat(left()).isEmpty();
  }

  @Test
  void pieces_ofAnotherDeviceOfAFileThatIsComplete_areDropped() throws IOException {
    take(LIAR, wrong, 0, 1);
    takeAll(HONEST, right);
    files.dropAbandoned(Instant.EPOCH);
    assertComplete();
  }

  @Test
  @Timeout(60)
  void pieces_whileOthersAreDropped_makeTheFileOrComeAgain() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> sweeping =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (!done.get()) {
                  files.dropAbandoned(FUTURE);
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    for (int round = 0; round < 200; round++) {
      assertThat(takeAll(HONEST, right)).containsOnly(PieceFate.KEPT);
      if (files.complete(SPACE, id).isPresent()) {
        assertThat(Files.readAllBytes(complete())).isEqualTo(right);
        Files.delete(complete());
      }
    }
    done.set(true);
    sweeping.get();
    takeAll(HONEST, right);
    assertComplete();
  }
}
