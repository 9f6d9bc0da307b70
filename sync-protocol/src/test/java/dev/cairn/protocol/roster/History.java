package dev.cairn.protocol.roster;

import dev.cairn.protocol.id.CircleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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

  History(long seed, int steps) {
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
    switch (random.nextInt(10)) {
      case 0, 1 -> invitations.add(org.invite(seen(), any(people), anyRole(), any(circles)));
      case 2, 3 -> admit();
      case 4, 5 -> confirm();
      case 6 -> cut();
      case 7, 8 -> epoch();
      default -> move();
    }
  }

  private Role anyRole() {
    return random.nextInt(3) == 0 ? Role.COORDINATOR : Role.REPORTER;
  }

  private void admit() {
    if (!invitations.isEmpty()) {
      Person person = random.nextInt(5) == 0 ? any(people) : org.person();
      people.add(person);
      admissions.add(org.admit(seen(), any(invitations), person));
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
      org.sign(seen(), new Suspension(any(people).id(), List.of(), List.of()), by.signing);
    }
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
