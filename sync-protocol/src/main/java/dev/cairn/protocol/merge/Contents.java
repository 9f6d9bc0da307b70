package dev.cairn.protocol.merge;

import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operations of a record, sorted by what they speak of; those that count for nothing are set
 * aside with the reason. Every list is in the order of clocks, fields in that of their encodings.
 */
final class Contents {

  /** What was said about one register. */
  static final class Register {
    final List<Placed> asserted = new ArrayList<>(2);
    final List<Placed> decided = new ArrayList<>(0);
    final List<Withdrawn> withdrawn = new ArrayList<>(0);
  }

  /** What was said about one set. */
  static final class Elements {
    final List<Placed> added = new ArrayList<>(2);
    final List<Placed> removed = new ArrayList<>(0);
  }

  final Map<Field, Register> registers = new TreeMap<>();
  final Map<Field, Elements> sets = new TreeMap<>();
  final List<Placed> beside = new ArrayList<>();
  final List<Placed> attached = new ArrayList<>();
  final List<Placed> retractions = new ArrayList<>();
  final List<Placed> undos = new ArrayList<>();
  final List<Placed> reviews = new ArrayList<>();
  final List<Placed> assignments = new ArrayList<>();
  final List<Refusal> refused = new ArrayList<>();
  final List<Placed> unknown = new ArrayList<>();

  private final RecordGraph graph;
  private final boolean coordinatorOnly;

  Contents(RecordGraph graph, long recordKind) {
    this.graph = graph;
    this.coordinatorOnly = coordinatorOnly(RecordKind.ofCode(recordKind));
    for (Node node : graph.nodes()) {
      sort(node);
    }
    for (Withdrawn gone : graph.withdrawn()) {
      for (Field field : gone.fields()) {
        if (field.merging() != Merging.SET) {
          register(field).withdrawn.add(gone);
        }
      }
    }
  }

  private static boolean coordinatorOnly(Optional<RecordKind> kind) {
    return kind.isPresent() && kind.get().coordinatorOnly();
  }

  private void sort(Node node) {
    Optional<RecordKind> kind = RecordKind.ofCode(node.change.kind());
    boolean closed = coordinatorOnly || coordinatorOnly(kind);
    int index = 0;
    for (Operation operation : node.operations()) {
      Placed placed = new Placed(node, index++, operation);
      if (!kind.isPresent() || operation instanceof Operation.Unknown) {
        unknown.add(placed);
      } else if ((closed || operation.coordinatorOnly()) && !node.author.decides()) {
        refuse(placed, Refusal.Reason.ROLE);
      } else {
        sort(placed);
      }
    }
  }

  private void sort(Placed placed) {
    Operation operation = placed.operation();
    if (operation instanceof Operation.Assert op) {
      register(op.field()).asserted.add(placed);
    } else if (operation instanceof Operation.Add op) {
      set(op.field()).added.add(placed);
    } else if (operation instanceof Operation.Remove op) {
      set(op.field()).removed.add(placed);
    } else if (operation instanceof Operation.Retract) {
      retractions.add(placed);
    } else if (operation instanceof Operation.Attach) {
      attached.add(placed);
    } else if (operation instanceof Operation.Decide op) {
      decide(placed, op.field());
    } else if (operation instanceof Operation.UndoDecision) {
      undos.add(placed);
    } else if (operation instanceof Operation.Review) {
      reviews.add(placed);
    } else if (operation instanceof Operation.Assign) {
      assignments.add(placed);
    } else if (operation instanceof Operation.Erase op) {
      erase(placed, op);
    } else {
      beside.add(placed);
    }
  }

  private void decide(Placed placed, Field field) {
    if (field.merging() == Merging.REGISTER) {
      register(field).decided.add(placed);
    } else {
      refuse(placed, Refusal.Reason.NOT_DECIDABLE);
    }
  }

  private void erase(Placed placed, Operation.Erase op) {
    if (!op.erased().equals(placed.node().change.erases())) {
      refuse(placed, Refusal.Reason.NOT_IN_PREFIX);
      return;
    }
    Refusal.Reason reason = graph.refusal(placed.node(), op);
    if (reason != null) {
      refuse(placed, reason);
    }
  }

  void refuse(Placed placed, Refusal.Reason reason) {
    refused.add(new Refusal(placed.operation(), placed.origin(), reason));
  }

  Register register(Field field) {
    return registers.computeIfAbsent(field, any -> new Register());
  }

  private Elements set(Field field) {
    return sets.computeIfAbsent(field, any -> new Elements());
  }
}
