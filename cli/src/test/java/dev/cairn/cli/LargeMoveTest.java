package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.bundle.BundleWriter;
import dev.cairn.protocol.bundle.Parcel;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.log.LogOrigin;
import dev.cairn.protocol.recovery.RecoverySecret;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.roster.Suspension;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.EncryptionPublicKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A space whose lost owner had signed very much is recovered and moved to a real server. */
final class LargeMoveTest {

  /** More than a founding of 64 KiB can list. */
  private static final int SIGNED = 2_000;

  @TempDir private Path folder;
  private final Randomness randomness = new Random(21)::nextBytes;
  private CommandSpace space;

  @BeforeEach
  void begin() throws Exception {
    space = CommandSpace.in(folder);
    space.serve(0);
  }

  @AfterEach
  void end() {
    space.close();
  }

  /** What a device gives that holds all of a roster, for the holder of the secret. */
  private void write(List<Statement> roster, RecoverySecret secret) throws IOException {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(BundleWriter.beginning());
    for (int from = 0; from < roster.size(); from += 1_000) {
      EntryWriter writer = new EntryWriter();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (Statement each : roster.subList(from, Math.min(roster.size(), from + 1_000))) {
        stream.writeBytes(
            writer.write(new Entry.Statement(Encoded.of(each.encode()), OptionalLong.empty())));
      }
      ParcelContent content =
          new ParcelContent.Changes(roster.get(0).space(), Encoded.of(stream.toByteArray()));
      List<EncryptionPublicKey> receivers = List.of(secret.publicKeys().sealKey());
      bundle.writeBytes(BundleWriter.parcel(Parcel.seal(content, receivers, randomness)));
    }
    Files.write(space.path("roster"), bundle.toByteArray());
  }

  @Test
  void spaceOfAnOwnerWhoSignedVeryMuch_isRecoveredAndMoved() throws Exception {
    SigningKey owner = SigningKey.generate(randomness);
    EncryptionKey key = EncryptionKey.generate(randomness);
    RecoverySecret secret = RecoverySecret.generate(randomness);
    LogKey burnt =
        new LogKey(
            new LogOrigin("burnt.example/1"), SigningKey.generate(randomness).verifyingKey());
    Founding founding =
        Founding.create(
            owner,
            key.publicKey(),
            burnt,
            key.publicKey(),
            "Road",
            "Lina",
            secret.publicKeys(),
            randomness);
    List<Statement> roster = new ArrayList<>(founding.statements());
    RosterState begun = RosterState.fold(founding.space(), roster);
    while (roster.size() < SIGNED) {
      DeviceId gone = DeviceId.of(SigningKey.generate(randomness).verifyingKey().bytes());
      // Each after the one before, as one desk signs them.
      RosterState seen = begun.with(roster.get(roster.size() - 1));
      roster.add(
          new RosterWriter(seen, randomness)
              .sign(new Suspension(gone, List.of(), List.of()), owner));
    }
    write(roster, secret);
    Files.writeString(space.path("sheet"), new RecoverySheet(founding.space(), secret).print());

    space.run(
        "recover",
        "--recovery",
        space.at("sheet"),
        "--server-invitation",
        space.at("server/server-invitation"),
        "--from",
        space.at("roster"),
        "--data",
        space.at("heir"),
        "--as",
        "Omar",
        "--yes");
    JsonNode log = space.by("heir", "state").json().path("log");
    assertThat(log.path("generation").asLong()).isEqualTo(1);
    assertThat(log.path("size").asLong()).isGreaterThan(SIGNED);
  }
}
