package dev.cairn.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.server.limits.ServerLimits;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private final ByteBudget budget = new ByteBudget(100);

  @Test
  void shares_togetherAtTheLimit_haveRoom() {
    assertThat(budget.share().resize(40)).isTrue();
    assertThat(budget.share().resize(60)).isTrue();
  }

  @Test
  void share_oneByteTooMuch_refusedAndUnchanged() {
    budget.share().resize(40);
    assertThat(budget.share().resize(61)).isFalse();
    assertThat(budget.heldBytes()).isEqualTo(40);
  }

  @Test
  void share_closed_givesItsRoomBack() {
    ByteBudget.Share share = budget.share();
    share.resize(100);
    share.close();
    assertThat(budget.share().resize(100)).isTrue();
  }

  @Test
  void heap_large_onePartOfIt() {
    long heap = 100 * ServerLimits.BODIES_BYTES_MIN;
    ByteBudget.Share share = ByteBudget.ofHeap(heap).share();
    assertThat(share.resize(heap / ServerLimits.HEAP_PARTS)).isTrue();
    assertThat(share.resize(heap / ServerLimits.HEAP_PARTS + 1)).isFalse();
  }

  @Test
  void heap_small_roomForSomeBodies() {
    ByteBudget.Share share = ByteBudget.ofHeap(1).share();
    assertThat(share.resize(ServerLimits.BODIES_BYTES_MIN)).isTrue();
    assertThat(share.resize(ServerLimits.BODIES_BYTES_MIN + 1)).isFalse();
  }

  @Test
  void strangers_haveOnePart() {
    ByteBudget.Share share = budget.forStrangers().share();
    assertThat(share.resize(100 / ServerLimits.STRANGERS_PARTS)).isTrue();
    assertThat(share.resize(100 / ServerLimits.STRANGERS_PARTS + 1)).isFalse();
  }
}
