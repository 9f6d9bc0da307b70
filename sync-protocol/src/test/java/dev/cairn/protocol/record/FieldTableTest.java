package dev.cairn.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldTableTest {

  @Test
  void codesAndPaths_areEachUsedOnce() {
    Set<Object> names = new HashSet<>();
    for (KnownField known : KnownField.values()) {
      assertThat(names.add(known.code())).isTrue();
      assertThat(names.add(known.path())).isTrue();
    }
  }
}
