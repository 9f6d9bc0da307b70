package dev.cairn.simulation.world;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.MalformedException;
import dev.cairn.protocol.TooNewException;
import dev.cairn.protocol.bundle.ParcelContent;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.feed.Content;
import dev.cairn.protocol.feed.Signature;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
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
import java.util.TreeSet;

/**
 * A device that was let in and obeys nothing: it signs whatever its keys can sign, and pushes
 * whatever bytes it likes. It knows every record and change that honest people wrote.
 */
final class Rogue {

  private final Stage stage;
  private final SigningKey key;
  private final EncryptionKey encryptionKey;
  private final DeviceId id;
  private final RosterState roster;
  private final Statement admission;
  private final Statement ownEpoch;
  private final Carrier carrier;
  private final RogueLink link;
  private final RogueFeed feed;

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
    // A key to write to it, as everybody has: else nobody tells it anything.
    this.ownEpoch = new RosterWriter(roster, stage.chance).ownEpoch(key).statement();
    this.link = new RogueLink(stage, roster.space(), key);
    this.feed = new RogueFeed(stage, roster, key, link);
  }

  DeviceId id() {
    return id;
  }

  /** Gets itself let in. */
  void enter() {
    link.pushStatements(List.of(admission, ownEpoch));
  }

  /** Brings again what the server lost, or could not take before it had who invited. */
  private void comeBack() throws CairnException {
    if (now().device(id).isEmpty()) {
      enter();
    }
    if (stage.server.isUp()) {
      feed.catchUp();
    }
  }

  private RosterState now() {
    return stage.server.ledger().snapshot(stage.space()).orElseThrow().roster();
  }

  /** Does something that it should not. */
  void misbehave() throws CairnException, IOException {
    List<Saying> known = stage.sayings;
    if (known.isEmpty() || !stage.server.isUp()) {
      return;
    }
    comeBack();
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
      default -> {
        feed.say(Optional.empty(), List.of(), feed.clock(), new Operation.Note("rogue"));
        new FalseConfirmation(stage, feed).say();
      }
    }
  }

  private void fork(Saying target) {
    stage.trace.fault(Fault.DEVICE_FORKS);
    RogueFeed.Branch twin = feed.branch();
    feed.say(Optional.of(target.record()), List.of(target.change()), feed.clock(), assertion());
    RogueFeed.Branch first = feed.goOnWith(twin);
    feed.say(Optional.of(target.record()), List.of(target.change()), feed.clock(), assertion());
    if (stage.chance.percent(50)) {
      feed.goOnWith(first);
    }
  }

  private void backdate(Saying target) {
    stage.trace.fault(Fault.DEVICE_BACKDATES);
    long clock = stage.chance.percent(50) ? 1 : (1L << 61);
    feed.say(Optional.of(target.record()), List.of(target.change()), clock, assertion());
  }

  private void forgeParents(Saying target) {
    stage.trace.fault(Fault.DEVICE_FORGES_PARENTS);
    TreeSet<ChangeId> parents = new TreeSet<>();
    parents.add(ChangeId.of(stage.chance.bytes(ChangeId.SIZE_BYTES)));
    parents.add(stage.chance.of(stage.sayings).change());
    feed.say(Optional.of(target.record()), List.copyOf(parents), feed.clock(), assertion());
  }

  private void decide(Saying target) {
    stage.trace.fault(Fault.DEVICE_DECIDES);
    takeOut(target);
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
        feed.say(Optional.of(target.record()), List.of(target.change()), feed.clock(), decision);
        return;
      }
    }
  }

  /** What another put into a set only he takes out, or a coordinator. */
  private void takeOut(Saying target) {
    for (Operation operation : target.operations()) {
      if (operation instanceof Operation.Add added) {
        Operation removal = new Operation.Remove(added.field(), added.values());
        feed.say(Optional.of(target.record()), List.of(target.change()), feed.clock(), removal);
      }
    }
  }

  private void erase(Saying target) {
    stage.trace.fault(Fault.DEVICE_ERASES);
    feed.send(feed.write(erasure(target, target.change(), target.device())));
  }

  /** Withdraws what a device wrote about a record. */
  private Content erasure(Saying about, ChangeId erased, DeviceId of) {
    Operation account = new Operation.Erase(erased, of, true, List.of(), List.of(), "rogue");
    Body body =
        new Body(
            Optional.of(about.record()),
            1,
            List.of(about.change()),
            feed.clock(),
            0,
            List.of(account));
    return Content.of(body).erasing(erased);
  }

  private void malformed(Saying target) throws CairnException, IOException {
    stage.trace.fault(Fault.DEVICE_MALFORMED);
    List<byte[]> entries =
        RogueFeed.entries(
            feed.write(Optional.of(target.record()), List.of(), feed.clock(), assertion()));
    byte[] last = entries.get(entries.size() - 1);
    int header = Math.min(5, last.length - 1);
    last[header + stage.chance.below(last.length - header)] ^= (byte) (1 << stage.chance.below(8));
    link.push(entries);
    // What it wrote there was not accepted: it goes on as if it had never been.
    feed.forget();
    withhold(target);
  }

  /** A change without its body, and the word that it is withdrawn, of who may withdraw nothing. */
  private void withhold(Saying target) throws CairnException, IOException {
    List<Change> changes = write(target);
    ChangeId last = changes.get(changes.size() - 1).id();
    handIn(RogueFeed.entries(WithheldBodies.of(changes)));
    link.push(RogueFeed.entries(feed.write(erasure(target, last, id))));
    feed.forget();
  }

  /** States something about somebody's record, behind his change. */
  private List<Change> write(Saying target) {
    return feed.write(
        Optional.of(target.record()), List.of(target.change()), feed.clock(), assertion());
  }

  private void oversized() {
    stage.trace.fault(Fault.DEVICE_OVERSIZED);
    byte[] huge = new byte[Limits.FRAME_BYTES_MAX + 1 + stage.chance.below(1000)];
    link.push(List.of(new CborWriter().bytes(huge).toBytes()));
  }

  /** Its own change under a signature that it can deny before who verifies strictly. */
  private void signDeniably(Saying target) throws CairnException, IOException {
    stage.trace.fault(Fault.DEVICE_SIGNS_DENIABLY);
    List<Change> deniable = new ArrayList<>();
    for (Change change : write(target)) {
      byte[] lenient = LenientSignature.ofChange(key, change.payload());
      deniable.add(change.withSignature(Signature.of(lenient)));
    }
    handIn(RogueFeed.entries(deniable));
    feed.forget();
  }

  /** Whether the server knows that it is cut off. */
  private boolean isCutOff() {
    return stage.server.isUp() && now().isSuspended(id);
  }

  /**
   * Writes on after it was cut off: behind what it wrote last, or on a branch from where it still
   * counted, says that it may, and hands that in itself and through couriers who know nothing.
   */
  private void goOn(Saying target) throws CairnException, IOException {
    stage.trace.fault(Fault.DEVICE_GOES_ON);
    feed.startFrom(stage.chance.percent(50));
    List<Change> more = write(target);
    feed.forget();
    List<byte[]> entries = RogueFeed.entries(feed.lacking());
    entries.addAll(RogueFeed.entries(more));
    entries.addAll(RogueLink.entries(decrees().letIn(more.get(more.size() - 1))));
    handIn(entries);
  }

  /** Pushes it, and gives it to a courier who knows nothing. */
  private void handIn(List<byte[]> entries) throws CairnException, IOException {
    link.push(entries);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    entries.forEach(stream::writeBytes);
    if (stage.server.isUp()) {
      carrier.carry(new ParcelContent.Changes(roster.space(), Encoded.of(stream.toByteArray())));
    }
  }

  /** A change of its own with somebody else's name in it, under its own signature. */
  private void impersonate(Saying target) throws CairnException, IOException {
    stage.trace.fault(Fault.DEVICE_IMPERSONATES);
    List<Change> own =
        feed.write(Optional.of(target.record()), List.of(), feed.clock(), assertion());
    List<Change> forged = Forgeries.inAnothersName(own, id, target.device());
    handIn(RogueFeed.entries(forged));
    feed.forget();
  }

  /** A change that says of its body that it is sealed under another key. */
  private void miscommit(Saying target) throws MalformedException {
    stage.trace.fault(Fault.DEVICE_MISCOMMITS);
    List<Change> changes =
        feed.write(Optional.of(target.record()), List.of(), feed.clock(), assertion());
    Change honest = changes.remove(changes.size() - 1);
    Change miscommitted = Forgeries.miscommitted(honest, key, stage.chance);
    changes.add(miscommitted);
    feed.send(changes);
    stage.auditor.cannotBeOpened(miscommitted.id());
    feed.forget();
  }

  /** Statements that it has no right to make. */
  private void decree(Saying target) {
    stage.trace.fault(Fault.DEVICE_DECREES);
    link.pushStatements(decrees().about(target.device()));
  }

  private Decrees decrees() {
    return new Decrees(stage.chance, now(), key);
  }

  /** Asks for everything, also as somebody else, and looks at what it is given of others. */
  private void pry() throws MalformedException, TooNewException {
    RosterState then = now();
    Optional<byte[]> given = link.pull();
    DeviceId desk = stage.desks.get(0).id();
    if (link.isTakenFor(desk)) {
      stage.auditor.found("P2", "served.impostor: a rogue was answered as " + desk);
    }
    if (given.isEmpty()) {
      return;
    }
    stage.trace.fault(Fault.DEVICE_PRIES);
    List<byte[]> changes = new ArrayList<>();
    for (Entry entry : Forgeries.entries(given.get(), roster.space())) {
      if (entry instanceof Entry.OfFrame of) {
        of.frame().changes().forEach(each -> changes.add(each.payload()));
      } else if (entry instanceof Entry.Statement of) {
        stage.auditor.servedStatement(id, of.statement().bytes());
      }
    }
    List<byte[]> statements = new ArrayList<>();
    then.statements().forEach(each -> statements.add(each.encode()));
    stage.auditor.served(id, changes, statements);
  }

  private Operation assertion() {
    return new Operation.Assert(
        Field.of(KnownField.TYPE_OF_ACT), CborValue.of("rogue " + stage.chance.below(1000)));
  }
}
