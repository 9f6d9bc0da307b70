package dev.cairn.protocol.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.merge.RandomHistory.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleTest {

  private static CborValue part(CborValue state, int part) {
    return ((CborArray) state).items().get(part);
  }

  @ParameterizedTest
  @CsvSource({"TAME,4,300", "TAME,12,300", "WILD,4,400", "WILD,14,700", "WILD,40,60"})
  void merge_ofRandomHistories_isWhatSectionNineSays(Kind kind, int size, int count)
      throws MalformedException {
    for (long seed = 0; seed < count; seed++) {
      RandomHistory history = new RandomHistory(seed, size, kind);

      byte[] merged = RecordMerge.merge(history.changes, history.erasures(), history).canonical();

      CborValue expected =
          new Oracle(history.changes, history.labels, history).canonical(Story.record(1).bytes());
      for (int part = 0; part < 11; part++) {
        assertThat(part(CborValue.decode(merged), part))
            .as("seed %d part %d", seed, part)
            .isEqualTo(part(expected, part));
      }
      assertThat(merged).isEqualTo(expected.encode());
    }
  }
}
