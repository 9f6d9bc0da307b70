package dev.cairn.fuzzing;

import dev.cairn.client.transport.Request;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.http.HttpNames;
import dev.cairn.protocol.http.RequestSignature;
import dev.cairn.protocol.http.RequestTarget;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.simulation.server.Answering;
import dev.cairn.simulation.server.ServerMachine;
import dev.cairn.simulation.server.SimulatedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A member who says whatever the fuzzer wants, under valid signatures and to the right keys. */
final class Insider {

  private static final long CLOCK = 1_750_000_000_000L << 16;

  private final SigningKey key;
  private final EncryptionKey encryptionKey;
  private final RosterState roster;
  private final FeedMemory feed;
  private final FeedAuthor author;

  private Insider(
      SigningKey key,
      EncryptionKey encryptionKey,
      RosterState roster,
      FeedMemory feed,
      Randomness chance) {
    this.key = key;
    this.encryptionKey = encryptionKey;
    this.roster = roster;
    this.feed = feed;
    this.author = new FeedAuthor(roster.space(), key, feed, chance);
  }

  /** Gets itself let in. */
  static Insider enter(InvitationFile invitation, ServerMachine machine, Randomness chance) {
    SigningKey key = SigningKey.generate(chance);
    EncryptionKey encryptionKey = EncryptionKey.generate(chance);
    RosterState invited = invitation.state();
    Statement admission =
        new RosterWriter(invited, chance)
            .admission(
                invitation.invitation(),
                invitation.oneTimeKey(),
                key,
                encryptionKey.publicKey(),
                "insider");
    Insider insider =
        new Insider(key, encryptionKey, invited.with(admission), FeedMemory.empty(), chance);
    EntryWriter writer = new EntryWriter();
    insider.push(
        machine,
        writer.write(new Entry.Statement(Encoded.of(admission.encode()), OptionalLong.empty())));
    return insider;
  }

  /** Another that goes on from here, and of whom this one will not hear. */
  Insider again(Randomness chance) {
    return new Insider(key, encryptionKey, roster, FeedMemory.over(feed), chance);
  }

  DeviceId id() {
    return DeviceId.of(key.verifyingKey().bytes());
  }

  SigningKey key() {
    return key;
  }

  EncryptionKey encryptionKey() {
    return encryptionKey;
  }

  /** The roster as it was shown to him. */
  RosterState roster() {
    return roster;
  }

  /** A report that goes to the server at once. */
  void report(ServerMachine machine, String text) {
    Body body =
        new Body(Optional.empty(), 1, List.of(), CLOCK, 0, List.of(new Operation.Note(text)));
    push(
        machine,
        new EntryWriter().write(new Entry.OfFrame(Frame.of(say(Content.of(body))), List.of())));
  }

  /** Changes to the desk that say this, with the session they need. */
  List<Change> say(Content content) {
    CircleId desk = roster.desk().orElseThrow();
    Audience audience = Audience.of(desk);
    List<EpochKey> epochs = List.of(roster.writingKey(desk).orElseThrow());
    Seen seen = Seen.of(roster.heads(), Optional.empty());
    List<Change> changes = new ArrayList<>();
    if (author.needsSession(audience, epochs, 0)) {
      changes.add(author.openSession(audience, epochs, seen, 0));
    }
    changes.add(author.write(audience, content, seen, 0).change());
    changes.forEach(feed::add);
    return changes;
  }

  /** A request signed by him. */
  Request signed(Request request, String nonce) {
    RequestSignature signature =
        RequestSignature.sign(key, RequestTarget.of(request.method(), request.target()), nonce);
    return request
        .header(HttpNames.SIGNATURE_INPUT, signature.inputHeader())
        .header(HttpNames.SIGNATURE, signature.signatureHeader());
  }

  private void push(ServerMachine machine, byte[] entry) {
    Request request =
        Request.of("POST", "/v1/spaces/" + roster.space() + "/push").streamed(HttpNames.STREAM);
    SimulatedServer server = new SimulatedServer(machine);
    String nonce =
        String.valueOf(server.answer(signed(request, "none")).headers().get("cairn-nonce"));
    Answering answering = server.answer(signed(request, nonce));
    answering.take(entry);
    answering.end();
    if (answering.status() != 200) {
      throw new IllegalStateException("not let in: " + answering.status());
    }
  }
}
