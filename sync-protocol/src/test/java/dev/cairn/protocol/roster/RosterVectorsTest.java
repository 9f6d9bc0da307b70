package dev.cairn.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.invitation.InvitationParts;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoveryShares;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.vectors.PublishedVectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors that other implementations are measured with are what this one does. */
class RosterVectorsTest {

  private static final String FILE = "roster-1.json";

  @Test
  void stories_readBack_foldToTheirState() throws Exception {
    JsonNode vectors = PublishedVectors.own("roster-2.json");
    List<Statement> statements = new ArrayList<>();
    for (JsonNode each : vectors.required("statements")) {
      statements.add(Statement.decode(Hex.decode(each.textValue())));
    }
    for (JsonNode published : vectors.required("cases")) {
      ObjectNode folded = published.deepCopy();
      folded.remove(List.of("verdicts", "heads", "devices", "circles"));
      List<Statement> held = new ArrayList<>();
      for (JsonNode number : published.required("statements")) {
        held.add(statements.get(number.intValue()));
      }
      SpaceId space = SpaceId.parse(published.required("space").textValue());
      RosterStories.tell(folded, RosterState.fold(space, held), held);

      assertThat(folded).isEqualTo(published);
    }
  }

  @Test
  void vectors_readBack_foldToTheirState() throws Exception {
    JsonNode vectors = PublishedVectors.own(FILE);
    List<Statement> statements = new ArrayList<>();
    for (JsonNode each : vectors.required("statements")) {
      statements.add(Statement.decode(PublishedVectors.bytes(each, "bytes")));
    }
    RosterState state =
        RosterState.fold(SpaceId.parse(vectors.required("space").textValue()), statements);

    for (int i = 0; i < statements.size(); i++) {
      assertThat(state.verdict(statements.get(i)).name())
          .isEqualTo(vectors.required("statements").get(i).required("verdict").textValue());
    }
  }

  @Test
  void files_readBack_leadToTheSpace() throws Exception {
    JsonNode vectors = PublishedVectors.own(FILE);
    JsonNode files = vectors.required("files");
    String space = vectors.required("space").textValue();
    JsonNode invitation = files.required("invitation");
    List<RecoveryShare> shares = new ArrayList<>();
    for (JsonNode share : files.required("recovery").required("shares_2_of_3")) {
      shares.add(RecoveryShare.parse(share.required("text").textValue()));
      assertThat(RecoveryShare.parse(share.required("words").textValue()))
          .isEqualTo(shares.get(shares.size() - 1));
    }

    assertThat(
            InvitationFile.open(
                    PublishedVectors.bytes(invitation, "bytes"),
                    InvitationCode.parse(invitation.required("code").textValue()))
                .space())
        .hasToString(space);
    assertThat(
            RecoverySheet.parse(files.required("recovery").required("sheet").textValue()).space())
        .hasToString(space);
    assertThat(RecoveryShares.combine(shares.subList(1, 3)).sheet().print())
        .isEqualTo(files.required("recovery").required("sheet").textValue());
    assertThat(InvitationParts.join(parts(invitation.required("parts"))))
        .isEqualTo(PublishedVectors.bytes(invitation, "bytes"));
  }

  private static List<InvitationPart> parts(JsonNode texts) throws Exception {
    List<InvitationPart> parts = new ArrayList<>();
    for (JsonNode text : texts) {
      parts.add(InvitationPart.parse(text.textValue()));
    }
    return parts;
  }
}
