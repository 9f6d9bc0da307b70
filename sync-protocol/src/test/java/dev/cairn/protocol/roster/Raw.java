package dev.cairn.protocol.roster;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Statements that the library would not write, properly signed. */
final class Raw {

  private final Organisation org;
  int suite = 1;
  byte[] space;
  int kind;
  List<StatementId> heads = new ArrayList<>();
  Consumer<CborWriter> content = writer -> {};
  List<DeviceId> signers = new ArrayList<>();
  boolean foreignField;

  Raw(Organisation org, StatementKind kind) {
    this.org = org;
    this.kind = kind.code();
    this.space = org.space().bytes();
    this.heads.add(org.founding.genesis().id());
  }

  Raw content(Consumer<CborWriter> fields) {
    this.content = fields;
    return this;
  }

  byte[] signed(SigningKey... keys) {
    if (signers.isEmpty()) {
      for (SigningKey key : keys) {
        signers.add(DeviceId.of(key.verifyingKey().bytes()));
      }
      signers.sort(null);
    }
    CborWriter writer = new CborWriter().map(foreignField ? 8 : 7);
    writer.uint(1).uint(suite).uint(2).bytes(space).uint(3).uint(kind);
    writer.uint(4).array(heads.size());
    heads.forEach(head -> writer.bytes(head.bytes()));
    writer.uint(5).bytes(org.randomness.bytes(16));
    writer.uint(6);
    content.accept(writer);
    writer.uint(7).array(signers.size());
    signers.forEach(signer -> writer.bytes(signer.bytes()));
    if (foreignField) {
      writer.uint(8).nul();
    }
    return CoseSign.sign(MessageType.STATEMENT, writer.toBytes(), List.of(keys)).encode();
  }
}
