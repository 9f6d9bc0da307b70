package dev.cairn.client.casualty;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.KnownField;
import java.util.EnumSet;
import java.util.Set;

/** Checks what a person typed for a register of the table. Here closed lists are kept to. */
final class RegisterSetting {

  private static final Set<KnownField> CLOSED =
      EnumSet.of(
          KnownField.VERIFICATION,
          KnownField.CONFIDENTIALITY,
          KnownField.PERSON_SEX,
          KnownField.PERSON_AGE_BAND,
          KnownField.PERSON_STATUS,
          KnownField.SOURCE_RELIABILITY);

  private RegisterSetting() {}

  static CborValue value(KnownField field, Assignment assignment) throws CasualtyException {
    return switch (field.shape()) {
      case TEXT -> CborValue.of(text(field, assignment));
      case PRECISION -> precision(assignment);
      default ->
          throw new CasualtyException(
              CasualtyException.BAD_PATH, assignment.path(), "cannot be set as a text");
    };
  }

  private static String text(KnownField field, Assignment assignment) throws CasualtyException {
    String text = assignment.value();
    if (field == KnownField.DATE && !IsoDate.isValid(text)) {
      throw new CasualtyException(
          CasualtyException.IMPOSSIBLE_DATE, assignment.path(), IsoDate.EXPECTED);
    }
    if (CLOSED.contains(field) && !field.words().contains(text)) {
      throw new CasualtyException(
          CasualtyException.UNKNOWN_WORD, assignment.path(), "is one of " + field.words());
    }
    return text;
  }

  private static CborValue precision(Assignment assignment) throws CasualtyException {
    return PlaceReading.precision(new Json.Decimal(assignment.value()))
        .orElseThrow(
            () ->
                new CasualtyException(
                    CasualtyException.OUT_OF_RANGE, assignment.path(), "is 1, 2 or 3"));
  }
}
