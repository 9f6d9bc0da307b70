package dev.cairn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Two people change one field, each without knowing of the other; a coordinator settles it. */
final class ReviewScene implements Scene {

  @Override
  public String title() {
    return "A conflict with its signers, a decision, and a question that goes back";
  }

  @Override
  public void play(Stage stage) throws DemoFailure {
    JsonNode conflict = conflicts(stage);
    decide(stage, conflict, stage.omarsEdit());
    ask(stage);
  }

  private static JsonNode conflicts(Stage stage) throws DemoFailure {
    stage
        .narration()
        .says("Karim links what Omar and Yara told of the same morning; a link merges nothing.");
    Outcome outcome =
        stage
            .workshop()
            .together(List.of(stage.about(Cast.LINA, "review", "conflicts"), link(stage)))
            .get(0);
    JsonNode ours = outcome.json().path(-1);
    for (JsonNode conflict : outcome.json()) {
      String record = conflict.path("record").asText();
      String field = conflict.path("field").asText();
      stage.verdict().conflict(record, field, conflict.path("values").size());
      tell(stage, conflict);
      if (record.equals(stage.baniyas()) && field.equals(CrossingScene.FIELD)) {
        ours = conflict;
      }
    }
    stage
        .verdict()
        .check(
            ours.path("values").size() >= 2 && signers(ours) >= 2,
            "both values stand, each with its signer");
    stage
        .verdict()
        .check(
            outcome.json().findValuesAsText("record").stream().noneMatch(stage.coast()::equals),
            "the published figures of the coast are no conflict");
    return ours;
  }

  private static void tell(Stage stage, JsonNode conflict) {
    stage
        .narration()
        .result(conflict.path("field").asText() + " of " + conflict.path("record").asText());
    for (JsonNode value : conflict.path("values")) {
      stage
          .narration()
          .result(
              "  "
                  + value.path("value")
                  + " signed by device "
                  + value.path("device").asText()
                  + " in change "
                  + value.path("change").asText());
    }
  }

  private static int revisions(JsonNode record) {
    for (JsonNode field : record.path("fields")) {
      if (field.path("field").asText().equals(CrossingScene.FIELD)) {
        return field.path("said").size();
      }
    }
    return 0;
  }

  private static long signers(JsonNode conflict) {
    Set<String> members = new HashSet<>();
    conflict.path("values").forEach(value -> members.add(value.path("member").asText()));
    return members.size();
  }

  private static List<String> link(Stage stage) {
    return stage.about(
        Cast.KARIM, "review", "link", stage.baniyas(), stage.baniyasByYara(), "--as", "same-as");
  }

  private static void decide(Stage stage, JsonNode conflict, String chosen) throws DemoFailure {
    stage
        .workshop()
        .run(
            stage.about(
                Cast.LINA,
                "review",
                "resolve",
                conflict.path("record").asText(),
                CrossingScene.FIELD,
                "--choose",
                chosen,
                "--reason",
                "Omar was there and counted again"));
    Outcome left = stage.workshop().run(stage.about(Cast.LINA, "review", "conflicts"));
    boolean settled = true;
    for (JsonNode other : left.json()) {
      settled &=
          !(other.path("record").equals(conflict.path("record"))
              && other.path("field").asText().equals(CrossingScene.FIELD));
    }
    stage.verdict().check(settled, "a signed decision settles it");
  }

  private static void ask(Stage stage) throws DemoFailure {
    Workshop workshop = stage.workshop();
    workshop.run(
        stage.about(
            Cast.LINA,
            "review",
            "send-back",
            stage.baniyas(),
            "--ask",
            "هل رأيت القتلى بنفسك أم سمعت عنهم؟"));
    workshop.run(stage.sync(Cast.LINA));
    workshop.together(List.of(stage.sync(Cast.OMAR), stage.sync(Cast.KARIM)));
    Outcome shown = workshop.run(stage.about(Cast.OMAR, "report", "show", stage.baniyas()));
    JsonNode question = shown.json().path("questions").path(0);
    stage
        .verdict()
        .check(
            !question.path("ask").asText().isEmpty(),
            "the question reached Omar's phone: " + question.path("ask").asText());
    String answer = "رأيت ستة بنفسي، والباقي من الجيران.";
    workshop.run(
        stage.about(
            Cast.OMAR,
            "report",
            "answer",
            stage.baniyas(),
            question.path("id").asText(),
            "--text",
            answer));
    workshop.run(stage.sync(Cast.OMAR));
    workshop.run(stage.sync(Cast.LINA));
    List<Outcome> last =
        workshop.together(
            List.of(
                stage.about(Cast.LINA, "review", "show", stage.baniyas()), stage.sync(Cast.KARIM)));
    stage
        .verdict()
        .check(last.get(0).stdout().contains(answer), "the answer is on the coordinator's desk");
    stage
        .verdict()
        .check(
            revisions(last.get(0).json()) >= 2,
            "what was not chosen stays visible, with who said it");
    if (last.get(1).number("pushed") > 0) {
      workshop.run(stage.sync(Cast.LINA));
    }
  }
}
