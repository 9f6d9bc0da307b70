package dev.cairn.cli.travel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.client.attachment.AttachmentTrouble;
import dev.cairn.client.attachment.AttachmentTrouble.Weight;
import dev.cairn.client.sync.SyncResult;
import dev.cairn.protocol.id.AttachmentId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With what a sync ends that was refused something. */
final class SyncExitTest {

  private static int exit(String... refused) {
    return SyncCommand.exit(SyncResult.NOTHING.refusing(List.of(refused)));
  }

  private static AttachmentTrouble file(Weight weight) {
    AttachmentId id = AttachmentId.of(new byte[AttachmentId.SIZE_BYTES]);
    return new AttachmentTrouble(id, weight, "any", "any");
  }

  @Test
  void nothingRefused_isDone() {
    assertThat(exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server.busy",
        "server.closing",
        "server.failed",
        "server.status-502",
        "request.too-many",
        "log.refilling",
        "store.full",
        "store.failed"
      })
  void whatPasses_isToBeTriedLater(String code) {
    assertThat(exit(code)).isEqualTo(75);
    assertThat(exit("server.busy", code)).isEqualTo(75);
  }

  @ParameterizedTest
  @ValueSource(strings = {"feed.gap", "quota.device", "server.status-404", "server.lies"})
  void whatDoesNotPass_weighsMore(String code) {
    assertThat(exit(code)).isEqualTo(3);
    assertThat(exit("server.busy", code)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.busy", "feed.gap"})
  void fileThatIsRefused_weighsMore(String code) {
    SyncResult result = SyncResult.NOTHING.refusing(List.of(code));
    assertThat(SyncCommand.exit(result.lacking(List.of(file(Weight.REFUSED))))).isEqualTo(3);
  }

  @Test
  void fileThatHasNotComeYet_weighsLess() {
    SyncResult result = SyncResult.NOTHING.refusing(List.of("server.busy"));
    assertThat(SyncCommand.exit(result.lacking(List.of(file(Weight.NOTED))))).isEqualTo(75);
  }
}
