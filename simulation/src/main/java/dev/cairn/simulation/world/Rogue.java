package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Audience;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.EpochKey;
import dev.cairn.protocol.feed.FeedAuthor;
import dev.cairn.protocol.feed.FeedMemory;
import dev.cairn.protocol.feed.Seen;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.feed.Written;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.SigningKey;
import dev.cairn.simulation.audit.Saying;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * A device that was let in and obeys nothing: it signs whatever its keys can sign, and pushes
 * whatever bytes it likes. It knows every record and change that honest people wrote.
 */
final class Rogue {

  private static final long CLOCK_UNIT = 1 << 16;

  private final Stage stage;
  private final SigningKey key;
  private final EncryptionKey encryptionKey;
  private final DeviceId id;
  private final RosterState roster;
  private final Statement admission;
  private final Carrier carrier;
  private final RogueLink link;
  private FeedMemory feed = FeedMemory.empty();
  private FeedMemory early = FeedMemory.empty();
  private FeedAuthor author;

  Rogue(Stage stage, InvitationFile invitation, Carrier carrier) {
    this.stage = stage;
    this.carrier = carrier;
    this.key = SigningKey.generate(stage.chance);
    this.encryptionKey = EncryptionKey.generate(stage.chance);
    this.id = DeviceId.of(key.verifyingKey().bytes());
    RosterState invited = invitation.state();
    this.admission =
        new RosterWriter(invited, stage.chance)
            .admission(
                invitation.invitation(),
                invitation.oneTimeKey(),
                key,
                encryptionKey.publicKey(),
                "rogue");
    this.roster = invited.with(admission);
    this.author = new FeedAuthor(roster.space(), key, feed, stage.chance);
    this.link = new RogueLink(stage, roster.space(), key);
  }

  DeviceId id() {
    return id;
  }

  /** Gets itself let in. */
  void enter() {
    EntryWriter writer = new EntryWriter();
    link.push(
        List.of(
            writer.write(
                new Entry.Statement(Encoded.of(admission.encode()), OptionalLong.empty()))));
  }

  /** Does something that it should not. */
  void misbehave() throws CairnException, IOException {
    List<Saying> known = stage.sayings;
    if (known.isEmpty()) {
      return;
    }
    if (!stage.server.isUp()) {
      return;
    }
    Saying target = stage.chance.of(known);
    if (isCutOff() && stage.chance.percent(60)) {
      goOn(target);
      return;
    }
    switch (stage.chance.below(13)) {
      case 0 -> fork(target);
      case 1 -> backdate(target);
      case 2 -> forgeParents(target);
      case 3 -> decide(target);
      case 4 -> erase(target);
      case 5 -> malformed(target);
      case 6 -> oversized();
      case 7 -> impersonate(target);
      case 8 -> signDeniably(target);
      case 9 -> miscommit(target);
      case 10 -> decree(target);
      case 11 -> pry();
      default -> report();
    }
  }

  private void report() {
    send(write(Optional.empty(), List.of(), clock(), note()));
  }

  private void fork(Saying target) {
    stage.trace.fault(Fault.DEVICE_FORKS);
    FeedMemory before = FeedMemory.over(feed);
    FeedAuthor twin = new FeedAuthor(roster.space(), key, before, stage.chance);
    send(write(Optional.of(target.record()), List.of(target.change()), clock(), assertion()));
    FeedAuthor first = author;
    FeedMemory firstFeed = feed;
    author = twin;
    feed = before;
    send(write(Optional.of(target.record()), List.of(target.change()), clock(), assertion()));
    if (stage.chance.percent(50)) {
      author = first;
      feed = firstFeed;
    }
  }

  private void backdate(Saying target) {
    stage.trace.fault(Fault.DEVICE_BACKDATES);
    long clock = stage.chance.percent(50) ? 1 : (1L << 61);
    send(write(Optional.of(target.record()), List.of(target.change()), clock, assertion()));
  }

  private void forgeParents(Saying target) {
    stage.trace.fault(Fault.DEVICE_FORGES_PARENTS);
    TreeSet<ChangeId> parents = new TreeSet<>();
    parents.add(ChangeId.of(stage.chance.bytes(ChangeId.SIZE_BYTES)));
    parents.add(stage.chance.of(stage.sayings).change());
    send(write(Optional.of(target.record()), List.copyOf(parents), clock(), assertion()));
  }

  private void decide(Saying target) {
    stage.trace.fault(Fault.DEVICE_DECIDES);
    for (Operation operation : target.operations()) {
      if (operation instanceof Operation.Assert stated) {
        if (!stated.field().fits(CborValue.of("rogue"))) {
          return;
        }
        Operation decision =
            new Operation.Decide(
                stated.field(),
                List.of(target.change()),
                new Operation.Outcome.Value(CborValue.of("rogue")),
                "rogue");
        send(write(Optional.of(target.record()), List.of(target.change()), clock(), decision));
        return;
      }
    }
  }

  private void erase(Saying target) {
    stage.trace.fault(Fault.DEVICE_ERASES);
    Operation account =
        new Operation.Erase(target.change(), target.device(), true, List.of(), List.of(), "rogue");
    Body body =
        new Body(
            Optional.of(target.record()),
            1,
            List.of(target.change()),
            clock(),
            0,
            List.of(account));
    send(write(Content.of(body).erasing(target.change())));
  }

  private void malformed(Saying target) {
    stage.trace.fault(Fault.DEVICE_MALFORMED);
    List<byte[]> entries =
        entries(write(Optional.of(target.record()), List.of(), clock(), assertion()));
    byte[] last = entries.get(entries.size() - 1);
    int header = Math.min(5, last.length - 1);
    last[header + stage.chance.below(last.length - header)] ^= (byte) (1 << stage.chance.below(8));
    link.push(entries);
    // What it wrote there was not accepted: it goes on as if it had never been.
    author = new FeedAuthor(roster.space(), key, feed, stage.chance);
  }

  private void oversized() {
    stage.trace.fault(Fault.DEVICE_OVERSIZED);
    byte[] huge = new byte[Limits.FRAME_BYTES_MAX + 1 + stage.chance.below(1000)];
    link.push(List.of(new CborWriter().bytes(huge).toBytes()));
  }

  /** Its own change under a signature that it can deny before who verifies strictly. */
  private void signDeniably(Saying target) {
    stage.trace.fault(Fault.DEVICE_SIGNS_DENIABLY);
    List<Change> deniable = new ArrayList<>();
    for (Change change :
        write(Optional.of(target.record()), List.of(target.change()), clock(), assertion())) {
      byte[] lenient = LenientSignature.ofChange(key, change.payload());
      deniable.add(change.withSignature(Signature.of(lenient)));
    }
    link.push(entries(deniable));
    author = new FeedAuthor(roster.space(), key, feed, stage.chance);
  }

  /** Whether the server knows that it is cut off. */
  private boolean isCutOff() {
    return stage.server.isUp()
        && stage.server.ledger().snapshot(stage.space()).orElseThrow().roster().isSuspended(id);
  }

  /**
   * Writes on after it was cut off: behind what it wrote last, or on a branch from where it still
   * counted, and hands that in itself and through couriers who know nothing.
   */
  private void goOn(Saying target) throws CairnException, IOException {
    stage.trace.fault(Fault.DEVICE_GOES_ON);
    FeedMemory from = stage.chance.percent(50) ? feed : early;
    author = new FeedAuthor(roster.space(), key, FeedMemory.over(from), stage.chance);
    List<Change> more =
        write(Optional.of(target.record()), List.of(target.change()), clock(), assertion());
    author = new FeedAuthor(roster.space(), key, feed, stage.chance);
    List<byte[]> entries = entries(more);
    link.push(entries);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    entries.forEach(stream::writeBytes);
    if (!stage.server.isUp()) {
      return;
    }
    ParcelContent.Changes content =
        new ParcelContent.Changes(roster.space(), Encoded.of(stream.toByteArray()));
    carrier.carry(content);
  }

  /** Hands a parcel to the server and to a desk. */
  @FunctionalInterface
  interface Carrier {
    /** Hands it in. */
    void carry(ParcelContent content) throws CairnException, IOException;
  }

  /** A change of its own with somebody else's name in it, under its own signature. */
  private void impersonate(Saying target) throws MalformedException, TooNewException {
    stage.trace.fault(Fault.DEVICE_IMPERSONATES);
    List<Change> own = write(Optional.of(target.record()), List.of(), clock(), assertion());
    List<Change> forged = Forgeries.inAnothersName(own, id, target.device());
    link.push(entries(forged));
    author = new FeedAuthor(roster.space(), key, feed, stage.chance);
  }

  /** A change that says of its body that it is sealed under another key. */
  private void miscommit(Saying target) throws MalformedException {
    stage.trace.fault(Fault.DEVICE_MISCOMMITS);
    List<Change> changes = write(Optional.of(target.record()), List.of(), clock(), assertion());
    Change honest = changes.remove(changes.size() - 1);
    Change miscommitted = Forgeries.miscommitted(honest, key, stage.chance);
    changes.add(miscommitted);
    send(changes);
    stage.auditor.cannotBeOpened(miscommitted.id());
    author = new FeedAuthor(roster.space(), key, feed, stage.chance);
  }

  /** Statements that it has no right to make. */
  private void decree(Saying target) {
    stage.trace.fault(Fault.DEVICE_DECREES);
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    RosterState now = stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
    for (Statement each : new Decrees(stage.chance, now, key).about(target.device())) {
      entries.add(
          writer.write(new Entry.Statement(Encoded.of(each.encode()), OptionalLong.empty())));
    }
    link.push(entries);
  }

  /** Asks for everything, and looks at what it is given of others. */
  private void pry() throws MalformedException, TooNewException {
    Optional<byte[]> given = link.pull();
    if (given.isEmpty()) {
      return;
    }
    stage.trace.fault(Fault.DEVICE_PRIES);
    for (Entry entry : Forgeries.entries(given.get(), roster.space())) {
      if (entry instanceof Entry.OfFrame of) {
        of.frame().changes().forEach(each -> stage.auditor.served(id, each.payload()));
      } else if (entry instanceof Entry.Statement of) {
        stage.auditor.servedStatement(id, of.statement().bytes());
      }
    }
  }

  private static Operation note() {
    return new Operation.Note("rogue");
  }

  private Operation assertion() {
    return new Operation.Assert(
        Field.of(KnownField.TYPE_OF_ACT), CborValue.of("rogue " + stage.chance.below(1000)));
  }

  private long clock() {
    return stage.time.millis() * CLOCK_UNIT;
  }

  private List<Change> write(
      Optional<RecordId> record, List<ChangeId> parents, long clock, Operation operation) {
    return write(
        Content.of(
            new Body(
                record,
                1,
                record.isPresent() ? parents : List.of(),
                clock,
                0,
                List.of(operation))));
  }

  private List<Change> write(Content content) {
    CircleId desk = roster.desk().orElseThrow();
    Audience audience = Audience.of(desk);
    List<EpochKey> epochs = List.of(roster.writingKey(desk).orElseThrow());
    Seen seen = Seen.of(roster.heads(), Optional.empty());
    List<Change> changes = new ArrayList<>();
    long now = stage.time.millis();
    if (author.needsSession(audience, epochs, now)) {
      changes.add(author.openSession(audience, epochs, seen, now));
    }
    Written written = author.write(audience, content, seen, now);
    changes.add(written.change());
    return changes;
  }

  private void send(List<Change> changes) {
    if (link.push(entries(changes))) {
      if (early.headCount() == 0) {
        changes.forEach(early::add);
      }
      changes.forEach(feed::add);
      changes.forEach(change -> stage.auditor.rogueSaid(id, change.id()));
    } else {
      author = new FeedAuthor(roster.space(), key, feed, stage.chance);
    }
  }

  private static List<byte[]> entries(List<Change> changes) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    for (int from = 0; from < changes.size(); ) {
      int count = writer.fitting(changes.subList(from, changes.size()), 1 << 20);
      Frame frame = Frame.of(changes.subList(from, from + count));
      entries.add(writer.write(new Entry.OfFrame(frame, List.of())));
      from += count;
    }
    return entries;
  }
}
