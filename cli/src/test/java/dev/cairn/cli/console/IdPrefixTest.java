package dev.cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.RefusedException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class IdPrefixTest {

  private static final List<String> IDS = List.of("4f2a", "4f91", "c001");

  private static String find(String prefix) throws RefusedException {
    return IdPrefix.find(prefix, IDS, Function.identity(), "device");
  }

  @Test
  void find_uniqueBeginning_findsTheOne() throws RefusedException {
    assertThat(find("c")).isEqualTo("c001");
  }

  @Test
  void find_capitals_findsTheSame() throws RefusedException {
    assertThat(find("4F2")).isEqualTo("4f2a");
  }

  @Test
  void find_sharedBeginning_isAmbiguous() {
    assertThatThrownBy(() -> find("4f"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("device.ambiguous"));
  }

  @Test
  void find_nothing_isUnknown() {
    assertThatThrownBy(() -> find("77"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("device.unknown"));
  }

  @Test
  void find_empty_isUnknown() {
    assertThatThrownBy(() -> find(""))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("device.unknown"));
  }
}
