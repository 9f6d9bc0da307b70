package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.bundle.BundleReader;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.roster.Statement;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is brought to the machine itself, whose server is stopped, and taken from there. */
class ServerBundlesTest extends ParcelFixture {

  private Path bundle(byte[]... parcels) throws Exception {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (byte[] parcel : parcels) {
      bundle.writeBytes(BundleWriter.parcel(parcel));
    }
    Path file = directory.resolve("bundle" + bundle.size());
    Files.write(file, bundle.toByteArray());
    return file;
  }

  @Test
  void importFile_parcelsInTheWrongOrder_takesAll() throws Exception {
    List<byte[]> three = threeParcels();
    server.close();
    Path file = bundle(three.get(2), three.get(1), three.get(0));
    assertThat(ServerBundles.importFile(server.directory, file))
        .isEqualTo(new ServerBundles.Imported(3, 0, 0, 0, 0, 3, 0));
  }

  @Test
  void importFile_beginningMissing_saysSoAndTakesItAgain() throws Exception {
    List<byte[]> three = threeParcels();
    server.close();
    Path later = bundle(three.get(2), three.get(1));
    assertThat(ServerBundles.importFile(server.directory, later))
        .isEqualTo(new ServerBundles.Imported(0, 0, 2, 0, 0, 0, 2));
    ServerBundles.importFile(server.directory, bundle(three.get(0)));
    assertThat(ServerBundles.importFile(server.directory, later))
        .isEqualTo(new ServerBundles.Imported(2, 0, 0, 0, 0, 2, 0));
  }

  @Test
  void importFile_statementWhoseHeadsNobodyBrings_isTakenAtLast() throws Exception {
    space.admit(new TestDevice(space.randomness)); // Nobody brings these.
    Statement built = space.add(space.writer().ownEpoch(reporter.key).statement());
    byte[] parcel = parcel(bundleKey(), built, reporter.notes(space.roster(), "behind it"));
    server.close();

    assertThat(ServerBundles.importFile(server.directory, bundle(parcel)).early()).isZero();
  }

  @Test
  void importFile_parcelOfALaterVersion_isSaidAndTheRestTaken() throws Exception {
    byte[] own = parcel(bundleKey(), reporter.notes(space.roster(), "on a stick"));
    server.close();
    Path file = bundle(new byte[] {(byte) 0x82, 2, 0x41, 7}, own);
    assertThat(ServerBundles.importFile(server.directory, file))
        .isEqualTo(new ServerBundles.Imported(2, 0, 0, 1, 1, 1, 0));
  }

  @Test
  void importFile_ofStoppedServer_countsAndKeepsTheAnswers() throws Exception {
    List<Change> changes = reporter.notes(space.roster(), "on a stick", "again");
    push(reporter, changes.subList(0, 1));
    server.close();
    Path file =
        bundle(parcel(bundleKey(), changes), parcel(reporter.encryptionKey.publicKey(), changes));

    ServerBundles.Imported imported = ServerBundles.importFile(server.directory, file);
    Path out = directory.resolve("back");
    long parcels = ServerBundles.exportFile(server.directory, out);

    assertThat(imported).isEqualTo(new ServerBundles.Imported(2, 1, 0, 1, 0, 1, 0));
    assertThat(parcels).isEqualTo(1);
    BundleReader reader = new BundleReader();
    byte[] back = Files.readAllBytes(out);
    reader.feed(back, 0, back.length);
    assertThat(opened(reporter, reader.next().orElseThrow())).isNotEmpty();
  }

  @Test
  void exportFile_twice_secondIsEmpty() throws Exception {
    server.close();
    assertThat(ServerBundles.exportFile(server.directory, directory.resolve("one"))).isZero();
  }

  /** A stopped server on which two answers wait. */
  private void twoAnswersWait() throws Exception {
    List<Change> one = reporter.notes(space.roster(), "one");
    List<Change> two = space.owner.notes(space.roster(), "two");
    server.close();
    Path file = bundle(parcel(bundleKey(), one), parcel(bundleKey(), two));
    ServerBundles.importFile(server.directory, file);
  }

  private ServerBundles.Exported export(long sizeBytesMax) throws Exception {
    return ServerBundles.export(
        server.directory,
        sizeBytesMax,
        bytes -> assertThat((long) bytes.length).isLessThanOrEqualTo(sizeBytesMax));
  }

  /** The answers leave nothing to be forgotten: whoever fails to take them keeps them waiting. */
  private long allBytes() throws Exception {
    long[] sizeBytes = {0};
    try {
      ServerBundles.export(
          server.directory,
          Long.MAX_VALUE,
          bytes -> {
            sizeBytes[0] = bytes.length;
            throw new java.io.IOException("only to look");
          });
    } catch (java.io.IOException e) {
      return sizeBytes[0];
    }
    return sizeBytes[0];
  }

  @Test
  void export_asLargeAsAllowed_everything() throws Exception {
    twoAnswersWait();
    ServerBundles.Exported out = export(allBytes());
    assertThat(out.parcels()).isEqualTo(2);
    assertThat(out.left()).isFalse();
  }

  @Test
  void export_oneByteLess_restWaitsForTheNext() throws Exception {
    twoAnswersWait();
    ServerBundles.Exported out = export(allBytes() - 1);
    assertThat(out.parcels()).isEqualTo(1);
    assertThat(out.left()).isTrue();
    assertThat(export(Long.MAX_VALUE).parcels()).isEqualTo(1);
  }

  @Test
  void export_noRoomForAny_refusedAndAllWait() throws Exception {
    twoAnswersWait();
    assertThatThrownBy(() -> export(20)).hasMessageContaining("no answer has room");
    assertThat(export(Long.MAX_VALUE).parcels()).isEqualTo(2);
  }
}
