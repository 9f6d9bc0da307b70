package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An erased change: what the changes that erase it tell of it, and nothing of its own. */
final class Withdrawn implements Comparable<Withdrawn> {

  final ChangeId change;
  final List<Node> by = new ArrayList<>();
  int number;

  Withdrawn(ChangeId change) {
    this.change = change;
  }

  private List<Operation.Erase> erasures() {
    List<Operation.Erase> erasures = new ArrayList<>();
    for (Node node : by) {
      for (Operation operation : node.operations()) {
        if (operation instanceof Operation.Erase erase && erase.erased().equals(change)) {
          erasures.add(erase);
        }
      }
    }
    return erasures;
  }

  Set<ChangeId> parents() {
    Set<ChangeId> parents = new TreeSet<>();
    for (Operation.Erase erase : erasures()) {
      parents.addAll(erase.parents());
    }
    return parents;
  }

  Set<DeviceId> devices() {
    Set<DeviceId> devices = new TreeSet<>();
    for (Operation.Erase erase : erasures()) {
      devices.add(erase.author());
    }
    return devices;
  }

  Set<DeviceId> openers() {
    Set<DeviceId> openers = new TreeSet<>();
    for (Operation.Erase erase : erasures()) {
      if (erase.opened()) {
        openers.add(erase.author());
      }
    }
    return openers;
  }

  Set<Field> fields() {
    Set<Field> fields = new TreeSet<>();
    for (Operation.Erase erase : erasures()) {
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
    return new Erased(change, new ArrayList<>(devices()), new ArrayList<>(fields()), origins);
  }

  @Override
  public int compareTo(Withdrawn other) {
    return change.compareTo(other.change);
  }
}
