package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.StatementId;
import java.util.Arrays;
import java.util.List;

/**
 * The cases of {@code suspended-1.json}. What counts in each was worked out by hand: changes 0 to
 * 10 are the reporter's ({@link CountingVectors}), 11 to 13 of the second coordinator, 14 of a
 * stranger, 15 and 16 of the owner, 17 of a newcomer.
 */
final class CountingStories {

  private static final int[] LINE = {0, 1, 2, 3, 4, 5, 6};
  private static final int[] BESIDE = {7, 8, 9, 10};

  private final CountingVectors vectors;
  private final Organisation org;
  private final Person owner;
  private final Person one;
  private final Person two;
  private final Person reporter;

  CountingStories(CountingVectors vectors) {
    this.vectors = vectors;
    this.org = vectors.org;
    this.owner = org.owner;
    this.one = vectors.one;
    this.two = vectors.two;
    this.reporter = vectors.reporter;
  }

  void tell() {
    bounds();
    branches();
    readersOfAPart();
    releases();
    releasesWithoutForce();
    whoseSuspensionsCount();
    whoIsIn();
    recovery();
  }

  private CountingVectors.Case told(String name) {
    return vectors.new Case(name);
  }

  private List<LastGood> last(int... changes) {
    return vectors.last(changes);
  }

  private static List<StatementId> ids(Statement... statements) {
    return Arrays.stream(statements).map(Statement::id).sorted().toList();
  }

  private Statement suspend(Person by, Person target, List<LastGood> last, Statement... standing) {
    return org.sign(vectors.before, new Suspension(target.id(), last, ids(standing)), by.signing);
  }

  private void release(Person by, Person target, List<LastGood> upTo, Statement... of) {
    org.sign(new Release(target.id(), ids(of), upTo, List.of()), by.signing);
  }

  private void bounds() {
    told("nobody is suspended").held(LINE).counts(LINE).quarantined();
    suspend(one, reporter, last(4));
    told("up to a change").held(LINE).counts(0, 1, 2, 3, 4).quarantined(5, 6).later(BESIDE);
    suspend(one, reporter, last());
    told("an empty list").held(LINE).counts().quarantined(LINE).later(BESIDE);
    suspend(one, reporter, null);
    told("without a list").held(LINE).counts(LINE).quarantined();
    suspend(one, reporter, null);
    suspend(two, reporter, last(4));
    told("without a list, and with one")
        .held(LINE)
        .counts(0, 1, 2, 3, 4)
        .quarantined(5, 6)
        .later(BESIDE);
    suspend(one, reporter, last(6));
    suspend(two, reporter, last(3));
    told("two lists, one within the other")
        .held(LINE)
        .counts(0, 1, 2, 3)
        .quarantined(4, 5, 6)
        .later(BESIDE);
    suspend(one, reporter, last(12));
    told("a list that names another device's change")
        .held(0, 1, 2, 11, 12, 13)
        .counts(11, 12, 13)
        .quarantined(0, 1, 2)
        .later(BESIDE);
  }

  private void branches() {
    suspend(one, reporter, last(8));
    suspend(two, reporter, last(4));
    told("two branches: what both continue")
        .held(0, 1, 2, 3, 4, 5, 6, 7, 8)
        .counts(0, 1)
        .quarantined(2, 3, 4, 5, 6, 7, 8)
        .later(9, 10);
    suspend(one, reporter, last(4, 8));
    told("a list that names both branches")
        .held(0, 1, 2, 3, 4, 5, 6, 7, 8)
        .counts(0, 1, 2, 3, 4, 7, 8)
        .quarantined(5, 6)
        .later(9, 10);
    suspend(one, reporter, last(10));
    told("a fork that was joined")
        .held(0, 1, 2, 3, 4, 5, 6, 7, 8, 10)
        .counts(0, 1, 2, 3, 4, 5, 6, 7, 8, 10)
        .quarantined()
        .later(9);
    suspend(one, reporter, last(9));
    told("only the second beginning")
        .held(0, 1, 2, 9)
        .counts(9)
        .quarantined(0, 1, 2)
        .later(3, 4, 5, 6);
  }

  private void readersOfAPart() {
    suspend(one, reporter, last(4));
    told("the last good one is not held").held(0, 1, 2, 3).counts().quarantined(0, 1, 2, 3);
    suspend(one, reporter, last(4, 5));
    told("a reader of one circle, the head of each listed")
        .held(0, 1, 4, 6)
        .counts(0, 1, 4)
        .quarantined(6)
        .later(7, 8);
    suspend(one, reporter, last(5));
    told("a reader of one circle, only the head of the other listed")
        .held(0, 1, 4, 6)
        .counts()
        .quarantined(0, 1, 4, 6)
        .later(7, 8);
    suspend(one, reporter, last(5));
    told("the same when all is held")
        .held(LINE)
        .counts(0, 1, 2, 3, 4, 5)
        .quarantined(6)
        .later(BESIDE);
    suspend(one, reporter, last(5));
    told("a change between is not held").held(0, 1, 2, 5, 6).counts(5).quarantined(0, 1, 2, 6);
  }

  private void releases() {
    release(two, reporter, last(4), suspend(one, reporter, last(1)));
    told("a release up to a later change")
        .held(LINE)
        .counts(0, 1, 2, 3, 4)
        .quarantined(5, 6)
        .later(BESIDE);
    Statement cut = suspend(one, reporter, last(1));
    List<ChangeId> single = List.of(vectors.change(5));
    org.sign(new Release(reporter.id(), ids(cut), List.of(), single), two.signing);
    told("a release of one change").held(LINE).counts(0, 1, 5).quarantined(2, 3, 4, 6);
    cut = suspend(one, reporter, last(1));
    suspend(two, reporter, last(2));
    release(one, reporter, last(4), cut);
    told("a release from one of two suspensions")
        .held(LINE)
        .counts(0, 1, 2)
        .quarantined(3, 4, 5, 6);
    cut = suspend(one, reporter, last(1));
    release(one, reporter, last(4), cut, suspend(two, reporter, last(2)));
    told("a release from both").held(LINE).counts(0, 1, 2, 3, 4).quarantined(5, 6).later(BESIDE);
    cut = suspend(one, reporter, last(1));
    release(one, reporter, last(3), cut);
    release(two, reporter, last(8), cut);
    told("two releases from one")
        .held(0, 1, 2, 3, 4, 7, 8)
        .counts(0, 1, 2, 3, 7, 8)
        .quarantined(4)
        .later(9, 10);
  }

  private void releasesWithoutForce() {
    release(one, reporter, last(4), suspend(owner, reporter, last(1)));
    told("a release by a lower rank").held(LINE).counts(0, 1).quarantined(2, 3, 4, 5, 6);
    release(two, two, last(13), suspend(one, two, last(12)));
    told("a release by the suspended himself").held(11, 12, 13).counts(11, 12).quarantined(13);
    release(two, reporter, last(4), suspend(one, reporter, last(1)));
    suspend(owner, two, last(12));
    told("a release by one who is suspended since")
        .held(0, 1, 2, 3, 11, 12, 13)
        .counts(0, 1, 11, 12)
        .quarantined(2, 3, 13);
    Statement ofTwo = suspend(one, two, last(12));
    suspend(one, reporter, last(1));
    release(owner, reporter, last(4), ofTwo);
    told("a release that names the suspension of another")
        .held(LINE)
        .counts(0, 1)
        .quarantined(2, 3, 4, 5, 6);
  }

  private void whoseSuspensionsCount() {
    suspend(reporter, two, last());
    told("a suspension by a reporter").held(11, 12, 13).counts(11, 12, 13).quarantined();
    suspend(two, reporter, last(0));
    suspend(owner, two, last(11));
    told("a suspension that an owner made void")
        .held(0, 1, 11, 12)
        .counts(0, 1, 11)
        .quarantined(12)
        .later(13);
    Statement stands = suspend(two, reporter, last(0));
    suspend(owner, two, last(11), stands);
    told("one that an owner let stand")
        .held(0, 1, 11, 12)
        .counts(0, 11)
        .quarantined(1, 12)
        .later(13);
    suspend(one, two, last(12));
    suspend(two, one, last());
    suspend(two, reporter, last(1));
    told("of equals every suspension counts")
        .held(0, 1, 2, 11, 12, 13)
        .counts(0, 1, 11, 12)
        .quarantined(2, 13);
    suspend(one, owner, last());
    told("a suspension of an owner by a coordinator").held(15, 16).counts(15, 16).quarantined();
  }

  private void whoIsIn() {
    told("a device that never came in").held(14, 11).counts(11).quarantined();
    Statement invitation = org.invite(vectors.before, two, Role.REPORTER);
    Statement admission = org.admit(vectors.before, invitation, vectors.newcomer);
    Statement confirmation = org.confirm(vectors.before, two, admission);
    told("a newcomer").held(17).counts(17).quarantined();
    org.all.addAll(List.of(invitation, admission, confirmation));
    suspend(owner, two, last(12));
    told("a newcomer whose coordinator an owner cut off")
        .held(11, 12, 13, 17)
        .counts(11, 12)
        .quarantined(13);
    org.all.addAll(List.of(invitation, admission, confirmation));
    suspend(owner, two, last(12), invitation);
    told("a newcomer whose invitation was let stand")
        .held(11, 12, 13, 17)
        .counts(11, 12, 17)
        .quarantined(13);
    org.all.addAll(List.of(admission, confirmation));
    told("a newcomer whose invitation is not held").held(17).counts().quarantined();
  }

  private Person replaced(List<LastGood> last) {
    Person heir = org.person();
    Suspension cut = new Suspension(owner.id(), last, List.of());
    org.add(
        org.writer(vectors.before)
            .replacement(
                org.recoverySigning,
                heir.signing,
                heir.encryption.publicKey(),
                List.of(cut),
                "Heir"));
    return heir;
  }

  private void recovery() {
    replaced(last(15));
    told("an owner who was replaced").held(15, 16).counts(15).quarantined(16);
    Person heir = replaced(last(15));
    Statement replacement = org.all.get(org.all.size() - 1);
    org.sign(new Release(owner.id(), ids(replacement), last(16), List.of()), heir.signing);
    told("whom the new owner gives back the rest").held(15, 16).counts(15, 16).quarantined();
    org.sign(new Suspension(reporter.id(), last(1), List.of()), org.recoverySigning);
    told("a suspension by the recovery key").held(0, 1, 2).counts(0, 1).quarantined(2);
    List<StatementId> standing = ids(org.all.toArray(new Statement[0]));
    suspend(owner, reporter, last(1));
    org.sign(new Suspension(owner.id(), null, standing), org.recoverySigning);
    told("a suspension that the recovery key did not let stand")
        .held(LINE)
        .counts(LINE)
        .quarantined();
    org.sign(new Suspension(owner.id(), null, List.of()), org.recoverySigning);
    told("an owner cut off with all whom he let in").held(0, 1, 15).counts(15).quarantined();
  }
}
