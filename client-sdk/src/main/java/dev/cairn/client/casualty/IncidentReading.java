package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.limits.Limits;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Merging;
import dev.cairn.protocol.record.Metric;
import dev.cairn.protocol.record.Operation;
import dev.cairn.protocol.record.Operations;
import dev.cairn.protocol.record.ValueShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One document, read as the operations that open its record. */
final class IncidentReading {

  private final List<Operation> operations = new ArrayList<>();

  private IncidentReading() {}

  /**
   * Checks a document against the shape of casualty JSON.
   *
   * @throws CasualtyException if a known key holds what it cannot hold, or a limit is passed
   */
  static List<Operation> read(Json document) throws CasualtyException {
    if (!(document instanceof Json.Members object)) {
      throw new CasualtyException(CasualtyException.NOT_AN_OBJECT, "", "not a JSON object");
    }
    IncidentReading reading = new IncidentReading();
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      reading.member(member.getKey(), member.getValue());
    }
    Branch values = ValueTree.of(CasualtyValues.of(reading.operations));
    Optional<CborValue> shape = Layout.shapeOf(object, values);
    if (shape.isPresent()) {
      reading.state(KnownField.SHAPE, shape.get(), "");
    } else if (reading.operations.isEmpty()) {
      // says nothing in the common layout, and still is a report
      reading.state(KnownField.SHAPE, CborValue.map(Collections.emptyMap()), "");
    }
    reading.checkSize();
    return reading.operations;
  }

  private void member(String key, Json value) throws CasualtyException {
    switch (key) {
      case "place" -> place(value);
      case "killed", "injured" -> counts(key, value);
      case "alleged_perpetrators" -> names(value);
      case "sources" -> add(KnownField.SOURCES, SourceReading.read(value), key);
      case "date" -> date(value);
      case "code",
          "time_of_day",
          "method",
          "cause",
          "attribution",
          "evidence_grade",
          "narrative",
          "narrative_ar",
          "narrative_en",
          "narrative_fr",
          "narrative_ku" ->
          text(key, value);
      default -> other(key, value);
    }
  }

  private void text(String path, Json value) throws CasualtyException {
    KnownField known = KnownField.ofPath(path).orElseThrow(IllegalStateException::new);
    if (value.isNull()) {
      return;
    }
    if (!(value instanceof Json.Text text)) {
      throw wrongType(path, "a text or null");
    }
    state(known, CborValue.of(text.value()), path);
  }

  private void date(Json value) throws CasualtyException {
    if (value instanceof Json.Text text && !IsoDate.isValid(text.value())) {
      throw new CasualtyException(CasualtyException.IMPOSSIBLE_DATE, "date", IsoDate.EXPECTED);
    }
    text("date", value);
  }

  private void names(Json value) throws CasualtyException {
    List<CborValue> names = new ArrayList<>();
    Repetition repetition = new Repetition();
    List<Json> items = items("alleged_perpetrators", value);
    for (int i = 0; i < items.size(); i++) {
      if (!items.get(i).isNull() && !(items.get(i) instanceof Json.Text)) {
        throw wrongType("alleged_perpetrators[" + i + "]", "a text or null");
      }
      names.add(repetition.number(SourceReading.textOrNull(items.get(i))));
    }
    add(KnownField.ALLEGED_PERPETRATORS, names, "alleged_perpetrators");
  }

  private void place(Json value) throws CasualtyException {
    if (value.isNull()) {
      return;
    }
    PlaceReading place = new PlaceReading();
    for (Map.Entry<String, Json> member : members("place", value).entrySet()) {
      String key = member.getKey();
      switch (key) {
        case "en", "ar", "region" -> text("place." + key, member.getValue());
        case "latitude" -> place.latitude(member.getValue());
        case "longitude" -> place.longitude(member.getValue());
        case "precision" -> precision(member.getValue());
        default -> raw(KeyPath.of("place", key), member.getValue());
      }
    }
    Optional<CborValue> point = place.point();
    if (point.isPresent()) {
      state(KnownField.PLACE_POINT, point.get(), "place");
    }
  }

  private void precision(Json value) throws CasualtyException {
    Optional<CborValue> precision = PlaceReading.precision(value);
    if (precision.isPresent()) {
      state(KnownField.PLACE_PRECISION, precision.get(), "place.precision");
    } else {
      raw(KnownField.PLACE_PRECISION.path(), value);
    }
  }

  private void counts(String metric, Json value) throws CasualtyException {
    if (value.isNull()) {
      return;
    }
    CountReading counts =
        new CountReading(Metric.ofWord(metric).orElseThrow(IllegalStateException::new));
    counts.read(members(metric, value));
    for (Operation.Assert count : counts.counts()) {
      state(count);
    }
    for (Map.Entry<String, Json> rest : counts.rest().entrySet()) {
      raw(rest.getKey(), rest.getValue());
    }
  }

  /**
   * A key the format does not name: by its code where it has one and the value fits, else as JSON.
   */
  private void other(String key, Json value) throws CasualtyException {
    Optional<Metric> metric = Metric.ofWord(key);
    if (metric.isPresent() && CountReading.isPlain(metric.get(), value)) {
      counts(key, value);
      return;
    }
    Optional<KnownField> known = key.indexOf('.') < 0 ? KnownField.ofPath(key) : Optional.empty();
    if (known.isPresent()) {
      if (isTextField(known.get()) && value instanceof Json.Text text) {
        state(known.get(), CborValue.of(text.value()), key);
        return;
      }
      Optional<List<CborValue>> elements = SetReading.read(known.get(), value);
      if (elements.isPresent()) {
        add(known.get(), elements.get(), key);
        return;
      }
    }
    raw(KeyPath.of(key), value);
  }

  private static boolean isTextField(KnownField known) {
    return known.shape() == ValueShape.TEXT && known.merging() == Merging.REGISTER;
  }

  private void raw(String path, Json value) throws CasualtyException {
    if (path.getBytes(StandardCharsets.UTF_8).length > Limits.PATH_SIZE_BYTES_MAX) {
      throw new CasualtyException(
          CasualtyException.OVER_LIMIT,
          "",
          "a key longer than " + Limits.PATH_SIZE_BYTES_MAX + " bytes");
    }
    state(new Operation.Assert(Field.path(path), CborValue.of(JsonWriting.text(value))));
  }

  private void state(KnownField known, CborValue value, String where) throws CasualtyException {
    checkSize(value, where);
    operations.add(new Operation.Assert(Field.of(known), value));
  }

  private void state(Operation.Assert assertion) throws CasualtyException {
    checkSize(assertion.value(), assertion.field().name());
    operations.add(assertion);
  }

  private void add(KnownField set, List<CborValue> elements, String where)
      throws CasualtyException {
    for (int i = 0; i < elements.size(); i++) {
      checkSize(elements.get(i), where + "[" + i + "]");
    }
    if (elements.size() > Limits.SET_ELEMENTS_MAX) {
      throw overLimit(where, "more than " + Limits.SET_ELEMENTS_MAX + " elements");
    }
    if (!elements.isEmpty()) {
      operations.add(new Operation.Add(Field.of(set), elements));
    }
  }

  private static void checkSize(CborValue value, String where) throws CasualtyException {
    if (value.encode().length > Limits.VALUE_SIZE_BYTES_MAX) {
      throw overLimit(where, "longer than " + Limits.VALUE_SIZE_BYTES_MAX + " bytes");
    }
    if (value.itemCount() > Limits.VALUE_ITEMS_MAX) {
      throw overLimit(where, "more than " + Limits.VALUE_ITEMS_MAX + " items");
    }
  }

  private void checkSize() throws CasualtyException {
    if (operations.size() > Limits.OPERATIONS_MAX) {
      throw overLimit("", "more than " + Limits.OPERATIONS_MAX + " values");
    }
    if (Operations.elements(operations) > Limits.BODY_ELEMENTS_MAX) {
      throw overLimit("", "more than " + Limits.BODY_ELEMENTS_MAX + " elements of lists");
    }
    if (Operations.items(operations) > Limits.BODY_ITEMS_MAX) {
      throw overLimit("", "more than " + Limits.BODY_ITEMS_MAX + " items of values");
    }
    long sizeBytes = 0;
    for (Operation operation : operations) {
      sizeBytes += Operations.encode(operation).length;
    }
    if (sizeBytes > Limits.CASUALTY_REPORT_SIZE_BYTES_MAX) {
      throw overLimit(
          "", "a report longer than " + Limits.CASUALTY_REPORT_SIZE_BYTES_MAX + " bytes");
    }
  }

  static Map<String, Json> members(String path, Json value) throws CasualtyException {
    if (value instanceof Json.Members object) {
      return object.members();
    }
    throw wrongType(path, "an object or null");
  }

  static List<Json> items(String path, Json value) throws CasualtyException {
    if (value instanceof Json.Items list) {
      return list.items();
    }
    if (value.isNull()) {
      return Collections.emptyList();
    }
    throw wrongType(path, "a list or null");
  }

  static CasualtyException wrongType(String path, String expected) {
    return new CasualtyException(CasualtyException.WRONG_TYPE, path, "is not " + expected);
  }

  static CasualtyException overLimit(String path, String reason) {
    return new CasualtyException(CasualtyException.OVER_LIMIT, path, reason);
  }
}
