package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import dev.cairn.protocol.record.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Latitude and longitude are typed apart and are one value: half a point is no place. */
final class PointSetting {

  private static final Field POINT = Field.of(KnownField.PLACE_POINT);
  private static final String LATITUDE = "place.latitude";
  private static final String LONGITUDE = "place.longitude";

  private @Nullable Json latitude;
  private @Nullable Json longitude;

  boolean takes(Assignment assignment) throws CasualtyException {
    switch (assignment.path()) {
      case LATITUDE -> latitude = number(LATITUDE, assignment);
      case LONGITUDE -> longitude = number(LONGITUDE, assignment);
      case "place.point" -> {
        String[] degrees = assignment.value().split(",", -1);
        if (degrees.length != 2) {
          throw IncidentReading.wrongType(assignment.path(), "LATITUDE,LONGITUDE");
        }
        latitude = number(LATITUDE, new Assignment(LATITUDE, degrees[0].trim(), false));
        longitude = number(LONGITUDE, new Assignment(LONGITUDE, degrees[1].trim(), false));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Json number(String path, Assignment assignment) throws CasualtyException {
    try {
      return JsonReading.read(assignment.value());
    } catch (CasualtyException noNumber) {
      if (noNumber.code().equals(CasualtyException.NOT_A_NUMBER)) {
        throw noNumber;
      }
      throw IncidentReading.wrongType(path, "a number of degrees");
    }
  }

  List<Operation> operations(Function<Field, Optional<CborValue>> known, boolean isNew)
      throws CasualtyException {
    List<Operation> operations = new ArrayList<>();
    if (latitude == null && longitude == null) {
      return operations;
    }
    PlaceReading place = new PlaceReading();
    place.latitude(latitude == null ? before(known, 0, LATITUDE, isNew) : latitude);
    place.longitude(longitude == null ? before(known, 1, LONGITUDE, isNew) : longitude);
    Optional<CborValue> point = place.point();
    if (point.isPresent()) {
      operations.add(new Operation.Assert(POINT, point.get()));
    } else if (!isNew) {
      operations.add(SetExpression.cleared(POINT));
    }
    return operations;
  }

  private static Json before(
      Function<Field, Optional<CborValue>> known, int part, String path, boolean isNew)
      throws CasualtyException {
    Optional<CborValue> point = known.apply(POINT);
    if (point.isPresent() && point.get() instanceof CborArray parts && POINT.fits(parts)) {
      CborValue half = parts.items().get(part);
      return half instanceof CborValue.Text degrees
          ? new Json.Decimal(degrees.value())
          : new Json.Null();
    }
    if (isNew) {
      return new Json.Null();
    }
    throw new CasualtyException(
        CasualtyException.BAD_PATH, path, "a point is one value: set latitude and longitude");
  }
}
