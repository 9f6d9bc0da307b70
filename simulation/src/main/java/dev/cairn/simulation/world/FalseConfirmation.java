package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Circles;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.Prefix;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.server.ledger.LedgerView;
import dev.cairn.simulation.audit.Saying;
import java.util.List;
import java.util.Optional;

/**
 * A device that is no desk tells another that its change was opened, in a notice as desks write
 * them: whoever believes it lets go of the only body there may be.
 */
final class FalseConfirmation {

  private final Stage stage;
  private final RogueFeed feed;

  FalseConfirmation(Stage stage, RogueFeed feed) {
    this.stage = stage;
    this.feed = feed;
  }

  /** Tells it to who spoke last of those whose words are in the log. */
  void say() throws CairnException {
    for (int i = stage.sayings.size() - 1; i >= 0 && stage.server.isUp(); i--) {
      Saying last = stage.sayings.get(i);
      Optional<Prefix> logged = logged(last.change());
      if (logged.isPresent()) {
        say(last, logged.get().sequence());
        return;
      }
    }
  }

  private Optional<Prefix> logged(ChangeId change) throws CairnException {
    try (LedgerView view = stage.server.ledger().store().view()) {
      return view.prefix(stage.space(), change);
    }
  }

  private void say(Saying target, long sequence) {
    Optional<EpochKey> reader =
        stage
            .server
            .ledger()
            .snapshot(stage.space())
            .orElseThrow()
            .roster()
            .writingKey(Circles.device(target.device()));
    if (reader.isPresent()) {
      stage.trace.fault(Fault.DEVICE_CONFIRMS);
      Operation word = new Operation.Confirm(target.device(), sequence, target.change(), List.of());
      long kind = RecordKind.DEVICE_NOTICE.code();
      Body notice = new Body(Optional.empty(), kind, List.of(), feed.clock(), 0, List.of(word));
      feed.send(feed.write(reader.get(), Content.of(notice)));
    }
  }
}
