package dev.cairn.fuzzing;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.cose.CoseSign;
import dev.cairn.protocol.cose.MessageType;
import dev.cairn.protocol.envelope.Body;
import dev.cairn.protocol.frame.ByteStringStream;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.meeting.WordDoor;
import dev.cairn.protocol.merge.MergeAuthority;
import dev.cairn.protocol.merge.MergeChange;
import dev.cairn.protocol.merge.RecordMerge;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.roster.DeviceEntry;
import dev.cairn.protocol.roster.EpochKeyRing;
import dev.cairn.protocol.roster.PayloadDoor;
import dev.cairn.protocol.roster.RosterState;
import dev.cairn.protocol.roster.Statement;
import dev.cairn.protocol.suite.Sha256;
import dev.cairn.protocol.suite.SigningKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Behind the signature: what a member may say, and what is made of it. */
class MemberFuzzTest {

  private static final int CHANGES_MAX = 40;
  private static final RecordId RECORD = RecordId.of(Known.filled(1, 16));

  /** Payloads signed by whom they name, as far as we have the keys. */
  @FuzzTest
  void roster_ofSignedPayloads_isTheSameInAnyOrder(byte[] input) {
    Trial.within(
        input,
        () -> {
          List<Statement> statements = new ArrayList<>();
          for (byte[] payload : strings(input)) {
            Trial.of(() -> signed(payload)).ifPresent(statements::add);
          }
          RosterState onward = RosterState.fold(Known.SPACE_OF_ROSTER, statements);
          Collections.reverse(statements);
          RosterState backward = RosterState.fold(Known.SPACE_OF_ROSTER, statements);
          same(onward, backward);
          RosterState oneByOne = RosterState.fold(Known.SPACE_OF_ROSTER, List.of());
          for (Statement statement : statements) {
            oneByOne = oneByOne.with(statement);
          }
          same(onward, oneByOne);
          EpochKeyRing.of(Known.OWNER, Known.OWNER_OPENS).open(onward);
          for (DeviceEntry device : onward.devices()) {
            onward.servedTo(device.device());
            onward.reporterView(device.device());
          }
        });
  }

  private static Statement signed(byte[] payload) throws CairnException {
    List<SigningKey> keys = new ArrayList<>();
    for (DeviceId signer : PayloadDoor.signers(payload)) {
      SigningKey key = Known.SIGNERS.get(signer);
      if (key == null) {
        throw new dev.cairn.protocol.MalformedException("signed by somebody else");
      }
      keys.add(key);
    }
    Statement statement =
        Statement.decode(CoseSign.sign(MessageType.STATEMENT, payload, keys).encode());
    Trial.same(payload, statement.payload(), "payload");
    Trial.holds(statement.signaturesValid(), "own signature does not hold");
    return statement;
  }

  private static void same(RosterState one, RosterState other) {
    Trial.same(one.heads(), other.heads(), "heads");
    Trial.same(one.devices(), other.devices(), "devices");
    Trial.same(one.logs(), other.logs(), "logs");
    Trial.same(one.move(), other.move(), "move");
    for (Statement statement : one.statements()) {
      Trial.same(one.verdict(statement.id()), other.verdict(statement.id()), "verdict");
    }
  }

  /** Bodies of one record by several authors, each naming some of those before as parents. */
  @FuzzTest
  void record_ofAnyBodies_isTheSameInAnyOrder(byte[] input) {
    Trial.within(
        input,
        () -> {
          List<MergeChange> changes = new ArrayList<>();
          for (byte[] string : strings(input)) {
            Trial.of(() -> change(string, changes)).ifPresent(changes::add);
          }
          if (changes.isEmpty()) {
            return;
          }
          MergeAuthority authority = new Authority();
          RecordState onward = RecordMerge.merge(changes, authority);
          Collections.reverse(changes);
          RecordState backward = RecordMerge.merge(changes, authority);
          Trial.same(onward.canonical(), backward.canonical(), "state");
          onward.conflicts();
          onward.visible();
        });
  }

  /** The last byte of a string says who, and which of the changes before it he had seen. */
  private static MergeChange change(byte[] string, List<MergeChange> before) throws CairnException {
    Input in = new Input(string);
    int how = in.choice();
    byte[] encoded = in.rest();
    Body body = Body.decode(encoded);
    Trial.same(encoded, body.encode(), "body");
    List<ChangeId> parents = new ArrayList<>(body.parents());
    for (int i = before.size() - 1; i >= 0 && i >= before.size() - 4; i--) {
      if ((how >> (before.size() - i) & 1) == 1) {
        parents.add(before.get(i).id());
      }
    }
    Collections.sort(parents);
    byte[] id = Sha256.of(encoded, new byte[] {(byte) before.size()}).bytes();
    return new MergeChange(
        ChangeId.of(id),
        DeviceId.of(Known.filled(1 + how % 8, 32)),
        RECORD,
        before.isEmpty(),
        body.kind(),
        parents.stream().distinct().toList(),
        body.clock(),
        body.skewMillis(),
        body.operations(),
        null);
  }

  private static final class Authority implements MergeAuthority {
    @Override
    public Optional<Author> author(DeviceId device) {
      int who = device.bytes()[0];
      return who == 8
          ? Optional.empty()
          : Optional.of(new Author(MemberId.of(device.bytes()), who > 4, who == 7));
    }

    @Override
    public boolean counts(ChangeId change, DeviceId device) {
      return change.bytes()[0] != 0;
    }
  }

  private static List<byte[]> strings(byte[] input) {
    ByteStringStream stream = new ByteStringStream(Limits.BODY_BYTES_MAX);
    stream.feed(input);
    List<byte[]> strings = new ArrayList<>();
    while (strings.size() < CHANGES_MAX) {
      Optional<Optional<byte[]>> next = Trial.of(stream::next);
      if (!next.isPresent() || !next.get().isPresent()) {
        break;
      }
      strings.add(next.get().get());
    }
    return strings;
  }

  /** What one device says to another that it meets. */
  @FuzzTest
  void wordOfAMeeting_ofAnyBytes_hasOneEncoding(byte[] input) {
    Trial.within(input, () -> Trial.same(input, WordDoor.again(input), "word"));
  }
}
