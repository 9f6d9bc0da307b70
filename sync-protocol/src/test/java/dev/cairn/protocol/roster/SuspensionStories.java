package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Stories of who suspends whom, and what of it stands, for {@link RosterStories}. */
final class SuspensionStories {

  private final Organisation org;
  private final Person one;
  private final Person two;
  private final Person reporter;
  private final RosterState before;
  private final Consumer<String> tell;

  /**
   * Among these people, as they are now.
   *
   * @param tell ends a story, and gives it a name
   */
  SuspensionStories(
      Organisation org, Person one, Person two, Person reporter, Consumer<String> tell) {
    this.org = org;
    this.one = one;
    this.two = two;
    this.reporter = reporter;
    this.before = org.state();
    this.tell = tell;
  }

  /** Somebody's word that a device is out, but for these statements of it. */
  static Statement suspend(Organisation org, Person by, Person target, Statement... standing) {
    List<StatementId> ids = Arrays.stream(standing).map(Statement::id).sorted().toList();
    return org.sign(new Suspension(target.id(), List.of(), ids), by.signing);
  }

  private Statement suspend(Person by, Person target, Statement... standing) {
    return suspend(org, by, target, standing);
  }

  void ranks() {
    tell.accept("nothing happened");
    suspend(one, two);
    tell.accept("a coordinator suspends another");
    suspend(two, one);
    suspend(one, two);
    tell.accept("two coordinators suspend each other");
    suspend(one, two);
    suspend(two, reporter);
    tell.accept("an equal who is suspended suspends somebody");
    suspend(two, reporter);
    suspend(org.owner, two);
    tell.accept("a suspension that an owner did not let stand");
    Statement stands = suspend(two, reporter);
    suspend(org.owner, two, stands);
    tell.accept("one that an owner let stand");
    stands = suspend(two, reporter);
    suspend(org.owner, two, stands);
    suspend(one, two);
    tell.accept("and that an equal did not");
    suspend(reporter, one);
    suspend(one, org.owner);
    org.sign(new Suspension(org.recoveryId(), null, List.of()), org.owner.signing);
    tell.accept("suspensions by who may not");
    suspend(one, one);
    suspend(one, reporter);
    tell.accept("a coordinator suspends himself");
  }

  private Person puppet(Person by) {
    Person puppet = org.person();
    org.confirm(before, by, org.admit(before, org.invite(before, by, Role.COORDINATOR), puppet));
    return puppet;
  }

  void puppets() {
    Person puppet = puppet(two);
    suspend(puppet, one);
    tell.accept("somebody's coordinator suspends");
    puppet = puppet(two);
    suspend(puppet, one);
    suspend(one, two);
    tell.accept("an equal suspends who let him in");
    puppet = puppet(two);
    suspend(puppet, one);
    suspend(org.owner, two);
    tell.accept("an owner suspends who let him in");
    puppet = puppet(two);
    Person second = puppet(puppet);
    suspend(second, one);
    suspend(org.owner, puppet);
    tell.accept("an owner suspends the one between");
  }

  void standing() {
    Statement invitation = org.invite(two, Role.REPORTER);
    Person invited = org.person();
    Statement admission = org.admit(invitation, invited);
    Statement confirmation = org.confirm(two, admission);
    suspend(org.owner, two, invitation, confirmation);
    tell.accept("who was let in stays, both let stand");
    for (int left = 0; left < 2; left++) {
      org.all.addAll(List.of(invitation, admission, confirmation));
      suspend(org.owner, two, left == 0 ? invitation : confirmation);
      tell.accept(left == 0 ? "only the invitation let stand" : "only the confirmation let stand");
    }
    org.all.addAll(List.of(invitation, admission, confirmation));
    suspend(org.owner, two, invitation, confirmation);
    suspend(one, two, invitation);
    tell.accept("let stand by one of two suspensions");
    org.sign(new Suspension(invited.id(), List.of(), List.of()), one.signing);
    tell.accept("a device suspended that never came in");
    org.all.addAll(List.of(invitation, admission, confirmation));
    suspend(one, invited);
    tell.accept("and the same when it has come in");
    Person puppet = puppet(two);
    org.add(org.newer(puppet.signing));
    suspend(org.owner, two);
    tell.accept("a statement of a later kind by one whom nobody let in any more");
    Statement newer = org.add(org.newer(two.signing));
    suspend(org.owner, two);
    tell.accept("a statement of a later kind, not let stand");
    org.all.add(newer);
    suspend(org.owner, two, newer);
    tell.accept("a statement of a later kind, let stand");
    org.add(org.newer(reporter.signing));
    tell.accept("a statement of a later kind by a reporter");
    org.sign(new Suspension(one.id(), null, List.of()), org.owner.signing);
    tell.accept("a suspension without a list");
    org.sign(new Suspension(one.id(), null, List.of()), org.owner.signing);
    suspend(two, one);
    tell.accept("one without a list and one with");
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

  void recovery() {
    Person heir = replaced(org.owner);
    org.sign(before, new Suspension(heir.id(), null, List.of()), org.owner.signing);
    suspend(org.owner, one);
    tell.accept("the owner is replaced, and looks back in anger");
    heir = replaced();
    suspend(heir, org.owner);
    suspend(org.owner, heir);
    tell.accept("a second owner, and both suspend each other");
    replaced(org.owner, one);
    tell.accept("a replacement that leaves out what the owner let in");
    org.sign(new Suspension(org.owner.id(), List.of(), List.of()), org.recoverySigning);
    tell.accept("the recovery key suspends the owner");
    org.sign(new Suspension(reporter.id(), List.of(), List.of()), org.recoverySigning);
    tell.accept("the recovery key suspends a reporter");
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
    tell.accept("a replacement that lists the recovery key");
    org.add(
        org.writer(before)
            .replacement(
                one.signing, two.signing, two.encryption.publicKey(), List.of(), "Usurper"));
    tell.accept("a replacement by a coordinator");
  }

  private void release(Person by, Person device, Statement... of) {
    List<StatementId> ids = Arrays.stream(of).map(Statement::id).sorted().toList();
    org.sign(new Release(device.id(), ids, List.of(), List.of()), by.signing);
  }

  void releases() {
    release(two, reporter, suspend(one, reporter));
    tell.accept("a release by an equal");
    release(two, reporter, suspend(org.owner, reporter));
    tell.accept("a release by a lower rank");
    Statement low = suspend(one, reporter);
    release(two, reporter, low, suspend(org.owner, reporter));
    tell.accept("a release of a low and of a high one");
    low = suspend(one, reporter);
    suspend(org.owner, reporter);
    release(two, reporter, low);
    tell.accept("a release of the low one only");
    release(reporter, reporter, suspend(one, reporter));
    tell.accept("a release by a reporter of himself");
    release(two, two, suspend(one, two));
    tell.accept("a release by a coordinator of himself");
    release(two, reporter, suspend(one, reporter));
    suspend(org.owner, two);
    tell.accept("a release by one who is suspended since");
    Person heir = replaced(org.owner);
    release(heir, org.owner, org.all.get(org.all.size() - 1));
    tell.accept("a release by the new owner of what the recovery key suspended");
    release(
        one,
        org.owner,
        org.sign(new Suspension(org.owner.id(), List.of(), List.of()), one.signing));
    tell.accept("a release of an owner by a coordinator");
  }
}
