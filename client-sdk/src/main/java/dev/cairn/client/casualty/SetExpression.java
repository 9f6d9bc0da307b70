package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code PATH=VALUE} as people type it, into operations. Paths are those of the exported
 * JSON.
 *
 * <ul>
 *   <li>{@code place.en=…}, {@code verification=likely}, {@code date=2024-05}: a register
 *   <li>{@code killed.civilian=5}, {@code =5..7}, {@code =5..}, {@code =..7}, or {@code .min},
 *       {@code .max} alone: a count
 *   <li>{@code place.latitude=…} and {@code place.longitude=…}: together one point
 *   <li>{@code alleged_perpetrators=A;B} or a JSON list: adds to a set; {@code -=} takes out
 *   <li>{@code =null}: takes back what this member said of the field
 *   <li>any other path: a field without a code, whose value is the text
 * </ul>
 *
 * Stateless, safe for use by several threads.
 */
public final class SetExpression {

  private final Function<Field, Optional<CborValue>> known;
  private final boolean isNew;
  private final List<Operation> operations = new ArrayList<>();
  private final PointSetting point = new PointSetting();
  private final CountSetting counts = new CountSetting();

  private SetExpression(Function<Field, Optional<CborValue>> known, boolean isNew) {
    this.known = known;
    this.isNew = isNew;
  }

  /**
   * For a record that these expressions open.
   *
   * @throws CasualtyException naming the path and what is wrong
   */
  public static List<Operation> forNew(List<String> expressions) throws CasualtyException {
    return new SetExpression(field -> Optional.empty(), true).read(expressions);
  }

  /**
   * For a record that is there.
   *
   * @param expressions in the order in which they were typed
   * @param known what this member last said of a field, where the device can still open it: half a
   *     point or range is completed by it
   * @throws CasualtyException naming the path and what is wrong
   */
  public static List<Operation> forEdit(
      List<String> expressions, Function<Field, Optional<CborValue>> known)
      throws CasualtyException {
    return new SetExpression(known, false).read(expressions);
  }

  private List<Operation> read(List<String> expressions) throws CasualtyException {
    Set<String> paths = new HashSet<>();
    for (String expression : expressions) {
      Assignment assignment = Assignment.of(expression);
      if (!paths.add(assignment.path())) {
        throw new CasualtyException(
            CasualtyException.DUPLICATE_KEY, assignment.path(), "is set twice");
      }
      set(assignment);
    }
    operations.addAll(point.operations(known, isNew));
    operations.addAll(counts.operations(known, isNew));
    for (Operation operation : operations) {
      checkSize(operation);
    }
    if (Operations.elements(operations) > Limits.BODY_ELEMENTS_MAX) {
      throw IncidentReading.overLimit(
          "", "more than " + Limits.BODY_ELEMENTS_MAX + " elements of lists");
    }
    if (Operations.items(operations) > Limits.BODY_ITEMS_MAX) {
      throw IncidentReading.overLimit(
          "", "more than " + Limits.BODY_ITEMS_MAX + " items of values");
    }
    if (operations.isEmpty()) {
      throw new CasualtyException(CasualtyException.BAD_PATH, "", "nothing is set");
    }
    return operations;
  }

  private void set(Assignment assignment) throws CasualtyException {
    if (point.takes(assignment) || counts.takes(assignment)) {
      return;
    }
    Optional<KnownField> field = KnownField.ofPath(assignment.path());
    if (!field.isPresent()) {
      setPath(assignment);
    } else if (field.get().merging() == Merging.SET) {
      setElements(field.get(), assignment);
    } else if (assignment.clears()) {
      clear(Field.of(field.get()));
    } else {
      state(Field.of(field.get()), RegisterSetting.value(field.get(), assignment));
    }
  }

  private void setPath(Assignment assignment) throws CasualtyException {
    String path = assignment.path();
    if (path.isEmpty() || Arrays.asList("record", "cairn", Layout.PLACE).contains(path)) {
      throw new CasualtyException(
          CasualtyException.BAD_PATH, path, "names nothing that can be set");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > Limits.PATH_SIZE_BYTES_MAX) {
      throw IncidentReading.overLimit(
          "", "a path longer than " + Limits.PATH_SIZE_BYTES_MAX + " bytes");
    }
    Field field = Field.path(path);
    if (assignment.clears()) {
      clear(field);
    } else {
      state(field, CborValue.of(JsonWriting.text(new Json.Text(assignment.value()))));
    }
  }

  private void setElements(KnownField set, Assignment assignment) throws CasualtyException {
    Field field = Field.of(set);
    if (assignment.clears()) {
      clear(field);
      return;
    }
    List<CborValue> elements = ElementsSetting.read(set, assignment);
    operations.add(
        assignment.takesOut()
            ? new Operation.Remove(field, elements)
            : new Operation.Add(field, elements));
  }

  private void state(Field field, CborValue value) {
    operations.add(new Operation.Assert(field, value));
  }

  private void clear(Field field) {
    if (!isNew) {
      operations.add(cleared(field));
    }
  }

  static Operation cleared(Field field) {
    return new Operation.Retract(new Operation.Target.OfField(field), "");
  }

  private static void checkSize(Operation operation) throws CasualtyException {
    List<CborValue> values = new ArrayList<>();
    if (operation instanceof Operation.Assert op) {
      values.add(op.value());
    } else if (operation instanceof Operation.Add op) {
      values.addAll(op.values());
    }
    for (CborValue value : values) {
      if (value.encode().length > Limits.VALUE_SIZE_BYTES_MAX) {
        throw IncidentReading.overLimit(
            operation.about().map(Field::name).orElse(""),
            "longer than " + Limits.VALUE_SIZE_BYTES_MAX + " bytes");
      }
    }
    if (values.size() > Limits.SET_ELEMENTS_MAX) {
      throw IncidentReading.overLimit(
          operation.about().map(Field::name).orElse(""),
          "more than " + Limits.SET_ELEMENTS_MAX + " elements");
    }
  }
}
