package dev.cairn.simulation.audit;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.StatementId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Step 1 of section 5: who is in, and as what, leaving some statements out. */
final class OwnAuthority {

  private static final long COORDINATOR = 2;
  private static final int NOBODY = 9;

  /** How a device came in. */
  private record Entry(StatementFact admission, StatementFact invitation, boolean confirmed) {

    long role() {
      return invitation.content.get(2).number();
    }

    boolean isBetterThan(Entry other) {
      if (confirmed != other.confirmed) {
        return confirmed;
      }
      return role() != other.role()
          ? role() > other.role()
          : admission.id.compareTo(other.admission.id) < 0;
    }
  }

  private final Set<DeviceId> owners = new TreeSet<>();
  private final Set<DeviceId> replacing = new TreeSet<>();
  private final Map<DeviceId, Entry> entries = new TreeMap<>();
  private @Nullable DeviceId recovery;

  private OwnAuthority() {}

  static OwnAuthority of(Collection<StatementFact> all, Set<StatementId> without) {
    OwnAuthority authority = new OwnAuthority();
    authority.owners(all);
    int before = -1;
    while (before != authority.measure()) {
      before = authority.measure();
      authority.letIn(all, without);
    }
    return authority;
  }

  private void owners(Collection<StatementFact> all) {
    for (StatementFact each : all) {
      if (each.kind == StatementFact.GENESIS) {
        owners.add(each.signer());
        if (each.content.has(5)) {
          recovery = DeviceId.of(each.content.get(5).at(0).bytes());
        }
      }
    }
    for (StatementFact each : all) {
      if (each.kind == StatementFact.REPLACEMENT && recovery != null) {
        DeviceId device = DeviceId.of(each.content.get(1).at(0).bytes());
        if (each.signers.equals(Set.of(recovery, device))) {
          owners.add(device);
          replacing.add(device);
        }
      }
    }
  }

  private int measure() {
    return entries.size() + (int) entries.values().stream().filter(Entry::confirmed).count();
  }

  private void letIn(Collection<StatementFact> all, Set<StatementId> without) {
    Map<StatementId, StatementFact> invitations = new HashMap<>();
    Map<StatementId, DeviceId> confirmed = new HashMap<>();
    for (StatementFact each : all) {
      if (without.contains(each.id) || !coordinates(each.signer())) {
        continue;
      }
      if (each.kind == StatementFact.INVITATION) {
        invitations.put(each.id, each);
      } else if (each.kind == StatementFact.CONFIRMATION) {
        confirmed.put(
            StatementId.of(each.content.get(2).bytes()), DeviceId.of(each.content.get(1).bytes()));
      }
    }
    for (StatementFact each : all) {
      if (each.kind != StatementFact.ADMISSION) {
        continue;
      }
      DeviceId device = DeviceId.of(each.content.get(2).at(0).bytes());
      StatementFact invitation = invitations.get(StatementId.of(each.content.get(1).bytes()));
      if (invitation == null) {
        continue;
      }
      Set<DeviceId> mustSign = new HashSet<>();
      mustSign.add(device);
      mustSign.add(DeviceId.of(invitation.content.get(1).bytes()));
      if (each.signers.equals(mustSign)) {
        Entry entry = new Entry(each, invitation, device.equals(confirmed.get(each.id)));
        Entry known = entries.get(device);
        if (known == null || entry.isBetterThan(known)) {
          entries.put(device, entry);
        }
      }
    }
  }

  boolean isIn(DeviceId device) {
    return owners.contains(device) || entries.containsKey(device);
  }

  boolean owns(DeviceId device) {
    return owners.contains(device);
  }

  /** Whether the recovery key made it an owner. */
  boolean isReplacing(DeviceId device) {
    return replacing.contains(device);
  }

  boolean isConfirmed(DeviceId device) {
    Entry entry = entries.get(device);
    return owners.contains(device) || (entry != null && entry.confirmed());
  }

  boolean coordinates(DeviceId device) {
    Entry entry = entries.get(device);
    return owners.contains(device)
        || (entry != null && entry.confirmed() && entry.role() == COORDINATOR);
  }

  Set<DeviceId> devices() {
    Set<DeviceId> devices = new TreeSet<>(owners);
    devices.addAll(entries.keySet());
    return devices;
  }

  /** The first device of whose member a device is: its own id, unless it is a further one. */
  DeviceId member(DeviceId device) {
    Entry entry = entries.get(device);
    if (owners.contains(device)
        || entry == null
        || !entry.confirmed()
        || !entry.invitation().content.has(6)) {
      return device;
    }
    DeviceId first = DeviceId.of(entry.invitation().content.get(6).bytes());
    if (owners.contains(first)) {
      return owners.contains(entry.invitation().signer()) ? first : device;
    }
    Optional<Entry> firsts = Optional.ofNullable(entries.get(first));
    return firsts.isPresent() && !firsts.get().invitation().content.has(6) ? first : device;
  }

  /** How much the word of a statement's signer weighs in a suspension. */
  int rank(StatementFact statement) {
    if (recovery != null && statement.signers.contains(recovery)) {
      return OwnCut.BY_RECOVERY;
    }
    if (owners.contains(statement.signer())) {
      return OwnCut.BY_OWNER;
    }
    return coordinates(statement.signer()) ? OwnCut.BY_COORDINATOR : NOBODY;
  }
}
