package dev.cairn.simulation.audit;

import dev.cairn.protocol.cbor.CborWriter;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Payloads made by hand. */
final class Made {

  static final DeviceId OWNER = device(1);
  static final DeviceId DESK = device(2);
  static final DeviceId PHONE = device(3);
  static final DeviceId OTHER = device(4);
  static final CircleId CIRCLE = CircleId.of(filled(16, 90));

  private static int salt;

  private Made() {}

  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static DeviceId device(int value) {
    return DeviceId.of(filled(32, value));
  }

  /** A change that is made step by step. */
  static final class ChangeMaker {
    private final DeviceId device;
    private long sequence = 1;
    private Set<ChangeId> previous = Set.of();
    private Set<CircleId> audience = Set.of(CIRCLE);
    private int session = 7;
    private int index = -1;
    private @Nullable ChangeId erases;
    private ChangeFact.@Nullable Cited cited;
    private int ciphertext = 80;

    private ChangeMaker(DeviceId device) {
      this.device = device;
    }

    ChangeMaker after(ChangeFact before) {
      sequence = before.sequence + 1;
      previous = Set.of(before.id);
      index = before.index + 1;
      return this;
    }

    ChangeMaker sequence(long value) {
      sequence = value;
      return this;
    }

    ChangeMaker session(int number, int place) {
      session = number;
      index = place;
      return this;
    }

    ChangeMaker to(CircleId... circles) {
      audience = new TreeSet<>(List.of(circles));
      return this;
    }

    ChangeMaker erases(ChangeId value) {
      erases = value;
      return this;
    }

    ChangeMaker cites(long size, String root) {
      cited = new ChangeFact.Cited(0, size, root);
      return this;
    }

    ChangeMaker ciphertext(int bytes) {
      ciphertext = bytes;
      return this;
    }

    ChangeFact make() {
      boolean opens = index < 0;
      ChangeFact.Cited checkpoint = cited;
      ChangeId erased = erases;
      int parts = 11 + (checkpoint == null ? 0 : 1) + (erased == null ? 0 : 1) + 1;
      CborWriter out = new CborWriter().array(2).map(parts);
      out.uint(1).uint(1).uint(2).bytes(filled(32, 100)).uint(3).bytes(device.bytes());
      out.uint(4).uint(sequence);
      ids(out.uint(5), previous);
      out.uint(6).array(audience.size());
      audience.forEach(circle -> out.bytes(circle.bytes()));
      out.uint(7).uint(sequence);
      ids(out.uint(8), previous);
      out.uint(9).bytes(filled(32, session));
      if (!opens) {
        out.uint(10).uint(index);
      }
      out.uint(11).array(0);
      if (checkpoint != null) {
        out.uint(12).array(3).uint(0).uint(checkpoint.size());
        out.bytes(java.util.HexFormat.of().parseHex(checkpoint.root()));
      }
      byte[] fresh = filled(16, 0);
      fresh[0] = (byte) salt;
      fresh[1] = (byte) (salt++ >> 8);
      out.uint(14).bytes(fresh);
      if (opens) {
        out.uint(15).array(1).array(3).bytes(filled(32, 60)).bytes(new byte[1120]);
        out.bytes(new byte[48]);
      }
      if (erased != null) {
        out.uint(16).bytes(erased.bytes());
      }
      if (opens) {
        out.array(0);
      } else {
        byte[] commitment = Hashes.sha256(fresh);
        out.array(3).bytes(commitment).bytes(filled(32, 61)).uint(ciphertext);
      }
      return ChangeFact.read(out.toBytes());
    }
  }

  private static void ids(CborWriter out, Collection<ChangeId> ids) {
    out.array(ids.size());
    new TreeSet<>(ids).forEach(id -> out.bytes(id.bytes()));
  }

  static ChangeMaker change(DeviceId device) {
    return new ChangeMaker(device);
  }

  /** A statement whose signatures nobody looks at. */
  static StatementFact statement(int kind, CborWriter content, DeviceId... signers) {
    CborWriter payload = new CborWriter().map(7).uint(1).uint(1).uint(2).bytes(new byte[0]);
    payload.uint(3).uint(kind).uint(4).array(0).uint(5).bytes(filled(16, salt++));
    payload.uint(6).raw(content.toBytes()).uint(7).array(signers.length);
    new TreeSet<>(List.of(signers)).forEach(each -> payload.bytes(each.bytes()));
    CborWriter object = new CborWriter().array(4).bytes(new byte[0]).map(0);
    return StatementFact.read(object.bytes(payload.toBytes()).array(0).toBytes());
  }

  static StatementFact genesis() {
    CborWriter content = new CborWriter().map(2);
    content.uint(1).text("log.example/0").uint(2).bytes(filled(32, 9));
    return statement(StatementFact.GENESIS, content, OWNER);
  }

  /** The log {@code log.example/NUMBER} is the next. */
  static StatementFact generation(int number) {
    CborWriter content = new CborWriter().map(3).uint(1).uint(number);
    content.uint(2).text("log.example/" + number).uint(3).bytes(filled(32, 9));
    return statement(StatementFact.GENERATION, content, OWNER);
  }

  static StatementFact invitation(DeviceId by, int role, int oneTimeKey) {
    CborWriter content = new CborWriter().map(2).uint(1).bytes(device(oneTimeKey).bytes());
    return statement(StatementFact.INVITATION, content.uint(2).uint(role), by);
  }

  static StatementFact admission(StatementFact invitation, DeviceId device, int oneTimeKey) {
    CborWriter content = new CborWriter().map(2).uint(1).bytes(invitation.id.bytes());
    content.uint(2).array(1).bytes(device.bytes());
    return statement(StatementFact.ADMISSION, content, device, device(oneTimeKey));
  }

  static StatementFact confirmation(DeviceId by, DeviceId device, StatementId admission) {
    CborWriter content = new CborWriter().map(2).uint(1).bytes(device.bytes());
    return statement(StatementFact.CONFIRMATION, content.uint(2).bytes(admission.bytes()), by);
  }

  /** The first epoch of a circle, for these members. */
  static StatementFact epoch(DeviceId by, CircleId circle, DeviceId... members) {
    CborWriter content = new CborWriter().map(4).uint(1).bytes(circle.bytes());
    content.uint(2).bytes(new byte[1216]).uint(3).array(members.length);
    new TreeSet<>(List.of(members))
        .forEach(each -> content.array(2).bytes(each.bytes()).bytes(new byte[0]));
    return statement(StatementFact.EPOCH, content.uint(5).array(0), by);
  }

  /** Cuts off beyond a change; beyond nothing at all if there is none. */
  static StatementFact suspension(DeviceId by, DeviceId device, @Nullable ChangeFact upTo) {
    CborWriter content = new CborWriter().map(3).uint(1).bytes(device.bytes()).uint(2);
    if (upTo == null) {
      content.nul();
    } else {
      content.array(1).array(2).uint(upTo.sequence).bytes(upTo.id.bytes());
    }
    return statement(StatementFact.SUSPENSION, content.uint(3).array(0), by);
  }

  /** The first keys of a circle, for one member. */
  static StatementFact epoch(DeviceId by, CircleId circle, DeviceId member) {
    CborWriter content = new CborWriter().map(5).uint(1).bytes(circle.bytes());
    content.uint(2).text("").uint(3).array(1).array(1).bytes(member.bytes());
    return statement(StatementFact.EPOCH, content.uint(4).nul().uint(5).array(0), by);
  }

  /** Owner, a desk, and two phones, all confirmed. */
  static List<StatementFact> people() {
    StatementFact deskInvited = invitation(OWNER, 2, 51);
    StatementFact desk = admission(deskInvited, DESK, 51);
    StatementFact phoneInvited = invitation(OWNER, 1, 52);
    StatementFact phone = admission(phoneInvited, PHONE, 52);
    StatementFact other = admission(phoneInvited, OTHER, 52);
    return List.of(
        genesis(),
        deskInvited,
        desk,
        confirmation(OWNER, DESK, desk.id),
        phoneInvited,
        phone,
        confirmation(DESK, PHONE, phone.id),
        other,
        confirmation(DESK, OTHER, other.id));
  }

  /** A ledger with these people, and these changes behind them. */
  static LedgerFact ledger(List<StatementFact> people, ChangeFact... changes) {
    return ledger(0, people, changes);
  }

  /** The same in a later generation. */
  static LedgerFact ledger(long generation, List<StatementFact> people, ChangeFact... changes) {
    long size = people.size() + (long) changes.length;
    LedgerFact ledger = new LedgerFact("the log", generation, size);
    long position = 0;
    for (StatementFact each : people) {
      ledger.add(new LedgerFact.Leaf(position++, null, each, false, null));
    }
    for (ChangeFact each : changes) {
      ledger.add(new LedgerFact.Leaf(position++, each, null, !each.opensSession(), null));
    }
    ledger.leaves.forEach(leaf -> ledger.storedLeaves.add(leaf.hash()));
    return ledger;
  }

  /** A server put back to a log of so many leaves of which none is known. */
  static Account.Restore restore(long generation, int size) {
    return new Account.Restore(
        generation, new Hashes.Tree(Collections.nCopies(size, new byte[32])));
  }

  /** The same to the beginning of a log. */
  static Account.Restore restore(long generation, LedgerFact log, int size) {
    return new Account.Restore(generation, new Hashes.Tree(log.storedLeaves.subList(0, size)));
  }

  static Account account() {
    Account account = new Account();
    account.known.put(OWNER, new Account.Known(OWNER, true, true));
    account.known.put(DESK, new Account.Known(DESK, true, true));
    account.known.put(PHONE, new Account.Known(PHONE, false, true));
    account.known.put(OTHER, new Account.Known(OTHER, false, false));
    return account;
  }

  /** The rules that found something. */
  static List<String> rules(Findings findings) {
    return findings.all().stream().map(each -> each.what().split(":", 2)[0]).distinct().toList();
  }
}
