package dev.cairn.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.cairn.cli.console.Output;
import dev.cairn.client.Device;
import dev.cairn.client.casualty.CasualtyWriter;
import dev.cairn.client.report.Question;
import dev.cairn.client.report.ReportState;
import dev.cairn.desk.Desk;
import dev.cairn.desk.export.MergedValues;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Entry;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody else's report as this device has merged it. At a desk {@code review show} tells who said
 * what.
 */
final class MergedReport {

  private final RecordState state;
  private final ReportState come;
  private final MergedValues values;

  private MergedReport(RecordState state, ReportState come) {
    this.state = state;
    this.come = come;
    this.values = new MergedValues(state);
  }

  /** Of those that somebody reported; how far it has come only a desk can tell. */
  static MergedReport at(Device device, RecordId id) throws CairnException {
    boolean isDesk = device.profile().role().coordinates();
    for (RecordState state : Desk.reports(Desk.readable(device))) {
      if (state.record().equals(id)) {
        return new MergedReport(state, isDesk ? Desk.reportState(state) : ReportState.RECEIVED);
      }
    }
    throw new RefusedException("record.unknown", "no such report here");
  }

  /** With the keys that a reporter's own has, as far as a desk can answer them. */
  ObjectNode document() {
    ObjectNode document =
        Output.object()
            .put("record", state.record().toString())
            .put("state", come.word())
            .putNull("label")
            .put("sealed", false);
    ArrayNode list = document.putArray("questions");
    questions().forEach(question -> QuestionDocument.fill(list.addObject(), question));
    document.putRawValue("report", new RawValue(CasualtyWriter.write(values)));
    document.putRawValue("counts", new RawValue(CasualtyWriter.otherCounts(values)));
    return document;
  }

  /** The same for a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(state.record() + "  " + come.word());
    lines.add(CasualtyWriter.write(values));
    questions().forEach(question -> lines.addAll(QuestionDocument.lines(question)));
    return lines;
  }

  private List<Question> questions() {
    Set<ChangeId> answered = new HashSet<>();
    for (Entry entry : state.statements()) {
      if (entry.operation() instanceof Operation.Answer answer) {
        answered.add(answer.question());
      }
    }
    List<Question> questions = new ArrayList<>();
    for (Entry entry : state.statements()) {
      if (entry.operation() instanceof Operation.Ask ask) {
        ChangeId id = entry.origin().change();
        questions.add(
            new Question(
                id,
                ask.text(),
                entry.origin().device(),
                Hlc.millis(entry.origin().clock()),
                answered.contains(id)));
      }
    }
    return questions;
  }
}
