package dev.cairn.protocol.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MeetingVectorsTest {

  private static JsonNode file;

  @BeforeAll
  static void make() throws Exception {
    file = MeetingVectors.make();
  }

  private static byte[] bytes(JsonNode node) throws CairnException {
    return Hex.decode(node.textValue());
  }

  private static RosterState held(String by) throws CairnException {
    List<Statement> statements = new ArrayList<>();
    for (JsonNode statement : file.required(by).required("statements")) {
      statements.add(Statement.decode(bytes(statement)));
    }
    return RosterState.fold(SpaceId.of(bytes(file.required("space"))), statements);
  }

  @Test
  void records_openUnderTheKeysAsTheyAreWritten() throws Exception {
    RecordKeys keys =
        new RecordKeys(
            Digest.of(bytes(file.required("transcript"))),
            Secret.take(bytes(file.required("callersKey"))),
            Secret.take(bytes(file.required("answerersKey"))));
    assertThat(file.required("fromAnswerer").size()).isEqualTo(file.required("fromCaller").size());
    byte[] last = new byte[0];
    for (JsonNode record : file.required("fromAnswerer")) {
      last = keys.open(bytes(record));
    }
    assertThat(WordCodec.decode(last)).isEqualTo(new Word.Over());
  }

  @Test
  void proofs_areJudgedAsTheyAreNamed() throws Exception {
    Digest transcript = Digest.of(bytes(file.required("transcript")));
    for (JsonNode each : file.required("proofs")) {
      boolean holds = true;
      try {
        MembershipProof.check(
            held("answerer"), transcript, Side.CALLER, bytes(each.required("proof")));
      } catch (CairnException refused) {
        holds = false;
      }
      assertThat(holds)
          .as(each.required("name").textValue())
          .isEqualTo(each.required("holds").booleanValue());
    }
  }

  @Test
  void words_areJudgedAsTheyAreNamed() throws Exception {
    for (JsonNode each : file.required("words")) {
      boolean holds = true;
      try {
        WordCodec.decode(bytes(each.required("word")));
      } catch (CairnException refused) {
        holds = false;
      }
      assertThat(holds)
          .as(each.required("name").textValue())
          .isEqualTo(each.required("holds").booleanValue());
    }
  }
}
