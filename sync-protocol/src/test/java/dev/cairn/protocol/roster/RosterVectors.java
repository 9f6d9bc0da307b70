package dev.cairn.protocol.roster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.invitation.InvitationCode;
import dev.cairn.protocol.invitation.InvitationFile;
import dev.cairn.protocol.invitation.InvitationPart;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.recovery.RecoveryShare;
import dev.cairn.protocol.recovery.RecoveryShares;
import dev.cairn.protocol.recovery.RecoverySheet;
import dev.cairn.protocol.suite.EncryptionKey;
import dev.cairn.protocol.suite.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small space with one of everything, from a fixed seed: the statements, what they fold to, and
 * the files around them: {@code roster-1.json}.
 */
public final class RosterVectors {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Organisation org = new Organisation(20_261_122);
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, Statement> statements = new LinkedHashMap<>();

  private RosterVectors() throws Exception {
    people.put("owner", org.owner);
    for (String name : List.of("coordinator", "rogue", "reporter", "waiting", "heir")) {
      people.put(name, org.person());
    }
    statements.put("genesis", org.founding.genesis());
    statements.put("desk epoch", org.founding.desk().statement());
    statements.put("owner's own epoch", org.founding.own().statement());
  }

  public static ObjectNode make() throws Exception {
    return new RosterVectors().write();
  }

  private Person person(String name) {
    Person person = people.get(name);
    if (person == null) {
      throw new IllegalArgumentException(name);
    }
    return person;
  }

  private Statement keep(String name, Statement statement) {
    statements.put(name, statement);
    return statement;
  }

  private Statement join(String name, Person by, Role role, CircleId... circles) {
    Statement invitation = keep(name + " invited", org.invite(by, role, circles));
    return keep(name + " admitted", org.admit(invitation, person(name)));
  }

  private ObjectNode write() throws Exception {
    Person coordinator = person("coordinator");
    Person rogue = person("rogue");
    CircleId north = org.newCircle();
    keep(
        "coordinator confirmed",
        org.confirm(org.owner, join("coordinator", org.owner, Role.COORDINATOR)));
    keep("rogue confirmed", org.confirm(org.owner, join("rogue", org.owner, Role.COORDINATOR)));
    keep("desk epoch 2", org.epoch(org.owner, org.desk(), org.owner, coordinator));
    EpochKeyRing owners = EpochKeyRing.of(org.owner.id(), org.owner.encryption).open(org.state());
    Statement grant =
        org.writer().grants(org.desk(), coordinator.id(), owners, org.owner.signing).get(0);
    keep("old desk seed granted", org.add(grant));
    keep("north epoch", org.epoch(coordinator, north, coordinator, rogue));
    keep(
        "reporter confirmed",
        org.confirm(coordinator, join("reporter", coordinator, Role.REPORTER, north)));
    keep(
        "reporter's own epoch",
        org.add(org.writer().ownEpoch(person("reporter").signing).statement()));
    Statement waiting = keep("waiting invited", org.invite(coordinator, Role.COORDINATOR));
    keep("waiting admitted", org.admit(waiting, person("waiting")));
    ObjectNode files = files(waiting);
    RosterState before = org.state();
    LastGood last = new LastGood(4, ChangeId.of(org.randomness.bytes(ChangeId.SIZE_BYTES)));
    keep(
        "rogue suspended",
        org.add(org.writer().suspension(rogue.id(), List.of(last), org.owner.signing)));
    keep("rogue's revenge, void", org.suspend(before, rogue, person("reporter")));
    keep("reporter's attempt, powerless", org.suspend(person("reporter"), coordinator));
    keep("moved", move());
    keep("generation 1", generation());
    keep("owner replaced", replacement());
    keep("owner's past released", release());
    keep("of a later version", org.add(org.newer(coordinator.signing)));
    ObjectNode root = JSON.createObjectNode();
    root.put("about", "PROTOCOL.md section 5; bytes in hexadecimal");
    root.put("space", org.space().toString());
    root.set("people", peopleNode());
    root.set("statements", statementsNode());
    root.set("state", stateNode());
    root.set("seeds", seedsNode());
    root.set("names", namesNode(north));
    root.set("files", files);
    return root;
  }

  private Statement move() {
    ServerAddress address =
        new ServerAddress("https://cairn.example:8443", org.founding.genesis().leafHash());
    return org.add(
        org.writer()
            .move(
                address,
                org.log("cairn.example/2"),
                EncryptionKey.generate(org.randomness).publicKey(),
                org.owner.signing));
  }

  private Statement generation() {
    return org.sign(
        new Generation(1, org.log("cairn.example/2"), 0, 21, org.founding.genesis().leafHash()),
        org.owner.signing);
  }

  private Statement replacement() {
    Person heir = person("heir");
    return org.add(
        org.writer()
            .replacement(
                org.recoverySigning,
                heir.signing,
                heir.encryption.publicKey(),
                List.of(org.writer().cut(org.owner.id(), List.of())),
                "Heir"));
  }

  private Statement release() {
    List<LastGood> past = new ArrayList<>();
    for (int sequence = 7; sequence < 9; sequence++) {
      past.add(new LastGood(sequence, ChangeId.of(org.randomness.bytes(ChangeId.SIZE_BYTES))));
    }
    ChangeId single = ChangeId.of(org.randomness.bytes(ChangeId.SIZE_BYTES));
    return org.add(
        org.writer().release(org.owner.id(), past, List.of(single), person("heir").signing));
  }

  private ObjectNode peopleNode() {
    ObjectNode node = JSON.createObjectNode();
    people.forEach(
        (name, person) ->
            node.putObject(name)
                .put("device", person.id().toString())
                .put("signing_seed", hex(person.signing.seed()))
                .put("encryption_seed", hex(person.encryption.seed()))
                .put("own_circle", person.ownCircle().toString())
                .put("words", String.join(" ", Fingerprint.words(org.space(), person.keys()))));
    return node;
  }

  private ArrayNode statementsNode() {
    RosterState state = org.state();
    ArrayNode node = JSON.createArrayNode();
    statements.forEach(
        (name, statement) ->
            node.addObject()
                .put("name", name)
                .put("kind", statement.content().code())
                .put("id", statement.id().toString())
                .put("leaf", statement.leafHash().toString())
                .put("verdict", state.verdict(statement).name())
                .put("bytes", Hex.encode(statement.encode())));
    return node;
  }

  private ObjectNode stateNode() {
    RosterState state = org.state();
    ObjectNode node = JSON.createObjectNode();
    state.heads().forEach(head -> node.withArray("heads").add(head.toString()));
    devices(node.putArray("devices"), state);
    circles(node.putArray("circles"), state);
    ObjectNode views = node.putObject("reporter_views");
    for (String name : List.of("reporter", "rogue")) {
      DeviceId device = person(name).id();
      state.reporterView(device).forEach(each -> views.withArray(name).add(each.id().toString()));
    }
    return node;
  }

  static void devices(ArrayNode devices, RosterState state) {
    for (DeviceEntry entry : state.devices()) {
      devices
          .addObject()
          .put("device", entry.device().toString())
          .put("member", entry.member().toString())
          .put("role", entry.role().name())
          .put("state", entry.state().name())
          .put("decides", state.mayDecide(entry.device()));
    }
  }

  static void circles(ArrayNode circles, RosterState state) {
    for (CircleState circle : state.circles()) {
      ObjectNode each = circles.addObject().put("circle", circle.id().toString());
      circle.forWriting().ifPresent(epoch -> each.put("for_writing", epoch.id().toString()));
      circle.readers().forEach(reader -> each.withArray("readers").add(reader.toString()));
    }
  }

  private ArrayNode seedsNode() {
    ArrayNode node = JSON.createArrayNode();
    people.forEach((name, person) -> seeds(node, name, person.id(), person.encryption));
    seeds(node, "recovery", org.recoveryId(), org.recoveryEncryption);
    return node;
  }

  private void seeds(ArrayNode node, String name, DeviceId recipient, EncryptionKey key) {
    EpochKeyRing ring = EpochKeyRing.of(recipient, key).open(org.state());
    for (EpochId epoch : ring.epochs()) {
      node.addObject()
          .put("recipient", name)
          .put("epoch", epoch.toString())
          .put("seed", hex(ring.key(epoch).orElseThrow().seed()));
    }
  }

  private ObjectNode namesNode(CircleId north) throws Exception {
    EpochKeyRing ring = EpochKeyRing.of(org.recoveryId(), org.recoveryEncryption).open(org.state());
    EpochState epoch = org.state().circle(north).orElseThrow().forWriting().orElseThrow();
    DeviceEntry reporter = org.state().device(person("reporter").id()).orElseThrow();
    EpochId sealedTo = reporter.pseudonym().epoch().orElseThrow();
    return JSON.createObjectNode()
        .put("space", org.state().spaceName(org.founding.desk().key()))
        .put("north", epoch.epoch().name().openCircle(north, ring.key(epoch.id()).orElseThrow()))
        .put(
            "reporter",
            reporter.pseudonym().open(reporter.device(), ring.key(sealedTo).orElseThrow()));
  }

  private ObjectNode files(Statement invitation) throws Exception {
    ObjectNode node = JSON.createObjectNode();
    ServerAddress address =
        new ServerAddress("https://cairn.example", org.founding.genesis().leafHash());
    InvitationCode code = InvitationCode.parse("H0LD-FAST-01");
    InvitationFile file =
        InvitationFile.of(org.state(), invitation.id(), org.oneTimeKey(invitation), address);
    byte[] sealed = file.seal(code, org.randomness);
    node.putObject("invitation")
        .put("code", code.show())
        .put("one_time_seed", hex(file.oneTimeKey().seed()))
        .put("bytes", Hex.encode(sealed))
        .set("parts", parts(sealed));
    Genesis genesis = org.state().genesis().orElseThrow();
    ServerInvitation server =
        new ServerInvitation(
            address,
            genesis.log(),
            genesis.bundleKey(),
            Secret.random(ServerInvitation.SPACE_CODE_BYTES, org.randomness),
            Organisation.EXPIRES);
    node.putObject("server_invitation")
        .put("space_code", hex(server.spaceCode()))
        .put("bytes", Hex.encode(server.encode()));
    RecoverySheet sheet = new RecoverySheet(org.space(), org.recovery);
    ObjectNode recovery = node.putObject("recovery").put("sheet", sheet.print());
    recovery.put("signing_seed", hex(org.recovery.signingKey().seed()));
    recovery.put("encryption_seed", hex(org.recovery.encryptionKey().seed()));
    ArrayNode shares = recovery.putArray("shares_2_of_3");
    for (RecoveryShare share : RecoveryShares.split(sheet, 3, 2, org.randomness)) {
      shares
          .addObject()
          .put("bytes", Hex.encode(share.encode()))
          .put("text", share.print())
          .put("words", share.printWords());
    }
    return node;
  }

  private static ArrayNode parts(byte[] file) {
    ArrayNode parts = JSON.createArrayNode();
    InvitationPart.cut(file).forEach(part -> parts.add(part.text()));
    return parts;
  }

  private static String hex(Secret secret) {
    return Hex.encode(secret.expose());
  }
}
