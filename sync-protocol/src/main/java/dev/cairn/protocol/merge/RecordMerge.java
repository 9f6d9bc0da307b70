package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Contents.Register;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The merge of section 9: from the set of changes of a record to its state. Pure and deterministic:
 * order and repetition of the changes make no difference, and equal sets under equal rosters give
 * equal canonical bytes.
 *
 * <p>It never refuses a change, whatever its clock or parents say; what does not count is told with
 * the reason.
 */
public final class RecordMerge {

  private RecordMerge() {}

  /**
   * Merges the changes of one record, where nothing is erased.
   *
   * @param changes of one record, at least one, in any order, repeated or not
   * @param authority the roster's answers
   * @throws IllegalArgumentException if there is no change, or changes of several records
   */
  public static RecordState merge(Collection<MergeChange> changes, MergeAuthority authority) {
    return merge(changes, Erasures.none(), authority);
  }

  /**
   * Merges the changes of one record.
   *
   * @param changes of one record, at least one, in any order, repeated or not
   * @param erasures what is erased among all changes that are held, of this record and others
   * @param authority the roster's answers
   * @throws IllegalArgumentException if there is no change, or changes of several records
   */
  public static RecordState merge(
      Collection<MergeChange> changes, Erasures erasures, MergeAuthority authority) {
    return merge(record(changes), RecordGraph.of(changes, erasures, authority));
  }

  static RecordState merge(RecordId record, RecordGraph graph) {
    long kind = RecordKinds.of(graph);
    Contents contents = new Contents(graph, kind);
    Undoing undoing = new Undoing(graph, contents.undos);
    Retractions retractions = new Retractions(graph, contents);
    RecordState.Parts parts = new RecordState.Parts(record, kind);
    parts.sets = sets(graph, contents, retractions);
    parts.fields = fields(graph, contents, retractions, undoing);
    parts.statements = entries(contents.beside, retractions);
    parts.attachments = entries(contents.attached, retractions);
    parts.retractedByOpener = !retractions.ofRecord().isEmpty();
    parts.retractions = entries(retractions.accepted(), null);
    parts.review = latestUnseen(graph, contents.reviews);
    parts.assignment = latestUnseen(graph, contents.assignments);
    for (Withdrawn gone : graph.withdrawn()) {
      parts.erased.add(gone.state());
    }
    parts.refused = contents.refused;
    parts.refused.sort((one, other) -> byPlace(one.origin(), other.origin()));
    parts.unknown = entries(contents.unknown, null);
    parts.unknown.sort((one, other) -> byPlace(one.origin(), other.origin()));
    parts.heads = HeadRule.choose(graph.heads());
    parts.empty = graph.nodes().isEmpty();
    return new RecordState(parts);
  }

  private static int byPlace(Origin one, Origin other) {
    int order = one.change().compareTo(other.change());
    return order != 0 ? order : Integer.compare(one.index(), other.index());
  }

  private static RecordId record(Collection<MergeChange> changes) {
    RecordId record = null;
    for (MergeChange change : changes) {
      if (record != null && !record.equals(change.record())) {
        throw new IllegalArgumentException("changes of several records");
      }
      record = change.record();
    }
    if (record == null) {
      throw new IllegalArgumentException("no change to merge");
    }
    return record;
  }

  private static List<FieldState> fields(
      RecordGraph graph, Contents contents, Retractions retractions, Undoing undoing) {
    List<Claim> whole = WholeRecord.claims(graph, contents, retractions);
    if (!whole.isEmpty()) {
      contents.register(Field.RECORD);
    }
    List<FieldState> states = new ArrayList<>(contents.registers.size());
    for (Map.Entry<Field, Register> entry : contents.registers.entrySet()) {
      Field field = entry.getKey();
      Register register = entry.getValue();
      List<Claim> claims = claims(register, field, retractions);
      if (field.equals(Field.RECORD)) {
        claims.addAll(whole);
        claims.sort((one, other) -> one.placed.compareTo(other.placed));
      }
      FieldState state =
          new RegisterMerge(graph, field, claims, register.decided, register.withdrawn, undoing)
              .state();
      if (state != null) {
        states.add(state);
      }
    }
    return states;
  }

  private static List<Claim> claims(Register register, Field field, Retractions retractions) {
    List<Claim> claims = new ArrayList<>(register.asserted.size());
    for (Placed placed : register.asserted) {
      CborValue value = ((Operation.Assert) placed.operation()).value();
      claims.add(new Claim(placed, value, placed.member(), retractions.hides(placed, field)));
    }
    return claims;
  }

  private static List<SetState> sets(
      RecordGraph graph, Contents contents, Retractions retractions) {
    List<SetState> states = new ArrayList<>(contents.sets.size());
    for (Map.Entry<Field, Contents.Elements> entry : contents.sets.entrySet()) {
      SetState state = new SetMerge(graph, entry.getKey(), entry.getValue(), retractions).state();
      if (!state.present().isEmpty() || !state.past().isEmpty()) {
        states.add(state);
      }
    }
    return states;
  }

  private static List<Entry> entries(List<Placed> said, @Nullable Retractions retractions) {
    List<Entry> entries = new ArrayList<>(said.size());
    for (Placed placed : said) {
      boolean retracted = retractions != null && retractions.hides(placed);
      entries.add(new Entry(placed.operation(), placed.origin(), retracted));
    }
    return entries;
  }

  private static @Nullable Entry latestUnseen(RecordGraph graph, List<Placed> said) {
    SeenBy others = SeenBy.of(graph, said);
    for (int i = said.size() - 1; i >= 0; i--) {
      if (!others.contains(said.get(i))) {
        return new Entry(said.get(i).operation(), said.get(i).origin(), false);
      }
    }
    return null;
  }
}
