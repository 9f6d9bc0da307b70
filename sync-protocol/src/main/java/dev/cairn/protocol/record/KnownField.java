package dev.cairn.protocol.record;

import static dev.cairn.protocol.record.Merging.EARLIEST;
import static dev.cairn.protocol.record.Merging.REGISTER;
import static dev.cairn.protocol.record.Merging.SET;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that have a code on the wire: the one place where code, path, form of the value and
 * way of merging are written down. The table only grows; a code never changes its meaning.
 *
 * <p>Closed lists guide writing. A reader takes any text, because organisations have words of their
 * own.
 */
public enum KnownField {
  CODE(1, "code", ValueShape.TEXT, REGISTER),
  DATE(2, "date", ValueShape.TEXT, REGISTER),
  TIME_OF_DAY(
      3,
      "time_of_day",
      ValueShape.TEXT,
      REGISTER,
      "evening",
      "morning",
      "afternoon",
      "during_the_day",
      "during_the_night",
      "around_dawn",
      "around_midday",
      "around_midnight"),
  PLACE_EN(4, "place.en", ValueShape.TEXT, REGISTER),
  PLACE_AR(5, "place.ar", ValueShape.TEXT, REGISTER),
  PLACE_REGION(6, "place.region", ValueShape.TEXT, REGISTER),
  PLACE_POINT(7, "place.point", ValueShape.POINT, REGISTER),
  PLACE_PRECISION(8, "place.precision", ValueShape.PRECISION, REGISTER),
  TYPE_OF_ACT(9, "type_of_act", ValueShape.TEXT, REGISTER),
  METHOD(
      10,
      "method",
      ValueShape.TEXT,
      REGISTER,
      "Artillery",
      "Airstrike and/or Artillery",
      "Airstrike",
      "Airstrike, Drone Strike",
      "Drone Strike",
      "Airstrike, Artillery, Drone Strike",
      "Counter-Terrorism Action (Ground)",
      "Ground operation",
      "Naval bombardment",
      "IED",
      "Small Arms",
      "Unknown"),
  CAUSE(
      11,
      "cause",
      ValueShape.TEXT,
      REGISTER,
      "Heavy weapons and explosive munitions",
      "Small arms and light weapons",
      "Planted explosives and unexploded ordnance (UXO)",
      "Accidents related to conflict",
      "Use of objects and other means",
      "Less lethal weapons",
      "Electromagnetic weapons",
      "Incendiary weapons",
      "Chemical, Biological, Radiological, Nuclear (CBRN)",
      "Denial of access to/destruction of objects indispensable to survival"),
  ATTRIBUTION(
      12,
      "attribution",
      ValueShape.TEXT,
      REGISTER,
      "Likely strike",
      "Contested strike",
      "Declared strike",
      "Single source claim"),
  EVIDENCE_GRADE(
      13, "evidence_grade", ValueShape.TEXT, REGISTER, "Confirmed", "Fair", "Weak", "Contested"),
  VERIFICATION(
      14,
      "verification",
      ValueShape.TEXT,
      REGISTER,
      "confirmed",
      "likely",
      "possible",
      "unlikely",
      "unknown"),
  ALLEGED_PERPETRATORS(15, "alleged_perpetrators", ValueShape.NAME, SET),
  SOURCES(16, "sources", ValueShape.SOURCE, SET),
  NARRATIVE(17, "narrative", ValueShape.TEXT, REGISTER),
  NARRATIVE_AR(18, "narrative_ar", ValueShape.TEXT, REGISTER),
  NARRATIVE_EN(19, "narrative_en", ValueShape.TEXT, REGISTER),
  NARRATIVE_FR(20, "narrative_fr", ValueShape.TEXT, REGISTER),
  NARRATIVE_KU(21, "narrative_ku", ValueShape.TEXT, REGISTER),
  METHODS(22, "methods", ValueShape.TEXT, SET),
  PERSONS(23, "persons", ValueShape.RECORD, SET),
  CONSENT(24, "consent", ValueShape.TEXT, REGISTER, "given", "refused", "withdrawn", "not-asked"),
  CONFIDENTIALITY(
      25, "confidentiality", ValueShape.TEXT, REGISTER, "public", "restricted", "confidential"),
  TAGS(26, "tags", ValueShape.TEXT, SET),
  RELATION(27, "relation", ValueShape.RELATION, REGISTER),
  SHAPE(28, "shape", ValueShape.ANY, EARLIEST),
  TITLE(29, "title", ValueShape.TEXT, REGISTER),
  PLACE_COARSENED(30, "place.coarsened", ValueShape.TEXT, REGISTER),
  INVOLVEMENT(31, "involvement", ValueShape.TEXT, SET),

  PERSON_NAME(40, "name", ValueShape.TEXT, REGISTER),
  PERSON_NAME_AR(41, "name_ar", ValueShape.TEXT, REGISTER),
  PERSON_NAME_EN(42, "name_en", ValueShape.TEXT, REGISTER),
  PERSON_OTHER_NAMES(43, "other_names", ValueShape.TEXT, SET),
  PERSON_SEX(44, "sex", ValueShape.TEXT, REGISTER, "woman", "man", "unknown"),
  PERSON_AGE(45, "age", ValueShape.TEXT, REGISTER),
  PERSON_AGE_BAND(46, "age_band", ValueShape.TEXT, REGISTER, "child", "adult", "unknown"),
  PERSON_STATUS(
      47,
      "status",
      ValueShape.TEXT,
      REGISTER,
      "civilian",
      "protected",
      "armed-forces",
      "participating",
      "unknown"),
  PERSON_HARM(
      48,
      "harm",
      ValueShape.TEXT,
      REGISTER,
      "killed",
      "injured",
      "missing",
      "detained",
      "abducted",
      "displaced"),

  SOURCE_NAME(60, "source_name", ValueShape.TEXT, REGISTER),
  SOURCE_CONNECTION(
      61,
      "connection",
      ValueShape.TEXT,
      REGISTER,
      "victim",
      "witness",
      "relative",
      "perpetrator",
      "third-party",
      "reporter",
      "lawyer",
      "medical",
      "organisation",
      "unknown"),
  SOURCE_RELIABILITY(62, "reliability", ValueShape.TEXT, REGISTER, "A", "B", "C", "D", "E", "F"),
  SOURCE_CONTACT(63, "contact", ValueShape.TEXT, REGISTER),
  SOURCE_CREDIBILITY(64, "credibility", ValueShape.TEXT, REGISTER, "1", "2", "3", "4", "5", "6"),

  FORM_FIELDS(70, "fields", ValueShape.MAP, REGISTER),
  FORM_LABELS(71, "labels", ValueShape.MAP, REGISTER);

  private static final Map<Long, KnownField> BY_CODE = new HashMap<>();
  private static final Map<String, KnownField> BY_PATH = new HashMap<>();

  static {
    for (KnownField known : values()) {
      BY_CODE.put((long) known.code, known);
      BY_PATH.put(known.path, known);
    }
  }

  private final int code;
  private final String path;
  private final ValueShape shape;
  private final Merging merging;

  @SuppressWarnings("ImmutableEnumChecker") // the list cannot be changed
  private final List<String> words;

  KnownField(int code, String path, ValueShape shape, Merging merging, String... words) {
    this.code = code;
    this.path = path;
    this.shape = shape;
    this.merging = merging;
    this.words = Collections.unmodifiableList(Arrays.asList(words));
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The name that people and JSON use. */
  public String path() {
    return path;
  }

  /** The form of one value: of the register, or of one element of the set. */
  public ValueShape shape() {
    return shape;
  }

  /** How several people's values meet. */
  public Merging merging() {
    return merging;
  }

  /** The words a writer should choose from; empty where any text is as good. */
  public List<String> words() {
    return words;
  }

  /** The field with this code, if this program knows it. */
  public static Optional<KnownField> ofCode(long code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** The field with this path, if it has a code. */
  public static Optional<KnownField> ofPath(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }
}
