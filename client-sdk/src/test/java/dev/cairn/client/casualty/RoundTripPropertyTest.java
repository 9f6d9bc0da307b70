package dev.cairn.client.casualty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborReader;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundTripPropertyTest {

  private static final int ROUNDS = 400;

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

  @Test
  void document_withBytesChanged_isRefusedOrExportedAsItIs() throws Exception {
    Random random = new Random(5);
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] line =
          JsonWriting.text(new RandomDocuments(seed).next()).getBytes(StandardCharsets.UTF_8);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        byte[] signs = "{}[]\",:0-9.eN\\u\u00e9 tfn".getBytes(StandardCharsets.UTF_8);
        line[random.nextInt(line.length)] = signs[random.nextInt(signs.length)];
      }
      for (CasualtyReader.Line read : CasualtyReaderTest.lines(line)) {
        if (read instanceof CasualtyReader.Line.Accepted accepted) {
          assertThat(CasualtyWriter.write(CasualtyValues.of(overTheWire(accepted.operations()))))
              .as("seed %d", seed)
              .isEqualTo(JsonWriting.text(JsonReading.read(line, 0, line.length)));
        }
      }
    }
  }

  @Test
  void shape_ofAnything_hidesNoValueThatIsStated() throws Exception {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Operation> operations = new ArrayList<>(accepted(new RandomDocuments(seed).next()));
      operations.removeIf(RoundTripPropertyTest::isShape);
      accepted(new RandomDocuments(seed + ROUNDS).next()).stream()
          .filter(RoundTripPropertyTest::isShape)
          .forEach(operations::add);

      String exported = CasualtyWriter.write(CasualtyValues.of(operations));

      Set<Operation> again = new HashSet<>(CasualtyReaderTest.accepted(exported));
      operations.removeIf(RoundTripPropertyTest::isShape);
      assertThat(again.containsAll(operations)).as("seed %d", seed).isTrue();
    }
  }

  private static List<Operation> accepted(Json.Members document) {
    return CasualtyReaderTest.accepted(JsonWriting.text(document));
  }

  private static boolean isShape(Operation operation) {
    return operation.about().equals(Optional.of(Field.of(KnownField.SHAPE)));
  }
}
