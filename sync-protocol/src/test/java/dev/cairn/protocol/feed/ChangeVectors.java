package dev.cairn.protocol.feed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.envelope.Padme;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.frame.FrameWriter;
import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.protocol.vectors.PublishedVectors;
import dev.cairn.protocol.vectors.VectorJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code change-1.json}: a session statement and two changes to two circles, with every key and
 * every step between. Another implementation begins here.
 *
 * <p>The bodies are packed as stored deflate blocks, so that the file does not depend on one
 * compressor; {@code compressed} is a body as one compressor packed it, kept as it is.
 */
public final class ChangeVectors {

  private final SigningKey device = SigningKey.of(Secret.take(bytes(0x11, 32)));
  private final SpaceId space = SpaceId.of(bytes(0x22, 32));
  private final EncryptionKey epochOfFirst = EncryptionKey.of(Secret.take(bytes(0x33, 32)));
  private final EncryptionKey epochOfSecond = EncryptionKey.of(Secret.take(bytes(0x34, 32)));
  private final List<EpochKey> epochs =
      List.of(epoch(0x41, 0x51, epochOfFirst), epoch(0x42, 0x52, epochOfSecond));
  private final Audience audience = Audience.of(epochs.get(0).circle(), epochs.get(1).circle());
  private final Secret ck0 = Secret.take(bytes(0x61, 32));

  private ChangeVectors() {}

  public static ObjectNode make() throws Exception {
    return new ChangeVectors().vector();
  }

  private ObjectNode vector() throws Exception {
    Change statement = session();
    SealingRatchet ratchet = new SealingRatchet(Secret.copyOf(ck0.expose()));
    Change first = sealed(ratchet, firstPrefix(statement), firstBody());
    Change second = sealed(ratchet, secondPrefix(first), secondBody());
    ObjectNode vector = VectorJson.object();
    vector.put("about", "PROTOCOL.md sections 2, 3 and 6; all bytes in hexadecimal digits");
    vector.put("space", space.toString());
    vector.put("deviceSeed", Hex.encode(device.seed().expose()));
    vector.put("device", device.verifyingKey().toString());
    vector.set("epochs", epochNodes());
    vector.put("ck0", Hex.encode(ck0.expose()));
    vector.set("session", described(statement));
    ArrayNode changes = vector.putArray("changes");
    Secret ck1 = ChainKey.next(ck0);
    changes.add(keys(described(first), ck0, first, firstBody()));
    changes.add(keys(described(second), ck1, second, secondBody()));
    Frame frame = Frame.of(List.of(statement, first, second));
    vector.put("frame", Hex.encode(new FrameWriter().write(frame)));
    vector.put("frameOfTheLast", Hex.encode(new FrameWriter().write(Frame.of(List.of(second)))));
    byte[] wire = new EntryWriter().write(new Entry.OfFrame(frame, List.of(7L, 8L, 12L)));
    vector.put("entry", Hex.encode(Arrays.copyOfRange(wire, 3, wire.length)));
    vector.put("wire", Hex.encode(wire));
    vector.set("compressed", PublishedVectors.own("change-1.json").get("compressed"));
    return vector;
  }

  private ArrayNode epochNodes() {
    ArrayNode nodes = VectorJson.array();
    List<EncryptionKey> keys = List.of(epochOfFirst, epochOfSecond);
    for (int i = 0; i < keys.size(); i++) {
      ObjectNode node = nodes.addObject();
      node.put("circle", epochs.get(i).circle().toString());
      node.put("epoch", epochs.get(i).epoch().toString());
      node.put("seed", Hex.encode(keys.get(i).seed().expose()));
      node.put("publicKey", Hex.encode(keys.get(i).publicKey().bytes()));
    }
    return nodes;
  }

  private static ObjectNode described(Change change) {
    ObjectNode node = VectorJson.object();
    node.put("prefix", Hex.encode(change.prefix().bytes()));
    node.put("payload", Hex.encode(change.payload()));
    node.put("id", change.id().toString());
    node.put("leaf", Hex.encode(change.leaf().encode()));
    node.put("leafHash", change.leafHash().toString());
    byte[] toBeSigned = CoseSign1.toBeSigned(MessageType.CHANGE, change.payload());
    node.put("toBeSigned", Hex.encode(toBeSigned));
    node.put("signature", Hex.encode(change.signature().get().bytes()));
    return node;
  }

  private static ObjectNode keys(ObjectNode node, Secret chainKey, Change change, Body body) {
    MessageKey key = MessageKey.derive(chainKey, change.prefix().bytes());
    node.put("ck", Hex.encode(chainKey.expose()));
    node.put("mk", Hex.encode(key.secret().expose()));
    node.put("commitment", key.commitment().toString());
    node.put("record", body.record().orElseGet(key::recordId).toString());
    node.put("body", Hex.encode(body.encode()));
    node.put("paddedBody", Hex.encode(stored(body.encode())));
    node.put("ciphertext", Hex.encode(change.ciphertext().get().bytes()));
    return node;
  }

  private Change session() throws MalformedException {
    List<Opening> openings = new ArrayList<>();
    int fill = 0x71;
    for (EpochKey epoch : epochs) {
      int each = fill++;
      openings.add(
          SessionOpening.seal(
              ck0, space, author(), epoch, array -> Arrays.fill(array, (byte) each)));
    }
    Prefix prefix =
        prefix(1, List.of(), 0x81)
            .session(ChainKey.sessionId(ck0))
            .rosterHeads(List.of(StatementId.of(bytes(0x91, 32))))
            .openings(openings)
            .build();
    return ChangeSignature.sign(Change.ofSession(prefix), device);
  }

  private PrefixBuilder firstPrefix(Change statement) {
    return prefix(2, List.of(statement.id()), 0x82)
        .rosterHeads(List.of(StatementId.of(bytes(0x91, 32))))
        .index(0);
  }

  private PrefixBuilder secondPrefix(Change first) {
    return prefix(3, List.of(first.id()), 0x83)
        .rosterHeads(List.of(StatementId.of(bytes(0x91, 32)), StatementId.of(bytes(0x92, 32))))
        .checkpoint(new CheckpointRef(0, 1_000, Digest.of(bytes(0xa1, 32))))
        .attachments(List.of(new AttachmentRef(AttachmentId.of(bytes(0xb1, 32)), 65_608)))
        .index(1);
  }

  private PrefixBuilder prefix(long sequence, List<ChangeId> previous, int salt) {
    return Prefix.builder()
        .space(space)
        .device(author())
        .place(sequence, previous)
        .audience(audience)
        .audiencePlace(sequence, previous)
        .salt(Salt.of(bytes(salt, Salt.SIZE_BYTES)));
  }

  private Change sealed(SealingRatchet ratchet, PrefixBuilder builder, Body body)
      throws MalformedException {
    Prefix prefix = builder.session(ratchet.session()).build();
    SealingRatchet.Sealed sealed = ratchet.seal(prefix.bytes(), stored(body.encode()));
    Tail tail = Tail.of(sealed.commitment(), sealed.ciphertext());
    return ChangeSignature.sign(Change.of(prefix, tail), device)
        .withCiphertext(sealed.ciphertext());
  }

  private static Body firstBody() {
    return new Body(
        Optional.empty(),
        1,
        List.of(),
        1_741_305_600_000L << 16,
        -42,
        List.of(new Operation.Note("Seen from the roof, about noon.")));
  }

  private static Body secondBody() {
    return new Body(
        Optional.of(RecordId.of(bytes(0xc1, 16))),
        1,
        List.of(ChangeId.of(bytes(0xd1, 32))),
        (1_741_305_600_001L << 16) + 3,
        0,
        List.of(new Operation.Note("\u0634\u0648\u0647\u062f"), new Operation.Comment("later")));
  }

  /** Padded body with one stored deflate block (RFC 1951 section 3.2.4). */
  private static byte[] stored(byte[] body) {
    byte[] padded = new byte[(int) Padme.length(1 + 5 + body.length)];
    int at = 0;
    padded[at++] = 1;
    padded[at++] = 1;
    padded[at++] = (byte) body.length;
    padded[at++] = (byte) (body.length >> 8);
    padded[at++] = (byte) ~body.length;
    padded[at++] = (byte) (~body.length >> 8);
    System.arraycopy(body, 0, padded, at, body.length);
    return padded;
  }

  private DeviceId author() {
    return DeviceId.of(device.verifyingKey().bytes());
  }

  private static EpochKey epoch(int circle, int epoch, EncryptionKey key) {
    return new EpochKey(
        CircleId.of(bytes(circle, 16)), EpochId.of(bytes(epoch, 32)), key.publicKey());
  }

  private static byte[] bytes(int fill, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) fill);
    return bytes;
  }
}
