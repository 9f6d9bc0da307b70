package dev.cairn.protocol.roster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.protocol.encoding.Hex;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.EpochId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.StatementId;
import dev.cairn.protocol.log.LogKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What sets of statements fold to, one story for each rule and parts of a history by chance. Run as
 * a program it prints {@code vectors/roster-2.json}.
 */
final class RosterStories {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHANCES = 24;

  private final Organisation org = new Organisation(20_261_123);
  private final Person one = org.coordinator();
  private final Person two = org.coordinator();
  private final Person reporter = org.reporter();
  private final Statement waiting =
      org.admit(org.invite(org.owner, Role.COORDINATOR), org.person());
  private final int base = org.all.size();
  private final RosterState before = org.state();
  private final Map<StatementId, Integer> numbers = new LinkedHashMap<>();
  private final ArrayNode pool = JSON.createArrayNode();
  private final ArrayNode cases = JSON.createArrayNode();

  public static void main(String[] arguments) throws Exception {
    System.out.println(text());
  }

  static String text() throws Exception {
    RosterStories stories = new RosterStories();
    stories.ranks();
    stories.puppets();
    stories.standing();
    stories.recovery();
    stories.releases();
    stories.generations();
    stories.admissions();
    stories.epochs();
    stories.heads();
    stories.chances();
    ObjectNode root = JSON.createObjectNode();
    root.put("about", "PROTOCOL.md section 5, State; a case names its statements by their numbers");
    root.set("statements", stories.pool);
    root.set("cases", stories.cases);
    return JSON.writer().writeValueAsString(root).replace(",\"", ",\n\"") + "\n";
  }

  /** Writes down what everything said since folds to, and forgets it. */
  private void tell(String name) {
    tell(name, org, org.all);
    org.all.subList(base, org.all.size()).clear();
  }

  private void tell(String name, Organisation whose, List<Statement> statements) {
    RosterState state = whose.fold(statements);
    ObjectNode node = cases.addObject().put("name", name).put("space", whose.space().toString());
    ArrayNode set = node.putArray("statements");
    statements.forEach(statement -> set.add(number(statement)));
    tell(node, state, statements);
  }

  /** Adds what the statements fold to. */
  static void tell(ObjectNode node, RosterState state, List<Statement> statements) {
    ArrayNode verdicts = node.putArray("verdicts");
    statements.forEach(statement -> verdicts.add(state.verdict(statement).name()));
    state.heads().forEach(head -> node.withArray("heads").add(head.toString()));
    RosterVectors.devices(node.putArray("devices"), state);
    RosterVectors.circles(node.putArray("circles"), state);
  }

  private int number(Statement statement) {
    return numbers.computeIfAbsent(
        statement.id(),
        any -> {
          pool.add(Hex.encode(statement.encode()));
          return numbers.size();
        });
  }

  private Statement suspend(Person by, Person target, Statement... standing) {
    List<StatementId> ids = Arrays.stream(standing).map(Statement::id).sorted().toList();
    return org.sign(new Suspension(target.id(), List.of(), ids), by.signing);
  }

  private void ranks() {
    tell("nothing happened");
    suspend(one, two);
    tell("a coordinator suspends another");
    suspend(two, one);
    suspend(one, two);
    tell("two coordinators suspend each other");
    suspend(one, two);
    suspend(two, reporter);
    tell("an equal who is suspended suspends somebody");
    suspend(two, reporter);
    suspend(org.owner, two);
    tell("a suspension that an owner did not let stand");
    Statement stands = suspend(two, reporter);
    suspend(org.owner, two, stands);
    tell("one that an owner let stand");
    stands = suspend(two, reporter);
    suspend(org.owner, two, stands);
    suspend(one, two);
    tell("and that an equal did not");
    suspend(reporter, one);
    suspend(one, org.owner);
    org.sign(new Suspension(org.recoveryId(), null, List.of()), org.owner.signing);
    tell("suspensions by who may not");
    suspend(one, one);
    suspend(one, reporter);
    tell("a coordinator suspends himself");
  }

  private Person puppet(Person by) {
    Person puppet = org.person();
    org.confirm(before, by, org.admit(before, org.invite(before, by, Role.COORDINATOR), puppet));
    return puppet;
  }

  private void puppets() {
    Person puppet = puppet(two);
    suspend(puppet, one);
    tell("somebody's coordinator suspends");
    puppet = puppet(two);
    suspend(puppet, one);
    suspend(one, two);
    tell("an equal suspends who let him in");
    puppet = puppet(two);
    suspend(puppet, one);
    suspend(org.owner, two);
    tell("an owner suspends who let him in");
    puppet = puppet(two);
    Person second = puppet(puppet);
    suspend(second, one);
    suspend(org.owner, puppet);
    tell("an owner suspends the one between");
  }

  private void standing() {
    Statement invitation = org.invite(two, Role.REPORTER);
    Person invited = org.person();
    Statement admission = org.admit(invitation, invited);
    Statement confirmation = org.confirm(two, admission);
    suspend(org.owner, two, invitation, confirmation);
    tell("who was let in stays, both let stand");
    for (int left = 0; left < 2; left++) {
      org.all.addAll(List.of(invitation, admission, confirmation));
      suspend(org.owner, two, left == 0 ? invitation : confirmation);
      tell(left == 0 ? "only the invitation let stand" : "only the confirmation let stand");
    }
    org.all.addAll(List.of(invitation, admission, confirmation));
    suspend(org.owner, two, invitation, confirmation);
    suspend(one, two, invitation);
    tell("let stand by one of two suspensions");
    org.sign(new Suspension(invited.id(), List.of(), List.of()), one.signing);
    tell("a device suspended that never came in");
    org.all.addAll(List.of(invitation, admission, confirmation));
    suspend(one, invited);
    tell("and the same when it has come in");
    Person puppet = puppet(two);
    org.add(org.newer(puppet.signing));
    suspend(org.owner, two);
    tell("a statement of a later kind by one whom nobody let in any more");
    Statement newer = org.add(org.newer(two.signing));
    suspend(org.owner, two);
    tell("a statement of a later kind, not let stand");
    org.all.add(newer);
    suspend(org.owner, two, newer);
    tell("a statement of a later kind, let stand");
    org.add(org.newer(reporter.signing));
    tell("a statement of a later kind by a reporter");
    org.sign(new Suspension(one.id(), null, List.of()), org.owner.signing);
    tell("a suspension without a list");
    org.sign(new Suspension(one.id(), null, List.of()), org.owner.signing);
    suspend(two, one);
    tell("one without a list and one with");
  }

  private Person replaced(Person... suspended) {
    Person heir = org.person();
    List<Suspension> cuts = new ArrayList<>();
    for (Person each : suspended) {
      cuts.add(new Suspension(each.id(), List.of(), List.of()));
    }
    cuts.sort((a, b) -> a.device().compareTo(b.device()));
    org.add(
        org.writer(before)
            .replacement(
                org.recoverySigning, heir.signing, heir.encryption.publicKey(), cuts, "Heir"));
    return heir;
  }

  private void recovery() {
    Person heir = replaced(org.owner);
    org.sign(before, new Suspension(heir.id(), null, List.of()), org.owner.signing);
    suspend(org.owner, one);
    tell("the owner is replaced, and looks back in anger");
    heir = replaced();
    suspend(heir, org.owner);
    suspend(org.owner, heir);
    tell("a second owner, and both suspend each other");
    replaced(org.owner, one);
    tell("a replacement that leaves out what the owner let in");
    org.sign(new Suspension(org.owner.id(), List.of(), List.of()), org.recoverySigning);
    tell("the recovery key suspends the owner");
    org.sign(new Suspension(reporter.id(), List.of(), List.of()), org.recoverySigning);
    tell("the recovery key suspends a reporter");
    DeviceId itself = org.recoveryId();
    Person another = org.person();
    org.add(
        org.writer(before)
            .replacement(
                org.recoverySigning,
                another.signing,
                another.encryption.publicKey(),
                List.of(new Suspension(itself, null, List.of())),
                "Heir"));
    tell("a replacement that lists the recovery key");
    org.add(
        org.writer(before)
            .replacement(
                one.signing, two.signing, two.encryption.publicKey(), List.of(), "Usurper"));
    tell("a replacement by a coordinator");
  }

  private void release(Person by, Person device, Statement... of) {
    List<StatementId> ids = Arrays.stream(of).map(Statement::id).sorted().toList();
    org.sign(new Release(device.id(), ids, List.of(), List.of()), by.signing);
  }

  private void releases() {
    release(two, reporter, suspend(one, reporter));
    tell("a release by an equal");
    release(two, reporter, suspend(org.owner, reporter));
    tell("a release by a lower rank");
    Statement low = suspend(one, reporter);
    release(two, reporter, low, suspend(org.owner, reporter));
    tell("a release of a low and of a high one");
    low = suspend(one, reporter);
    suspend(org.owner, reporter);
    release(two, reporter, low);
    tell("a release of the low one only");
    release(reporter, reporter, suspend(one, reporter));
    tell("a release by a reporter of himself");
    release(two, two, suspend(one, two));
    tell("a release by a coordinator of himself");
    release(two, reporter, suspend(one, reporter));
    suspend(org.owner, two);
    tell("a release by one who is suspended since");
    Person heir = replaced(org.owner);
    release(heir, org.owner, org.all.get(org.all.size() - 1));
    tell("a release by the new owner of what the recovery key suspended");
    release(
        one,
        org.owner,
        org.sign(new Suspension(org.owner.id(), List.of(), List.of()), one.signing));
    tell("a release of an owner by a coordinator");
  }

  private void generations() {
    LogKey first = org.log("log.example/first");
    LogKey second = org.log("log.example/second");
    generation(one, 1, first);
    tell("a generation by a coordinator");
    generation(org.owner, 2, first);
    tell("a generation without the one before");
    generation(
        org.owner,
        1,
        new LogKey(second.origin(), ((Genesis) org.founding.genesis().content()).log().key()));
    tell("a generation with the key of the one before");
    generation(org.owner, 1, first);
    generation(org.owner, 1, second);
    generation(org.owner, 2, new LogKey(first.origin(), org.log("x.example").key()));
    tell("two of one number, and the next with the origin of one of them");
  }

  private void generation(Person by, long number, LogKey log) {
    org.sign(
        before,
        new Generation(number, log, number - 1, 7, org.founding.genesis().leafHash()),
        by.signing);
  }

  private void admissions() {
    Person somebody = org.person();
    Statement low = org.admit(org.invite(one, Role.REPORTER), somebody);
    Statement high = org.admit(org.invite(one, Role.COORDINATOR), somebody);
    tell("two admissions, neither confirmed");
    org.all.addAll(List.of(low, high));
    tell("two admissions, their invitations missing");
    org.confirm(one, waiting);
    tell("the one who waited is confirmed");
    org.sign(new Confirmation(reporter.id(), waiting.id()), one.signing);
    tell("a confirmation that names another device");
    org.confirm(reporter, waiting);
    tell("a confirmation by a reporter");
    further(one, MemberId.of(reporter.id().bytes()), true, "a further device of a reporter");
    further(one, MemberId.of(reporter.id().bytes()), false, "a further device, not confirmed");
    further(one, MemberId.of(org.owner.id().bytes()), true, "of an owner, by a coordinator");
    further(org.owner, MemberId.of(org.owner.id().bytes()), true, "of an owner, by him");
    further(one, MemberId.of(org.person().id().bytes()), true, "of one who never came in");
    Statement second =
        org.admit(
            org.inviteFurther(before, one, Role.REPORTER, MemberId.of(reporter.id().bytes())),
            org.person());
    org.confirm(one, second);
    DeviceId between = ((Admission) second.content()).keys().device();
    further(one, MemberId.of(between.bytes()), true, "of a device that is a further one itself");
  }

  private void further(Person by, MemberId member, boolean confirmed, String name) {
    Person device = org.person();
    Statement admission =
        org.admit(before, org.inviteFurther(before, by, Role.REPORTER, member), device);
    if (confirmed) {
      org.confirm(before, by, admission);
    }
    tell(name);
  }

  private void epochs() {
    CircleId north = org.newCircle();
    org.epoch(before, one, north, one, reporter);
    org.epoch(before, two, north, two);
    tell("two current epochs");
    for (int turn = 0; turn < 4; turn++) {
      org.epoch(before, one, north, one, reporter);
      org.epoch(before, two, north, two, one);
      suspend(org.owner, reporter);
      tell("the one with fewest suspended devices " + turn);
    }
    org.epoch(before, two, north, two);
    suspend(org.owner, two);
    tell("an epoch that did not stand");
    org.epoch(before, reporter, north, reporter);
    Epoch own =
        (Epoch) org.epoch(before, one, reporter.ownCircle(), reporter).statement().content();
    GrantedSeed seed =
        new GrantedSeed(EpochId.of(org.space().bytes()), own.members().get(0).seal());
    org.sign(new Grant(reporter.ownCircle(), one.id(), List.of(seed)), one.signing);
    tell("epochs and a grant by who may not sign them");
    org.add(org.writer(before).ownEpoch(reporter.signing).statement());
    tell("a device's own");
  }

  private void heads() {
    suspend(reporter, one);
    org.sign(new Suspension(reporter.id(), List.of(), List.of()), one.signing);
    tell("a head named by one without power, and one that names it");
  }

  private void chances() {
    History history = new History(9_001, 40, 3);
    Random random = new Random(7);
    for (int chance = 0; chance < CHANCES; chance++) {
      List<Statement> some = new ArrayList<>(history.org.all);
      int spared = 3 + random.nextInt(9);
      some.removeIf(each -> each.kind() != StatementKind.GENESIS && random.nextInt(spared) == 0);
      tell("chance " + chance, history.org, some);
    }
  }
}
