package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.log.LogKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A space with a long random past: people come, are confirmed, cut off, circles change keys, some
 * authors know less than others, and some have no right to what they do.
 */
final class History {

  final Organisation org;
  final List<Person> people = new ArrayList<>();
  final List<CircleId> circles = new ArrayList<>();
  private final List<Statement> invitations = new ArrayList<>();
  private final List<Statement> admissions = new ArrayList<>();
  private final List<RosterState> past = new ArrayList<>();
  private final Random random;
  private final int weapons;

  History(long seed, int steps) {
    this(seed, steps, 1);
  }

  /**
   * A past of its own for each seed.
   *
   * @param weapons how much more often than other things somebody is cut off; above 1 by
   *     replacements as well
   */
  History(long seed, int steps, int weapons) {
    this.weapons = weapons;
    org = new Organisation(seed);
    random = new Random(seed);
    people.add(org.owner);
    circles.add(org.desk());
    for (int i = 0; i < 3; i++) {
      people.add(org.coordinator());
    }
    circles.add(org.newCircle());
    for (int step = 0; step < steps; step++) {
      past.add(org.state());
      step();
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** What an author has seen: mostly everything, sometimes only what there was a while ago. */
  private RosterState seen() {
    return random.nextInt(4) > 0 ? past.get(past.size() - 1) : any(past);
  }

  private void step() {
    switch (random.nextInt(12 + weapons)) {
      case 0 -> invitations.add(org.invite(seen(), any(people), anyRole(), any(circles)));
      case 1 ->
          invitations.add(
              org.inviteFurther(
                  seen(), any(people), anyRole(), MemberId.of(any(people).id().bytes())));
      case 2, 3 -> admit();
      case 4, 5 -> confirm();
      case 6 -> cut();
      case 7, 8 -> epoch();
      case 9 -> release();
      case 10 -> org.add(org.newer(any(people).signing));
      case 11 -> generation();
      case 12 -> move();
      default -> assault();
    }
  }

  private void assault() {
    if (random.nextInt(12) == 0) {
      replace();
    } else {
      cut();
    }
  }

  /** The recovery key puts a new owner in place, who acts like anybody from then on. */
  private void replace() {
    RosterState seen = seen();
    if (seen.desk().flatMap(seen::writingKey).isPresent()) {
      Person heir = org.person();
      people.add(heir);
      Suspension lost = new Suspension(any(people).id(), lastGoodOrNull(), List.of());
      org.add(
          org.writer(seen)
              .replacement(
                  org.recoverySigning,
                  heir.signing,
                  heir.encryption.publicKey(),
                  List.of(lost),
                  "Heir"));
    }
  }

  private Role anyRole() {
    return random.nextInt(3) == 0 ? Role.COORDINATOR : Role.REPORTER;
  }

  private void admit() {
    RosterState seen = seen();
    // An admission is sealed to the desk, which may have nobody left who can open an epoch of it.
    if (!invitations.isEmpty() && seen.desk().flatMap(seen::writingKey).isPresent()) {
      Person person = random.nextInt(5) == 0 ? any(people) : org.person();
      people.add(person);
      admissions.add(org.admit(seen, any(invitations), person));
    }
  }

  private void confirm() {
    if (!admissions.isEmpty()) {
      org.confirm(seen(), any(people), any(admissions));
    }
  }

  private void cut() {
    Person by = any(people);
    if (random.nextInt(8) == 0) {
      org.sign(seen(), org.writer(seen()).cut(any(people).id(), List.of()), org.recoverySigning);
    } else if (random.nextBoolean()) {
      org.suspend(seen(), by, any(people));
    } else {
      org.sign(seen(), new Suspension(any(people).id(), lastGoodOrNull(), List.of()), by.signing);
    }
  }

  private @Nullable List<LastGood> lastGoodOrNull() {
    return random.nextInt(3) == 0 ? null : lastGood();
  }

  private List<LastGood> lastGood() {
    TreeSet<LastGood> list = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      byte[] id = new byte[ChangeId.SIZE_BYTES];
      id[0] = (byte) random.nextInt(5);
      list.add(new LastGood(1L + random.nextInt(9), ChangeId.of(id)));
    }
    return List.copyOf(list);
  }

  private void release() {
    List<Statement> cuts = new ArrayList<>(org.all);
    cuts.removeIf(each -> each.kind() != StatementKind.SUSPENSION);
    if (!cuts.isEmpty()) {
      Statement cut = any(cuts);
      DeviceId device = ((Suspension) cut.content()).device();
      Release release = new Release(device, List.of(cut.id()), lastGood(), List.of());
      org.sign(seen(), release, any(people).signing);
    }
  }

  private void generation() {
    long number = 1L + random.nextInt(3);
    LogKey log = random.nextBoolean() ? org.log("log.example/" + number) : anyLog();
    org.sign(
        seen(),
        new Generation(number, log, number - 1, 7, org.founding.genesis().leafHash()),
        random.nextBoolean() ? org.owner.signing : any(people).signing);
  }

  private LogKey anyLog() {
    return any(new ArrayList<>(org.state().logs().values()));
  }

  private void epoch() {
    RosterState seen = seen();
    List<Person> members = new ArrayList<>();
    for (Person person : people) {
      boolean isSound = seen.device(person.id()).map(entry -> !entry.isSuspended()).orElse(false);
      if (isSound && random.nextBoolean() && !members.contains(person)) {
        members.add(person);
      }
    }
    Person author = any(people);
    CircleId circle = random.nextInt(4) == 0 ? author.ownCircle() : any(circles);
    org.epoch(seen, author, circle, members.toArray(new Person[0]));
  }

  private void move() {
    Person by = any(people);
    org.add(
        org.writer(seen())
            .move(
                new ServerAddress("https://s" + random.nextInt(99) + ".example", null),
                org.founding.genesis().content() instanceof Genesis genesis
                    ? genesis.log()
                    : org.log("unreached.example"),
                by.encryption.publicKey(),
                by.signing));
  }
}
