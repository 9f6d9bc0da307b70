package dev.cairn.desk.review;

import dev.cairn.desk.merged.AddressedChange;
import dev.cairn.protocol.CairnException;
import dev.cairn.protocol.RefusedException;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.CircleId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Assertion;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.FieldValue;
import dev.cairn.protocol.merge.Links;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.RecordKind;
import dev.cairn.protocol.record.ReviewState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator says about records: each a signed change that names what its author had seen.
 * Nothing is overwritten; every value and every decision stays.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Reviewing {

  private final Holdings holdings;
  private final Audiences audiences;

  /** Reviews what is held. */
  public Reviewing(Holdings holdings) {
    this.holdings = holdings;
    this.audiences = new Audiences(holdings);
  }

  /** All fields of all records that somebody has to look at. */
  public List<Conflict> conflicts() throws CairnException {
    List<Conflict> conflicts = new ArrayList<>();
    for (RecordState state : holdings.records().states()) {
      conflicts.addAll(Conflict.of(state));
    }
    return conflicts;
  }

  /**
   * States more about a record, as any member may, to whoever could read it so far; not to its
   * reporter's device, which shows nothing of what others say.
   */
  public ChangeId edit(RecordId record, List<Operation> operations) throws CairnException {
    RecordState state = state(record);
    return holdings.write(
        record, state.kind(), state.heads(), audiences.readers(record), operations);
  }

  /**
   * Settles a field; who opened the record learns it.
   *
   * @throws RefusedException if the record or the field is not there, or a value is chosen by a
   *     change that states none
   */
  public ChangeId resolve(RecordId record, Field field, Operation.Outcome outcome, String reason)
      throws CairnException {
    RecordState state = state(record);
    FieldState contested = state.field(field).orElse(null);
    if (contested == null) {
      throw new RefusedException("field.unknown", "nobody stated anything for this field");
    }
    Set<ChangeId> settles = new TreeSet<>();
    for (FieldValue value : contested.values()) {
      for (Assertion assertion : value.assertions()) {
        settles.add(assertion.origin().change());
      }
    }
    if (outcome instanceof Operation.Outcome.Choose choose
        && contested.history().stream()
            .noneMatch(stated -> stated.origin().change().equals(choose.change()))) {
      throw new RefusedException("change.unknown", "no value of this field comes from that change");
    }
    return say(
        state,
        audiences.withReporter(record),
        new Operation.Decide(field, new ArrayList<>(settles), outcome, reason));
  }

  /** Takes back a decision of any coordinator; who opened the record learns it. */
  public ChangeId undo(ChangeId decision, String reason) throws CairnException {
    AddressedChange change = holdings.records().change(decision).orElse(null);
    if (change == null
        || change.change().operations().stream().noneMatch(Operation.Decide.class::isInstance)) {
      throw new RefusedException("change.unknown", "there is no such decision here");
    }
    RecordId record = change.change().record();
    return say(
        state(record),
        audiences.withReporter(record),
        new Operation.UndoDecision(decision, reason));
  }

  /**
   * Sends a record back to who opened it, with a question.
   *
   * @throws RefusedException {@code circle.unknown} if that device cannot be written to any more
   */
  public ChangeId sendBack(RecordId record, String question) throws CairnException {
    RecordState state = state(record);
    if (!audiences.reporter(record).isPresent()) {
      throw new RefusedException("circle.unknown", "its reporter's device cannot be written to");
    }
    return say(state, audiences.withReporter(record), new Operation.Ask(question));
  }

  /** Says how far the review is; who opened the record learns it. */
  public ChangeId state(RecordId record, ReviewState review) throws CairnException {
    return say(state(record), audiences.withReporter(record), new Operation.Review(review));
  }

  /** Adds a comment among coordinators. */
  public ChangeId comment(RecordId record, String text) throws CairnException {
    return say(state(record), audiences.amongCoordinators(record), new Operation.Comment(text));
  }

  /** Gives a record to a member to look at, or to nobody. */
  public ChangeId assign(RecordId record, @Nullable MemberId member) throws CairnException {
    return say(state(record), audiences.amongCoordinators(record), new Operation.Assign(member));
  }

  /** Says how two records relate. */
  public ChangeId link(RecordId one, RecordId other, Links.Relation relation)
      throws CairnException {
    state(one);
    state(other);
    RecordId link = Links.id(one, other);
    List<ChangeId> parents =
        holdings.records().state(link).map(RecordState::heads).orElse(Collections.emptyList());
    return holdings.write(
        link,
        RecordKind.LINK.code(),
        parents,
        Collections.singleton(holdings.deskCircle()),
        Collections.singletonList(
            new Operation.Assert(
                Field.of(KnownField.RELATION),
                CborValue.array(
                    CborValue.of(relation.code()),
                    CborValue.of(one.bytes()),
                    CborValue.of(other.bytes())))));
  }

  private ChangeId say(RecordState state, Collection<CircleId> audience, Operation operation)
      throws CairnException {
    return holdings.write(
        state.record(),
        state.kind(),
        state.heads(),
        audience,
        Collections.singletonList(operation));
  }

  private RecordState state(RecordId record) throws CairnException {
    Optional<RecordState> state = holdings.records().state(record);
    if (!state.isPresent()) {
      throw new RefusedException("record.unknown", "there is no such record here");
    }
    return state.get();
  }
}
