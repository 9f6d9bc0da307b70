package dev.cairn.client.casualty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every file of the folder that the system property {@code cairn.data} names, if it is there. */
class RealDataTest {

  private static List<Path> files() throws Exception {
    Path folder = Paths.get(System.getProperty("cairn.data", "../../shared/data"));
    assumeTrue(Files.isDirectory(folder), "no folder of real data: set -Dcairn.data=FOLDER");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).collect(Collectors.toList());
    }
  }

  @Test
  void incident_importedAndExported_isTheSameDocument() throws Exception {
    for (Path file : files()) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          List<Operation> operations = CasualtyReaderTest.accepted(line);

          String exported = CasualtyWriter.write(CasualtyValues.of(operations));

          assertThat(exported).isEqualTo(JsonWriting.text(JsonReading.read(line)));
        }
      }
    }
  }

  @Test
  void incident_ofTheCommonLayout_carriesNoShape() throws Exception {
    List<Operation> shapes = new ArrayList<>();
    for (Path file : files()) {
      CasualtyReader reader =
          new CasualtyReader(new ByteArrayInputStream(Files.readAllBytes(file)));
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        if (line.get() instanceof CasualtyReader.Line.Accepted accepted) {
          accepted.operations().stream()
              .filter(op -> op.about().equals(java.util.Optional.of(Field.of(KnownField.SHAPE))))
              .forEach(shapes::add);
        }
      }
    }
    assertThat(shapes).isEmpty();
  }
}
