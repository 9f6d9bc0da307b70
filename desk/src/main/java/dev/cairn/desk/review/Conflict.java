package dev.cairn.desk.review;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.MemberId;
import dev.cairn.protocol.id.RecordId;
import dev.cairn.protocol.merge.Assertion;
import dev.cairn.protocol.merge.Decision;
import dev.cairn.protocol.merge.FieldState;
import dev.cairn.protocol.merge.FieldValue;
import dev.cairn.protocol.merge.Hlc;
import dev.cairn.protocol.merge.Origin;
import dev.cairn.protocol.merge.RecordState;
import dev.cairn.protocol.record.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A field that somebody has to look at: every value that stands, with everybody who signed it.
 *
 * @param record of which record
 * @param field which field
 * @param rule by which it is one: concurrent, correction, reopened, decisions-in-conflict; a
 *     retraction crossing an edit is on the field {@code record}
 * @param shown the value shown meanwhile
 * @param shownBy why that one
 * @param values one entry for each signer of each value
 */
public record Conflict(
    RecordId record,
    Field field,
    String rule,
    Optional<CborValue> shown,
    String shownBy,
    List<Side> values) {

  /**
   * One signer of one value.
   *
   * @param value what was stated or decided
   * @param member who
   * @param device with which device
   * @param change in which signed change
   * @param millis when, by the author's hybrid clock
   * @param seen the other standing changes its author had seen
   * @param decision whether it is a coordinator's decision
   */
  public record Side(
      CborValue value,
      MemberId member,
      DeviceId device,
      ChangeId change,
      long millis,
      List<ChangeId> seen,
      boolean decision) {}

  /** The conflicts of a record, in the order of its fields. */
  public static List<Conflict> of(RecordState state) {
    List<Conflict> conflicts = new ArrayList<>();
    for (FieldState field : state.conflicts()) {
      conflicts.add(
          new Conflict(
              state.record(),
              field.field(),
              field.status().word(),
              field.shown(),
              field.rule().word(),
              sides(field)));
    }
    return conflicts;
  }

  private static List<Side> sides(FieldState field) {
    List<Side> sides = new ArrayList<>();
    for (FieldValue value : field.values()) {
      for (Assertion assertion : value.assertions()) {
        sides.add(side(value.value(), assertion.origin(), assertion.seen(), false));
      }
      for (Decision decision : value.decisions()) {
        sides.add(side(value.value(), decision.origin(), Collections.emptyList(), true));
      }
    }
    return sides;
  }

  private static Side side(CborValue value, Origin by, List<ChangeId> seen, boolean decision) {
    return new Side(
        value, by.member(), by.device(), by.change(), Hlc.millis(by.clock()), seen, decision);
  }
}
