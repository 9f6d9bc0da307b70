package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Hears what everybody says and is promised, and holds it against what is there in the end. It
 * keeps its own account and asks the code it judges for nothing but its results.
 *
 * <p>For one thread.
 */
public final class Auditor {

  /** Every text that somebody writes, every name and label, holds this word. */
  public static final String CANARY = "canary";

  private final List<Finding> findings = new ArrayList<>();

  /** Somebody has a device of the space, or an adversary has. */
  public void introduced(DeviceId device, boolean coordinates, boolean honest) {}

  /** Somebody said something; his device has returned. */
  public void said(Saying saying) {}

  /** An adversary's device signed a change and pushed it; whether it was taken is not known. */
  public void rogueSaid(DeviceId device, ChangeId change) {}

  /** A device shows its owner that these changes of his are received, or more. */
  public void received(DeviceId device, Collection<ChangeId> changes) {}

  /** A device shows its owner that these changes of his are confirmed, or more. */
  public void confirmed(DeviceId device, Collection<ChangeId> changes) {}

  /** A coordinator settled a field. */
  public void settled(
      DeviceId by, RecordId record, ChangeId change, Field field, Operation.Outcome outcome) {}

  /** A coordinator cut a device off. */
  public void cutOff(DeviceId by, DeviceId device) {}

  /** A coordinator withdrew a change. */
  public void erased(DeviceId by, ChangeId change) {}

  /** An old backup of a device was put back: what it said since may be gone with it. */
  public void restored(DeviceId device) {}

  /** The server was put back to an older state, honestly: it says so. */
  public void serverRestored() {}

  /** From now on the server lies. */
  public void serverLies(String how) {}

  /** A device says that the server lies. */
  public void accused(DeviceId by, String message) {}

  /** Two sides of a lie have met on this device: from now on it must have accused the server. */
  public void sidesMet(DeviceId on) {}

  /** Bytes that reached a server. */
  public void heard(byte[] bytes) {}

  /** Bytes between two devices that meet, which anybody near may hear. */
  public void overheard(byte[] bytes) {}

  /** A bundle that somebody carries, and may lose. */
  public void carried(byte[] bundle) {}

  /** Something that must not happen at all, seen by the world itself. */
  public void found(String promise, String what) {
    findings.add(new Finding(promise, what));
  }

  /** Judges the end of a world; everything that was found. */
  public List<Finding> judge(Peace peace) {
    return List.copyOf(findings);
  }
}
