package dev.cairn.server;

import dev.cairn.protocol.feed.Change;
import dev.cairn.protocol.frame.Encoded;
import dev.cairn.protocol.frame.Entry;
import dev.cairn.protocol.frame.EntryWriter;
import dev.cairn.protocol.frame.Frame;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;
import dev.cairn.protocol.invitation.ServerInvitation;
import dev.cairn.protocol.log.LogKey;
import dev.cairn.protocol.roster.Founding;
import dev.cairn.protocol.roster.Invitation;
import dev.cairn.protocol.roster.Role;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.RosterWriter;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Randomness;
import dev.cairn.protocol.suite.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** A space with its owner; the roster here is the whole one. */
final class TestSpace {

  static final long LATER_SECONDS = 4_000_000_000L;

  final Randomness randomness;
  final TestDevice owner;
  final Founding founding;
  final SpaceId id;
  final LogKey log;
  private RosterState roster;

  TestSpace(long seed, ServerInvitation invitation) {
    Random random = new Random(seed);
    randomness = random::nextBytes;
    owner = new TestDevice(randomness);
    founding =
        Founding.create(
            owner.key,
            owner.encryptionKey.publicKey(),
            invitation.log(),
            invitation.bundleKey(),
            "Test space",
            "The owner",
            null,
            randomness);
    id = founding.space();
    log = invitation.log();
    roster = RosterState.fold(id, founding.statements());
  }

  RosterState roster() {
    return roster;
  }

  /** Counts a statement in. */
  Statement add(Statement statement) {
    roster = roster.with(statement);
    return statement;
  }

  RosterWriter writer() {
    return new RosterWriter(roster, randomness);
  }

  /** What lets a new reporter in: an invitation and an admission, both counted in. */
  List<Statement> admit(TestDevice device) {
    return admit(device, Role.REPORTER, 1);
  }

  List<Statement> admit(TestDevice device, Role role, int uses) {
    SigningKey oneTime = SigningKey.generate(randomness);
    Statement invitation = add(invite(oneTime, role, uses, LATER_SECONDS));
    return List.of(invitation, add(admission(invitation, oneTime, device)));
  }

  Statement invite(SigningKey oneTime, Role role, int uses, long expiresSeconds) {
    DeviceId oneTimeId = DeviceId.of(oneTime.verifyingKey().bytes());
    return writer()
        .sign(
            new Invitation(
                oneTimeId, role, List.of(roster.desk().orElseThrow()), uses, expiresSeconds, null),
            owner.key);
  }

  Statement admission(Statement invitation, SigningKey oneTime, TestDevice device) {
    return writer()
        .admission(
            invitation.id(), oneTime, device.key, device.encryptionKey.publicKey(), "A reporter");
  }

  /** A text that does not compress. */
  static String text(int characters, long seed) {
    StringBuilder text = new StringBuilder();
    new Random(seed).ints(characters, 'a', 'z' + 1).forEach(each -> text.append((char) each));
    return text.toString();
  }

  /** Entries as they go into one stream, one element each. */
  static List<byte[]> entries(Object... parts) {
    EntryWriter writer = new EntryWriter();
    List<byte[]> entries = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Statement statement) {
        entries.add(
            writer.write(
                new Entry.Statement(Encoded.of(statement.encode()), OptionalLong.empty())));
      } else if (part instanceof List<?> list) {
        List<Change> changes = new ArrayList<>();
        for (Object change : list) {
          changes.add((Change) change);
        }
        for (int from = 0; from < changes.size(); ) {
          int count = writer.fitting(changes.subList(from, changes.size()), 1 << 20);
          Frame frame = Frame.of(changes.subList(from, from + count));
          entries.add(writer.write(new Entry.OfFrame(frame, List.of())));
          from += count;
        }
      }
    }
    return entries;
  }

  static byte[] joined(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entries.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
