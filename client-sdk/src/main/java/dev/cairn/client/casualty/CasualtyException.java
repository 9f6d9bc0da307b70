package dev.cairn.client.casualty;

import dev.cairn.protocol.CairnException;

/**
 * A document, or one thing a person wrote on the command line, is refused. {@link #code} says by
 * which rule; the codes are the constants of this class and never change.
 */
public final class CasualtyException extends CairnException {

  /** The text is no JSON, or no UTF-8. */
  public static final String NOT_JSON = "not-json";

  /** The JSON is something else than one object. */
  public static final String NOT_AN_OBJECT = "not-an-object";

  /** One object has a key twice. */
  public static final String DUPLICATE_KEY = "duplicate-key";

  /** A key of the format has a value of another type. */
  public static final String WRONG_TYPE = "wrong-type";

  /** A range begins above its end. */
  public static final String MIN_ABOVE_MAX = "min-above-max";

  /** A number of people is below zero. */
  public static final String NEGATIVE = "negative";

  /** A date is not on the calendar, or no ISO 8601 date at all. */
  public static final String IMPOSSIBLE_DATE = "impossible-date";

  /** A latitude or longitude is not on the globe, or a number not on its scale. */
  public static final String OUT_OF_RANGE = "out-of-range";

  /** NaN or an infinity. */
  public static final String NOT_A_NUMBER = "not-a-number";

  /** A text holds half of a surrogate pair, which no UTF-8 can carry. */
  public static final String LONE_SURROGATE = "lone-surrogate";

  /** Something is longer, deeper or greater than the limit. */
  public static final String OVER_LIMIT = "over-limit";

  /** A word is not of the field's closed list. */
  public static final String UNKNOWN_WORD = "unknown-word";

  /** The path names nothing that can be set. */
  public static final String BAD_PATH = "bad-path";

  private static final long serialVersionUID = 1L;

  private final String field;

  CasualtyException(String code, String field, String reason) {
    super(code, reason);
    this.field = field;
  }

  /** Where: {@code killed.civilian.min}, {@code sources[3].host}; empty for the whole. */
  public String field() {
    return field;
  }
}
