package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operation.Target;
import dev.cairn.protocol.record.RecordKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What members took back. A retraction reaches only what its own member said: of a field, and of
 * the whole record by one who did not open it, what it had seen; of one operation, the operation it
 * names. By the one who opened it, a retraction of the whole record hides the record and leaves
 * what is in it as it was.
 */
final class Retractions {

  private final Map<Field, ByMember> byField = new TreeMap<>();
  private final ByMember whole;
  private final List<Placed> ofRecord = new ArrayList<>(0);
  private final Set<Long> places = new HashSet<>();
  private final List<Placed> accepted = new ArrayList<>(0);

  Retractions(RecordGraph graph, Contents contents) {
    this.whole = new ByMember(graph);
    if (contents.retractions.isEmpty()) {
      return;
    }
    Set<MemberId> openers = openers(graph);
    for (Placed placed : contents.retractions) {
      Target target = ((Operation.Retract) placed.operation()).target();
      if (target instanceof Target.OfField of) {
        byField.computeIfAbsent(of.field(), any -> new ByMember(graph)).add(placed);
      } else if (target instanceof Target.Whole) {
        if (openers.contains(placed.member())) {
          ofRecord.add(placed);
        } else {
          whole.add(placed);
        }
      } else if (!takesBack(graph, placed, (Target.OfNote) target, contents)) {
        continue;
      }
      accepted.add(placed);
    }
  }

  private static Set<MemberId> openers(RecordGraph graph) {
    Set<MemberId> openers = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (node.change.opens()) {
        openers.add(node.author.member());
      }
    }
    for (Withdrawn gone : graph.withdrawn()) {
      for (DeviceId device : gone.openers()) {
        openers.addAll(member(graph, device));
      }
    }
    return openers;
  }

  private static Set<MemberId> member(RecordGraph graph, DeviceId device) {
    MergeAuthority.Author author = graph.author(device);
    return author == null ? Collections.emptySet() : Collections.singleton(author.member());
  }

  private boolean takesBack(
      RecordGraph graph, Placed placed, Target.OfNote target, Contents contents) {
    Node node = graph.node(target.change());
    if (node == null) {
      return true;
    }
    if (!node.author.member().equals(placed.member())) {
      contents.refuse(placed, Refusal.Reason.NOT_OWN);
      return false;
    }
    if (target.index() >= node.operations().size() || !canBeTakenBack(node, target.index())) {
      contents.refuse(placed, Refusal.Reason.NOT_RETRACTABLE);
      return false;
    }
    places.add(place(node, target.index()));
    return true;
  }

  /** What a change of a kind from a later version says is as unknown as the change itself. */
  private static boolean canBeTakenBack(Node node, int index) {
    return RecordKind.ofCode(node.change.kind()).isPresent()
        && canBeTakenBack(node.operations().get(index));
  }

  private static boolean canBeTakenBack(Operation operation) {
    return operation instanceof Operation.Assert
        || operation instanceof Operation.Add
        || operation instanceof Operation.Note
        || operation instanceof Operation.Comment
        || operation instanceof Operation.Ask
        || operation instanceof Operation.Answer
        || operation instanceof Operation.Attach;
  }

  private static long place(Node node, int index) {
    return (long) node.number << 32 | index;
  }

  /** All that are not refused, in the order of clocks. */
  List<Placed> accepted() {
    return accepted;
  }

  /** Retractions of the whole record by who opened it, in the order of clocks. */
  List<Placed> ofRecord() {
    return ofRecord;
  }

  /** Whether this assertion or addition was taken back. */
  boolean hides(Placed said, Field field) {
    ByMember ofField = byField.get(field);
    return hides(said) || (ofField != null && ofField.reaches(said));
  }

  /** Whether this statement, which is about no field, was taken back. */
  boolean hides(Placed said) {
    return (!places.isEmpty() && places.contains(place(said.node(), said.index())))
        || whole.reaches(said);
  }
}
