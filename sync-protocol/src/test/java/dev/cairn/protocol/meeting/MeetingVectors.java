package dev.cairn.protocol.meeting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.cose.CoseSign1;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.roster.Organisation;
import dev.cairn.protocol.roster.Person;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Digest;
import dev.cairn.protocol.suite.Hkdf;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.Secret;
import dev.cairn.protocol.suite.SeededRandomness;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.vectors.VectorJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@code meeting-1.json}: a meeting of two reporters, with every value on the way. */
public final class MeetingVectors {

  private final Organisation org = new Organisation(90);
  private final Person caller = org.member(org.coordinator(), Role.REPORTER);
  private final Person answerer = org.reporter();
  private final Person cutOff = org.reporter();
  private final RosterState callers = org.heldBy(caller);
  private final ObjectNode file = VectorJson.object();
  private Digest transcript = Digest.of(new byte[Digest.SIZE_BYTES]);

  private MeetingVectors() {}

  public static ObjectNode make() throws Exception {
    MeetingVectors vectors = new MeetingVectors();
    vectors.meeting();
    vectors.proofs();
    vectors.words();
    return vectors.file;
  }

  /** Remembers what was drawn. */
  private static final class Recorded implements Randomness {
    private final Randomness inner;
    private final List<byte[]> drawn = new ArrayList<>();

    Recorded(long seed) {
      inner = new SeededRandomness(seed);
    }

    @Override
    public void fill(byte[] bytes) {
      inner.fill(bytes);
      drawn.add(bytes.clone());
    }
  }

  private void meeting() throws Exception {
    Recorded callersChance = new Recorded(91);
    Recorded answerersChance = new Recorded(92);
    PeerStream calling = new PeerStream(Side.CALLER, callers, caller.signing(), callersChance);
    PeerStream answering =
        new PeerStream(Side.ANSWERER, org.heldBy(answerer), answerer.signing(), answerersChance);
    Conversation conversation = new Conversation(calling, answering, Integer.MAX_VALUE).run();
    calling.say(new Word.Over());
    conversation.run();
    answering.say(new Word.Over());
    conversation.run();
    file.put("about", "PROTOCOL.md, Phone to phone; bytes in hexadecimal digits");
    file.put("space", Hex.encode(org.space().bytes()));
    party("caller", caller, callers, callersChance);
    party("answerer", answerer, org.heldBy(answerer), answerersChance);
    Digest members = MembersKey.of(callers).orElseThrow();
    file.put("members", Hex.encode(members.bytes()));
    List<byte[]> there = messages(conversation.toAnswerer.toByteArray());
    List<byte[]> back = messages(conversation.toCaller.toByteArray());
    file.put("message1", Hex.encode(there.get(0)));
    file.put("message2", Hex.encode(back.get(0)));
    file.put("message3", Hex.encode(there.get(1)));
    transcript = Sha256.labelled("cairn/1/meeting", there.get(0), back.get(0), there.get(1));
    keys(answerersChance.drawn.get(1), callersChance.drawn.get(1), members);
    records("fromCaller", there.subList(2, there.size()));
    records("fromAnswerer", back.subList(1, back.size()));
  }

  private void party(String name, Person person, RosterState held, Recorded chance) {
    ObjectNode node = file.putObject(name);
    node.put("seed", Hex.encode(person.signing().seed().expose()));
    node.put("device", Hex.encode(person.id().bytes()));
    node.put("keySeed", Hex.encode(chance.drawn.get(0)));
    node.put("share", Hex.encode(chance.drawn.get(1)));
    statements(node.putArray("statements"), held.statements());
  }

  private static void statements(ArrayNode node, Collection<Statement> statements) {
    statements.forEach(statement -> node.add(Hex.encode(statement.encode())));
  }

  /** Without the line they begin with. */
  private static List<byte[]> messages(byte[] said) throws Exception {
    ByteStringStream strings = new ByteStringStream(Limits.MEETING_RECORD_BYTES_MAX + 16);
    strings.feed(said, 16, said.length - 16);
    List<byte[]> messages = new ArrayList<>();
    for (var next = strings.next(); next.isPresent(); next = strings.next()) {
      messages.add(next.get());
    }
    return messages;
  }

  private void keys(byte[] answerersShare, byte[] callersShare, Digest members) {
    byte[] input =
        ByteBuffer.allocate(96).put(answerersShare).put(callersShare).put(members.bytes()).array();
    byte[] salt = "cairn/1/meeting".getBytes(StandardCharsets.US_ASCII);
    Secret extracted = Hkdf.extract(salt, Secret.take(input));
    file.put("transcript", Hex.encode(transcript.bytes()));
    file.put("extracted", Hex.encode(extracted.expose()));
    file.put("callersKey", Hex.encode(key(extracted, "a to b")));
    file.put("answerersKey", Hex.encode(key(extracted, "b to a")));
  }

  private byte[] key(Secret extracted, String direction) {
    byte[] info =
        ByteBuffer.allocate(38)
            .put(direction.getBytes(StandardCharsets.US_ASCII))
            .put(transcript.bytes())
            .array();
    return Hkdf.expand(extracted, info, 32).expose();
  }

  private void records(String name, List<byte[]> records) {
    ArrayNode node = file.putArray(name);
    records.forEach(record -> node.add(Hex.encode(record)));
  }

  private void proofs() throws Exception {
    List<Statement> chain = org.state().membershipChain(caller.id());
    proof("as the caller makes it", true, chain, caller, caller, transcript, 0x0A);
    proof("in the role of who is called", false, chain, caller, caller, transcript, 0x0B);
    Digest other = Sha256.of(new byte[] {1});
    proof("of another meeting", false, chain, caller, caller, other, 0x0A);
    Person thief = org.person();
    proof("signed by another", false, chain, caller, thief, transcript, 0x0A);
    proof("with another's statements", false, chain, thief, thief, transcript, 0x0A);
    proof("without statements", false, List.of(), caller, caller, transcript, 0x0A);
    List<Statement> cut = new ArrayList<>(chain);
    cut.removeIf(statement -> statement.kind().name().equals("GENESIS"));
    proof("without what everybody holds", true, cut, caller, caller, transcript, 0x0A);
    List<Statement> more = new ArrayList<>(chain);
    more.add(org.suspend(org.owner(), cutOff));
    proof("with a suspension", false, more, caller, caller, transcript, 0x0A);
    Person newcomer = org.person();
    org.admit(org.invite(org.owner(), Role.REPORTER), newcomer);
    List<Statement> provisional = org.state().membershipChain(newcomer.id());
    proof("of who waits to be confirmed", true, provisional, newcomer, newcomer, transcript, 0x0A);
  }

  /** Each is shown to the answerer, who holds what he held in the meeting. */
  private void proof(
      String name,
      boolean holds,
      List<Statement> chain,
      Person named,
      Person signer,
      Digest signed,
      int role)
      throws Exception {
    ByteBuffer payload = ByteBuffer.allocate(33).put(signed.bytes()).put((byte) role);
    CborWriter writer = new CborWriter().array(3).array(chain.size());
    chain.forEach(statement -> writer.bytes(statement.encode()));
    byte[] proof =
        writer
            .bytes(named.id().bytes())
            .bytes(CoseSign1.signature(MessageType.MEETING, payload.array(), signer.signing()))
            .toBytes();
    ArrayNode proofs =
        file.has("proofs") ? (ArrayNode) file.get("proofs") : file.putArray("proofs");
    ObjectNode node = proofs.addObject().put("name", name).put("holds", holds);
    node.put("proof", Hex.encode(proof));
  }

  private void words() {
    Digest id = Sha256.of(new byte[] {7});
    word("over", true, WordCodec.encode(new Word.Over()));
    word("offer", true, WordCodec.encode(new Word.Offer(List.of(new Word.Offered(id, 5000)))));
    word("want", true, WordCodec.encode(new Word.Want(List.of(new Word.Wanted(0, 4999)))));
    word("piece", true, WordCodec.encode(new Word.Piece(Encoded.of(new byte[] {1, 2, 3}))));
    word("gone", true, WordCodec.encode(new Word.Gone()));
    word("over with more", false, new CborWriter().array(2).uint(0).uint(0).toBytes());
    word("offer of nothing", false, new CborWriter().array(2).uint(1).array(0).toBytes());
    word(
        "offer of no bytes",
        false,
        new CborWriter().array(2).uint(1).array(1).array(2).bytes(id.bytes()).uint(0).toBytes());
    word(
        "offer above a parcel",
        false,
        new CborWriter()
            .array(2)
            .uint(1)
            .array(1)
            .array(2)
            .bytes(id.bytes())
            .uint(Limits.PARCEL_BYTES_MAX + 1)
            .toBytes());
    word("want of nothing", false, new CborWriter().array(2).uint(2).array(0).toBytes());
    CborWriter twice = new CborWriter().array(2).uint(2).array(2);
    word("want twice", false, twice.array(2).uint(1).uint(0).array(2).uint(1).uint(0).toBytes());
    word("empty piece", false, new CborWriter().array(2).uint(3).bytes(new byte[0]).toBytes());
    word("of a later kind", false, new CborWriter().array(1).uint(5).toBytes());
  }

  private void word(String name, boolean holds, byte[] word) {
    ArrayNode words = file.has("words") ? (ArrayNode) file.get("words") : file.putArray("words");
    words.addObject().put("name", name).put("holds", holds).put("word", Hex.encode(word));
  }
}
