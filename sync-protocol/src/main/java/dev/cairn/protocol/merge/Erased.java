package dev.cairn.protocol.merge;

import dev.cairn.protocol.id.ChangeId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.record.Field;
import java.util.Collections;
import java.util.List;

/**
 * A change whose content was withdrawn for everybody.
 *
 * @param change which one
 * @param devices who the erasures say wrote it: one, if they agree
 * @param fields of which it spoke
 * @param by who withdrew it
 */
public record Erased(ChangeId change, List<DeviceId> devices, List<Field> fields, List<Origin> by) {

  /** Takes lists that nobody changes any more. */
  public Erased {
    devices = Collections.unmodifiableList(devices);
    fields = Collections.unmodifiableList(fields);
    by = Collections.unmodifiableList(by);
  }
}
