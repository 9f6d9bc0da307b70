package dev.cairn.simulation.audit;

import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.feed.CheckpointRef;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.suite.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Hears what everybody says and is promised, and has {@link EndAudit} hold it against what is there
 * in the end. It keeps its own account and asks the code it judges for nothing but its results.
 *
 * <p>For one thread.
 */
public final class Auditor {

  /** Every text that somebody writes, every name and label, holds this word. */
  public static final String CANARY = "canary";

  private final List<Finding> told = new ArrayList<>();
  private final Findings findings = new Findings();
  private final Account account = new Account();
  private final PrivacyAudit privacy = new PrivacyAudit(findings, CANARY);
  private final Map<LogAudit.OwnNote, Integer> shown = new LinkedHashMap<>();

  /** Somebody has a device of the space, or an adversary has. */
  public void introduced(DeviceId device, boolean coordinates, boolean honest) {
    account.known.put(device, new Account.Known(device, coordinates, honest));
  }

  /** Somebody said something; his device has returned. */
  public void said(Saying saying) {
    account.said.put(saying.change(), saying);
    account.lifeOfSaying.put(saying.change(), account.lives.getOrDefault(saying.device(), 0));
  }

  /**
   * Somebody's device died while he did something: what he was saying may be said nevertheless, and
   * nobody was told its id.
   */
  public void interrupted(DeviceId device) {
    account.interruptions.merge(device, 1, Integer::sum);
    locked(device);
  }

  /** A device was locked, or lost its power: its sessions are over. */
  public void locked(DeviceId device) {
    account.lives.merge(device, 1, Integer::sum);
  }

  /** An adversary's device signed a change and pushed it; whether it was taken is not known. */
  public void rogueSaid(DeviceId device, ChangeId change) {}

  /** An adversary's device made a change that nobody must be able to open. */
  public void cannotBeOpened(ChangeId change) {
    account.unopenable.add(change);
  }

  /**
   * A server gave changes to an adversary's device.
   *
   * @param statements that it had then
   */
  public void served(DeviceId to, Collection<byte[]> changes, Collection<byte[]> statements) {
    account.served.add(
        new Account.Served(
            to,
            changes.stream().map(ChangeFact::read).toList(),
            statements.stream().map(StatementFact::read).toList()));
  }

  /** A server gave a statement to an adversary's device. */
  public void servedStatement(DeviceId to, byte[] statement) {
    account
        .told
        .computeIfAbsent(to, any -> new LinkedHashSet<>())
        .add(StatementFact.read(statement));
  }

  /** Somebody destroyed what he was told of a report. */
  public void dismissed(DeviceId device, RecordId record) {
    account.dismissed.add(record);
  }

  /** A device shows its owner that these changes of his are received, or more. */
  public void received(DeviceId device, Collection<ChangeId> changes) {
    account.received.computeIfAbsent(device, any -> new TreeSet<>()).addAll(changes);
  }

  /** A device shows its owner that these changes of his are confirmed, or more. */
  public void confirmed(DeviceId device, Collection<ChangeId> changes) {
    account.confirmed.computeIfAbsent(device, any -> new TreeSet<>()).addAll(changes);
  }

  /** A coordinator settled a field. */
  public void settled(
      DeviceId by, RecordId record, ChangeId change, Field field, Operation.Outcome outcome) {
    account.settling.add(change);
  }

  /** A coordinator cut a device off. */
  public void cutOff(DeviceId by, DeviceId device) {
    account.cutOff.add(device);
  }

  /**
   * An honest coordinator gave keys to people.
   *
   * @param made the statements by which he did
   * @param held all that he holds
   */
  public void gaveKeys(Collection<byte[]> made, Collection<byte[]> held) {
    new SuspensionAudit(findings, account)
        .sealed(
            made.stream().map(StatementFact::read).toList(),
            held.stream().map(StatementFact::read).toList());
  }

  /** A coordinator withdrew a change. */
  public void erased(DeviceId by, ChangeId change) {
    account.erased.add(change);
  }

  /** An old backup of a device was put back: what it said since may be gone with it. */
  public void restored(DeviceId device) {
    account.restored.add(device);
    locked(device);
    account.lifeOfRestore.put(device, account.lives.get(device));
  }

  /** Whether an old backup of a device was ever put back. */
  public boolean wasRestored(DeviceId device) {
    return account.restored.contains(device);
  }

  /**
   * The server was put back to an older state, honestly: it says so.
   *
   * @param generation of the log that its backup held
   * @param leaves of that
   */
  public void serverRestored(long generation, List<Digest> leaves) {
    List<byte[]> hashes = leaves.stream().map(Digest::bytes).toList();
    account.restores.add(new Account.Restore(generation, new Hashes.Tree(hashes)));
  }

  /**
   * A device was through with a sync, and the server had less of the log than the device had seen
   * before it.
   */
  public void syncedWithLess(DeviceId device) {
    account.syncedWithLess.add(device);
  }

  /** From now on the server lies. */
  public void serverLies(String how) {
    account.lies.add(how);
  }

  /** A lying server gave a device what it had answered to somebody else. */
  public void replayedTo(DeviceId device) {
    account.replayedTo.add(device);
  }

  /** A device says that the server lies. */
  public void accused(DeviceId by, String message) {
    account.accusations.putIfAbsent(by, message);
  }

  /** Somebody was turned away, for he has seen more of the log than the server has. */
  public void partedFromTheServer(DeviceId device) {
    account.parted.add(device);
  }

  /** Somebody was through with a sync. */
  public void reachedTheServer(DeviceId device) {
    account.parted.remove(device);
  }

  /** Two sides of a lie have met on this device: from now on it must have accused the server. */
  public void sidesMet(DeviceId on) {
    account.met.add(on);
  }

  /** A device holds no body of a change of its own, and no desk has confirmed it. */
  public void bodiless(DeviceId device, ChangeId change) {
    account.bodiless.put(change, device);
  }

  /** What a device takes for the log. */
  public void believed(DeviceId by, CheckpointRef checkpoint) {
    account.believed.putIfAbsent(
        new ChangeFact.Cited(
            checkpoint.generation(),
            checkpoint.size(),
            HexFormat.of().formatHex(checkpoint.root().bytes())),
        Names.of(by));
  }

  /** Bytes that reached a server. */
  public void heard(byte[] bytes) {
    privacy.heard(bytes);
  }

  /** Bytes that a server answered with. */
  public void answered(byte[] bytes) {
    LogAudit.OwnNote.in(bytes).forEach(note -> shown.put(note, account.restores.size()));
  }

  /** Bytes between two devices that meet, which anybody near may hear. */
  public void overheard(byte[] bytes) {
    privacy.overheard(bytes, knownIds());
  }

  /** A bundle that somebody carries, and may lose. */
  public void carried(byte[] bundle) {
    privacy.carried(bundle, knownIds());
  }

  private List<byte[]> knownIds() {
    List<byte[]> ids = new ArrayList<>();
    account.known.keySet().forEach(each -> ids.add(each.bytes()));
    return ids;
  }

  /** Something that must not happen at all, seen by the world itself. */
  public void found(String promise, String what) {
    told.add(new Finding(promise, what));
  }

  /** Judges the end of a world; everything that was found. */
  public List<Finding> judge(Peace peace) {
    try {
      new EndAudit(findings, account, privacy, shown).judge(peace);
    } catch (CairnException | IOException | IllegalArgumentException e) {
      findings.add("P5", "end.unreadable", "the end cannot be read: " + e);
    }
    List<Finding> all = new ArrayList<>(told);
    all.addAll(findings.all());
    return all;
  }
}
