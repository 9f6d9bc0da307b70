package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import java.math.BigDecimal;
import java.util.Optional;

/** Collects what is one value on the wire and two keys in a document: where on the globe. */
final class PlaceReading {

  private static final BigDecimal LATITUDE_MAX = BigDecimal.valueOf(90);
  private static final BigDecimal LONGITUDE_MAX = BigDecimal.valueOf(180);

  private CborValue latitude = CborValue.nul();
  private CborValue longitude = CborValue.nul();

  void latitude(Json value) throws CasualtyException {
    latitude = degrees("place.latitude", value, LATITUDE_MAX);
  }

  void longitude(Json value) throws CasualtyException {
    longitude = degrees("place.longitude", value, LONGITUDE_MAX);
  }

  /** The point; empty if neither is stated. */
  Optional<CborValue> point() {
    return latitude.equals(CborValue.nul()) && longitude.equals(CborValue.nul())
        ? Optional.empty()
        : Optional.of(CborValue.array(latitude, longitude));
  }

  private static CborValue degrees(String path, Json value, BigDecimal most)
      throws CasualtyException {
    if (value.isNull()) {
      return CborValue.nul();
    }
    if (!(value instanceof Json.Decimal number)) {
      throw IncidentReading.wrongType(path, "a number or null");
    }
    if (!isWithin(number.text(), most)) {
      throw new CasualtyException(
          CasualtyException.OUT_OF_RANGE, path, "is not from -" + most + " to " + most);
    }
    return CborValue.of(number.text());
  }

  private static boolean isWithin(String number, BigDecimal most) {
    try {
      return new BigDecimal(number).abs().compareTo(most) <= 0;
    } catch (NumberFormatException exponentBeyondReason) {
      return false;
    }
  }

  /** The precision 1, 2 or 3; empty if the value is anything else. */
  static Optional<CborValue> precision(Json value) {
    return value instanceof Json.Decimal number && number.text().matches("[123]")
        ? Optional.of(CborValue.of(Long.parseLong(number.text())))
        : Optional.empty();
  }
}
