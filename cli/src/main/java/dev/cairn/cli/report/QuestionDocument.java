package dev.cairn.cli.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.client.report.Question;
import java.time.Instant;
import java.util.List;

/** How a question to a reporter is told. */
final class QuestionDocument {

  private QuestionDocument() {}

  static void fill(ObjectNode node, Question question) {
    node.put("id", question.id().toString())
        .put("ask", question.ask())
        .put("from", question.from().toString())
        .put("time", time(question))
        .put("answered", question.answered());
  }

  static List<String> lines(Question question) {
    return List.of(
        "question " + question.id() + " (" + time(question) + ")",
        "  " + question.ask() + (question.answered() ? "  [answered]" : ""));
  }

  private static String time(Question question) {
    return Instant.ofEpochMilli(question.timeMillis()).toString();
  }
}
