package dev.cairn.client.capture;

import dev.cairn.client.held.Message;
import dev.cairn.client.held.RecordEntry;
import dev.cairn.client.report.Question;
import dev.cairn.client.report.SettledField;
import dev.cairn.client.report.WithdrawnChange;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What coordinators told this device of one record.
 *
 * @param questions oldest first
 * @param decisions oldest first
 * @param withdrawals oldest first
 */
record Told(
    List<Question> questions, List<SettledField> decisions, List<WithdrawnChange> withdrawals) {

  /**
   * Sorts what was told.
   *
   * @param messages about any record, oldest first
   */
  static Told of(List<Message> messages, RecordEntry entry) {
    Set<ChangeId> undone = new HashSet<>();
    for (Message message : messages) {
      for (Operation operation : message.told()) {
        if (operation instanceof Operation.UndoDecision undo) {
          undone.add(undo.decision());
        }
      }
    }
    Told told = new Told(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Message message : messages) {
      if (message.record().equals(entry.record())) {
        told.add(message, entry, undone.contains(message.id()));
      }
    }
    return told;
  }

  private void add(Message message, RecordEntry entry, boolean undone) {
    long millis = Hlc.millis(message.clock());
    for (Operation operation : message.told()) {
      if (operation instanceof Operation.Ask ask) {
        boolean answered = !entry.unanswered().contains(message.id());
        questions.add(new Question(message.id(), ask.text(), message.from(), millis, answered));
      } else if (operation instanceof Operation.Decide decide) {
        decisions.add(
            new SettledField(
                message.id(),
                decide.field(),
                decide.outcome(),
                decide.reason(),
                message.from(),
                millis,
                undone));
      } else if (operation instanceof Operation.Erase erase) {
        withdrawals.add(
            new WithdrawnChange(
                message.id(), erase.erased(), erase.reason(), message.from(), millis));
      }
    }
  }
}
