package dev.cairn.client.casualty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripPropertyTest {

  private static final int ROUNDS = 1000;

  private static List<Operation> overTheWire(List<Operation> operations) throws Exception {
    CborWriter writer = new CborWriter();
    Operations.writeAll(operations, writer);
    List<Operation> read = Operations.readAll(CborReader.of(writer.toBytes()));
    assertThat(read).noneMatch(operation -> operation instanceof Operation.Unknown);
    return read;
  }

  @Test
  void document_importedAndExported_isTheSameToTheOrderOfKeys() throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      String line = JsonWriting.text(new RandomDocuments(seed).next());

      String exported =
          CasualtyWriter.write(CasualtyValues.of(overTheWire(CasualtyReaderTest.accepted(line))));

      assertThat(exported).as("seed %d", seed).isEqualTo(line);
    }
  }

  @Test
  void document_exportedAndImportedAgain_givesTheSameOperations() throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      String line = JsonWriting.text(new RandomDocuments(seed).next());
      List<Operation> operations = CasualtyReaderTest.accepted(line);

      String exported = CasualtyWriter.write(CasualtyValues.of(operations));

      assertThat(CasualtyReaderTest.accepted(exported)).as("seed %d", seed).isEqualTo(operations);
    }
  }
}
