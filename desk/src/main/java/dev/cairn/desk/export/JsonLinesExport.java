package dev.cairn.desk.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.cairn.client.casualty.CasualtyWriter;
import java.io.IOException;

/**
 * Casualty JSON Lines: each record as the document it was imported from, with what was said since,
 * and a key {@code cairn} that says which record it is, how far its review is, how many conflicts
 * it has and who signed.
 */
public final class JsonLinesExport {

  private final Appendable out;

  /** Writes to what is given; the caller closes it. */
  public JsonLinesExport(Appendable out) {
    this.out = out;
  }

  /** Writes one record on one line. */
  public void record(ExportedRecord exported) throws IOException {
    ObjectNode cairn = JsonNodeFactory.instance.objectNode();
    cairn.put("record", exported.state().record().toString());
    cairn.put("state", exported.review());
    cairn.put("conflicts", exported.conflicts());
    exported.signers().forEach(cairn.putArray("signers")::add);
    MergedValues values = new MergedValues(exported.state());
    String others = CasualtyWriter.otherCounts(values);
    if (!others.equals("[]")) {
      cairn.putRawValue("counts", new RawValue(others));
    }
    out.append(CasualtyWriter.write(values, cairn.toString())).append('\n');
  }
}
