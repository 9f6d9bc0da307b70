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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What sets of statements fold to, one story for each rule and parts of a history by chance: {@code
 * roster-2.json}.
 */
public final class RosterStories {

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

  public static ObjectNode make() {
    RosterStories stories = new RosterStories();
    SuspensionStories suspensions =
        new SuspensionStories(
            stories.org, stories.one, stories.two, stories.reporter, stories::tell);
    suspensions.ranks();
    suspensions.puppets();
    suspensions.standing();
    suspensions.recovery();
    suspensions.releases();
    stories.generations();
    stories.admissions();
    stories.epochs();
    stories.heads();
    stories.chances();
    stories.members();
    ObjectNode root = JSON.createObjectNode();
    root.put("about", "PROTOCOL.md section 5, State; a case names its statements by their numbers");
    root.set("statements", stories.pool);
    root.set("cases", stories.cases);
    return root;
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
      SuspensionStories.suspend(org, org.owner, reporter);
      tell("the one with fewest suspended devices " + turn);
    }
    org.epoch(before, two, north, two);
    SuspensionStories.suspend(org, org.owner, two);
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

  private void members() {
    CircleId south = org.newCircle();
    RosterState first = opened(south, one, reporter);
    org.epoch(first, one, south, one);
    tell("who was left out fetches no more");
    RosterState then = opened(south, one, reporter);
    org.epoch(then, two, south, one, reporter);
    org.epoch(then, one, south, one);
    org.epoch(org.state(), one, south, one);
    tell("left out by one, kept by another, and who left him out merges both");
    then = opened(south, one, reporter);
    for (int turn = 0; turn < 4; turn++) {
      org.epoch(then, two, south, one, reporter);
      NewEpoch out = org.epoch(then, one, south, one);
      org.epoch(then.with(out.statement()), one, south, one, two);
      tell("left out by one, kept by another " + turn);
      then = opened(south, one, reporter);
    }
    org.epoch(then, two, south, one, two);
    org.epoch(then, one, south, one, reporter, org.owner);
    tell("left out by one, while another adds somebody else");
    RosterState out = opened(south, one, reporter);
    out = out.with(org.epoch(out, one, south, one).statement());
    org.epoch(out, one, south, one);
    org.epoch(out, two, south, one, reporter);
    tell("put back by who knew, while another gives new keys");
    RosterState voided = opened(south, one, reporter);
    org.epoch(voided, two, south, one);
    SuspensionStories.suspend(org, org.owner, two);
    tell("left out by an epoch that does not stand");
  }

  /** What somebody has seen who has seen that a circle was opened for these. */
  private RosterState opened(CircleId circle, Person... members) {
    return before.with(org.epoch(before, one, circle, members).statement());
  }

  private void heads() {
    SuspensionStories.suspend(org, reporter, one);
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
