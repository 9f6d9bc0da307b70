package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An erased change: its author, whom its label names, and what the changes that erase it tell of
 * it. Who tells of another author is not believed in anything.
 */
final class Withdrawn implements Comparable<Withdrawn> {

  final ChangeId change;
  final DeviceId device;
  final List<Node> by = new ArrayList<>();
  int number;

  Withdrawn(ChangeId change, DeviceId device) {
    this.change = change;
    this.device = device;
  }

  private List<Operation.Erase> accounts() {
    List<Operation.Erase> accounts = new ArrayList<>();
    for (Node node : by) {
      for (Operation operation : node.operations()) {
        if (operation instanceof Operation.Erase erase && isAccount(erase)) {
          accounts.add(erase);
        }
      }
    }
    return accounts;
  }

  /** Whether an operation tells of this change, and of its author rightly. */
  boolean isAccount(Operation.Erase erase) {
    return erase.erased().equals(change) && erase.author().equals(device);
  }

  /** Whether this erasing change tells that it opened the record. */
  boolean openedBy(Node node) {
    for (Operation operation : node.operations()) {
      if (operation instanceof Operation.Erase erase && isAccount(erase) && erase.opened()) {
        return true;
      }
    }
    return false;
  }

  Set<ChangeId> parents() {
    Set<ChangeId> parents = new TreeSet<>();
    for (Operation.Erase erase : accounts()) {
      parents.addAll(erase.parents());
    }
    return parents;
  }

  Set<DeviceId> openers() {
    for (Operation.Erase erase : accounts()) {
      if (erase.opened()) {
        return Collections.singleton(device);
      }
    }
    return Collections.emptySet();
  }

  Set<Field> fields() {
    Set<Field> fields = new TreeSet<>();
    for (Operation.Erase erase : accounts()) {
      fields.addAll(erase.fields());
    }
    return fields;
  }

  Erased state() {
    List<Node> sorted = new ArrayList<>(by);
    sorted.sort(null);
    List<Origin> origins = new ArrayList<>();
    for (Node node : sorted) {
      origins.add(node.origin(0));
    }
    return new Erased(change, device, !accounts().isEmpty(), new ArrayList<>(fields()), origins);
  }

  @Override
  public int compareTo(Withdrawn other) {
    return change.compareTo(other.change);
  }
}
