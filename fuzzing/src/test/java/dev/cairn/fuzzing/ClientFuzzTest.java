package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.client.attachment.AttachmentDoor;
import dev.cairn.client.attachment.Refusals;
import dev.cairn.client.attachment.TusUpload;
import dev.cairn.client.casualty.CasualtyException;
import dev.cairn.client.casualty.CasualtyReader;
import dev.cairn.client.casualty.CasualtyValues;
import dev.cairn.client.casualty.CasualtyWriter;
import dev.cairn.client.casualty.SetExpression;
import dev.cairn.client.courier.CourierDoor;
import dev.cairn.client.held.Fact;
import dev.cairn.client.held.HeldDoor;
import dev.cairn.client.store.EncryptedStore;
import dev.cairn.client.store.SealedRows;
import dev.cairn.client.store.Table;
import dev.cairn.client.sync.FirstContact;
import dev.cairn.client.sync.SyncDoor;
import dev.cairn.client.transport.Request;
import dev.cairn.client.vault.VaultDoor;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.http.LogAccount;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.suite.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client's own: what it reads back, what a server answers it, what people hand it. */
class ClientFuzzTest {

  private static final Secret MASTER = Secret.copyOf(Known.filled(3, 32));
  private static final Path FILE = file();
  private static final AttachmentId ATTACHMENT = AttachmentId.of(new byte[32]);

  private static Path file() {
    try {
      Path file = Files.createTempFile("cairn-fuzz", "");
      file.toFile().deleteOnExit();
      Files.write(file, new byte[300_000]);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every row of a store is this one, as if somebody with the key had written it. */
  @FuzzTest
  void storedRow_ofAnyBytes_isReadOrRefused(byte[] input) {
    Trial.within(
        input,
        () -> {
          EncryptedStore store = new EncryptedStore(new MemoryRows(), MASTER, Known.CHANCE);
          store.change(rows -> everywhere(rows, input));
          for (List<HeldDoor.Reader> readers :
              List.of(
                  HeldDoor.readers(Map.of(0L, Known.LOG), VaultDoor.keys()),
                  SyncDoor.readers(),
                  CourierDoor.readers())) {
            for (HeldDoor.Reader reader : readers) {
              Trial.of(() -> store.read(rows -> read(reader, rows)));
            }
          }
          Trial.of(() -> store.read(SealedRows::altered));
        });
  }

  private static boolean read(HeldDoor.Reader reader, SealedRows rows) throws CairnException {
    reader.read(rows);
    return true;
  }

  private static void everywhere(SealedRows rows, byte[] row) throws CairnException {
    for (Fact fact : Fact.values()) {
      fact.put(rows, row);
    }
    for (Table table : Table.values()) {
      try {
        rows.put(table, new byte[32], row);
      } catch (IllegalArgumentException counted) {
        rows.put(table, 0, row);
      }
    }
  }

  @FuzzTest
  void vaultFile_ofAnyBytes_opensOrIsRefused(byte[] input) {
    Trial.within(
        input,
        () -> {
          Trial.of(() -> VaultDoor.slot(FILE, input));
          Trial.of(() -> VaultDoor.ring(FILE, input));
          Trial.of(() -> VaultDoor.ring(FILE, VaultDoor.sealed(input)));
        });
  }

  /** A server that answers as it likes, to whoever asks in good faith. */
  @FuzzTest
  void answersOfAServer_ofAnyKind_endInACairnException(byte[] input) {
    Trial.within(
        input,
        () -> {
          Trial.of(
              () -> FirstContact.roster(new Answering(input), Known.SPACE_OF_ROSTER, Known.AUTHOR));
          Trial.of(() -> Refusals.of(new Answering(input).open(Request.of("GET", "/"))));
          Trial.of(() -> AttachmentDoor.shown(new Answering(input), ATTACHMENT, FILE));
        });
    Trial.of(() -> upload(new Answering(input)));
  }

  private static boolean upload(Answering server) throws CairnException {
    new TusUpload(server, server::open, Known.SPACE_OF_ROSTER)
        .send(
            ATTACHMENT,
            FILE,
            Optional.empty(),
            address -> Trial.holds(address.length() <= 4096, "an address that no row holds"),
            (bytes, total) -> {});
    return true;
  }

  /** What came of another program, read, written, and read again. */
  @FuzzTest
  void accountOfALog_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(
        input, () -> Trial.same(input, LogAccount.decode(input).encode(), "account of a log"));
  }

  @FuzzTest
  void casualtyJson_ofAnyBytes_isReadOrRefusedLineByLine(byte[] input) {
    Trial.within(
        4 * input.length,
        () -> {
          CasualtyReader reader = new CasualtyReader(new ByteArrayInputStream(input));
          for (Optional<CasualtyReader.Line> line = reader.next();
              line.isPresent();
              line = reader.next()) {
            if (line.get() instanceof CasualtyReader.Line.Accepted accepted) {
              written(accepted.operations());
            }
          }
          Trial.of(() -> CasualtyReader.document(new ByteArrayInputStream(input)));
        });
  }

  private static void written(List<Operation> operations) throws IOException {
    for (Operation operation : operations) {
      Operations.encode(operation);
    }
    String json = CasualtyWriter.write(CasualtyValues.of(operations));
    try {
      List<Operation> again =
          CasualtyReader.document(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
      Trial.same(json, CasualtyWriter.write(CasualtyValues.of(again)), "JSON written again");
    } catch (CasualtyException refused) {
      throw new AssertionError("what was read and written is refused: " + json, refused);
    }
  }

  @FuzzTest
  void setExpression_ofAnyText_isReadOrRefused(byte[] input) {
    List<String> lines = new Input(input).lines();
    Trial.within(
        4 * input.length,
        () -> {
          for (Operation operation : SetExpression.forNew(lines)) {
            Operations.encode(operation);
          }
        });
  }
}
