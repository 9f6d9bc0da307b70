package dev.cairn.protocol.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.ServerAddress;
import dev.cairn.protocol.roster.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many statements an invitation file makes its reader take in. */
class InvitationPlaintextTest {

  private final Organisation org = new Organisation(47);
  private final Statement invitation = org.invite(org.coordinator(), Role.REPORTER);
  private final InvitationFile file =
      InvitationFile.of(
          org.state(),
          invitation.id(),
          org.oneTimeKey(invitation),
          new ServerAddress("http://cairn.example", null));

  /** A plaintext with one statement so many times. */
  private byte[] plaintext(int statements) {
    CborWriter writer = new CborWriter().map(4).uint(1).text(file.address().text());
    writer.uint(3).bytes(file.oneTimeKey().seed().expose());
    writer.uint(4).bytes(invitation.id().bytes());
    writer.uint(5).array(statements);
    byte[] encoded = invitation.encode();
    for (int i = 0; i < statements; i++) {
      writer.bytes(encoded);
    }
    return writer.toBytes();
  }

  /** How many statements are read. */
  private int read(byte[] plaintext) throws Exception {
    AtomicInteger read = new AtomicInteger();
    InvitationPlaintext.read(
        plaintext,
        (address, key, id, statements) -> {
          read.set(statements.size());
          return file;
        });
    return read.get();
  }

  @Test
  void statements_ofTheMost_areRead() throws Exception {
    assertThat(read(plaintext(Limits.INVITATION_STATEMENTS_MAX)))
        .isEqualTo(Limits.INVITATION_STATEMENTS_MAX);
  }

  @Test
  void statements_ofOneMore_areMalformed() {
    byte[] more = plaintext(Limits.INVITATION_STATEMENTS_MAX + 1);

    assertThatThrownBy(() -> read(more))
        .isInstanceOfSatisfying(
            MalformedException.class,
            refused -> assertThat(refused.code()).isEqualTo(MalformedException.CODE));
  }
}
