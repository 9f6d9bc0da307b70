package dev.cairn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.roster.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements of a kind that only a later version knows stop nobody. */
class NewerStatementTest extends ServerFixture {

  private Statement newer(TestDevice signer) throws Exception {
    CborWriter payload = new CborWriter().map(7).uint(1).uint(1).uint(2).bytes(space.id.bytes());
    payload.uint(3).uint(4711).uint(4).array(1).bytes(space.founding.genesis().id().bytes());
    payload.uint(5).bytes(new byte[16]).uint(6).text("of a later version");
    payload.uint(7).array(1).bytes(signer.id.bytes());
    return Statement.decode(
        CoseSign.sign(MessageType.STATEMENT, payload.toBytes(), List.of(signer.key)).encode());
  }

  @Test
  void push_ofACoordinator_logged() throws Exception {
    assertThat(push(space.owner, newer(space.owner)).positions).hasSize(1);
  }

  @Test
  void push_ofAReporter_refused() throws Exception {
    assertThat(refused(reporter, newer(reporter))).containsExactly("statement.no-authority");
  }
}
