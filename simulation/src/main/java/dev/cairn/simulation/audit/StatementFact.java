package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A statement as the auditor reads it itself, signatures and all. */
final class StatementFact {

  static final int GENESIS = 1;
  static final int INVITATION = 2;
  static final int ADMISSION = 3;
  static final int CONFIRMATION = 4;
  static final int SUSPENSION = 5;
  static final int EPOCH = 6;
  static final int GRANT = 7;
  static final int GENERATION = 9;
  static final int REPLACEMENT = 10;
  static final int RELEASE = 11;

  private static final String TYPE = "cairn/1/statement";

  final StatementId id;
  final long kind;
  final Cbor.Item content;
  final byte[] salt;
  final Set<DeviceId> signers = new TreeSet<>();
  private final byte[] payload;
  private final List<Cbor.Item> signatures;

  private StatementFact(byte[] signed) {
    Cbor.Item object = Cbor.read(signed);
    payload = object.at(2).bytes();
    signatures = object.at(3).list();
    Cbor.Item told = Cbor.read(payload);
    id = StatementId.of(Hashes.labelled("cairn/1/statement-id", payload));
    kind = told.get(3).number();
    content = told.get(6);
    salt = told.get(5).bytes();
    told.get(7).list().forEach(signer -> signers.add(DeviceId.of(signer.bytes())));
  }

  /**
   * Reads a signed statement.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static StatementFact read(byte[] signed) {
    return new StatementFact(signed.clone());
  }

  /** The device that signed it, where only one key may; the lowest otherwise. */
  DeviceId signer() {
    return signers.iterator().next();
  }

  /** The devices that it names, whoever signed it first. */
  Set<DeviceId> named() {
    Set<DeviceId> named = new TreeSet<>(signers);
    switch ((int) kind) {
      case CONFIRMATION, SUSPENSION, RELEASE -> named.add(DeviceId.of(content.get(1).bytes()));
      case GRANT -> named.add(DeviceId.of(content.get(2).bytes()));
      case EPOCH -> content.get(3).list().forEach(to -> named.add(DeviceId.of(to.at(0).bytes())));
      default -> {
        // Nobody but who signed it.
      }
    }
    return named;
  }

  /** The leaf it must have in a log. */
  byte[] leaf() {
    return Hashes.leafOfStatement(payload);
  }

  /** Whether every signer that it names signed it. */
  boolean isSigned() {
    Set<DeviceId> left = new TreeSet<>(signers);
    for (Cbor.Item signature : signatures) {
      byte[] header = signature.at(0).bytes();
      DeviceId signer = DeviceId.of(Cbor.read(header).get(4).bytes());
      if (!Ed25519Check.holds(signer.bytes(), toBeSigned(header), signature.at(2).bytes())) {
        return false;
      }
      left.remove(signer);
    }
    return left.isEmpty();
  }

  private byte[] toBeSigned(byte[] header) {
    byte[] type = TYPE.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    outer.write(0xa1);
    outer.write(0x10);
    outer.write(0x60 + type.length);
    outer.writeBytes(type);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x85);
    out.write(0x69);
    out.writeBytes("Signature".getBytes(StandardCharsets.US_ASCII));
    Hashes.writeBytes(out, outer.toByteArray());
    Hashes.writeBytes(out, header);
    Hashes.writeBytes(out, type);
    Hashes.writeBytes(out, payload);
    return out.toByteArray();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StatementFact fact && id.equals(fact.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "statement " + Names.of(id) + " of kind " + kind;
  }

  static List<StatementId> ids(Cbor.Item list) {
    List<StatementId> ids = new ArrayList<>();
    list.list().forEach(each -> ids.add(StatementId.of(each.bytes())));
    return ids;
  }
}
