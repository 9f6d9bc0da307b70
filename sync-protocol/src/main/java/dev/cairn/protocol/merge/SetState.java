package dev.cairn.protocol.merge;

import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import java.util.List;

/**
 * A set after the merge.
 *
 * @param field which set
 * @param present its elements, in the order in which they were first added
 * @param past what was in it and is no longer, in the same order
 */
public record SetState(Field field, List<Element> present, List<Element> past) {

  /** Takes lists that nobody changes any more. */
  public SetState {
    present = Frozen.list(present);
    past = Frozen.list(past);
  }

  /**
   * One element.
   *
   * @param value the element
   * @param added by whom: while present the adds that stand, then those that stood; of each change
   *     one
   * @param removed who took it out, or wished to: a remove reaches its own member's adds, and those
   *     of others only if a coordinator's; of each change one
   */
  public record Element(CborValue value, List<Origin> added, List<Origin> removed) {

    /** Takes lists that nobody changes any more. */
    public Element {
      added = Frozen.list(added);
      removed = Frozen.list(removed);
    }

    /** Nothing of the value: it is what a report says. */
    @Override
    public String toString() {
      return "element added " + added.size() + " times";
    }
  }
}
