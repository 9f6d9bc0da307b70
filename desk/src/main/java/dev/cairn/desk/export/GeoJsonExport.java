package dev.cairn.desk.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cairn.protocol.cbor.CborArray;
import dev.cairn.protocol.cbor.CborValue;
import dev.cairn.protocol.record.Field;
import dev.cairn.protocol.record.KnownField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;

/**
 * A FeatureCollection (RFC 7946). A record without both coordinates has no geometry: nothing is
 * invented, no centre of a town stands in for a place nobody gave.
 */
public final class GeoJsonExport implements AutoCloseable {

  private static final List<KnownField> PROPERTIES =
      List.of(
          KnownField.CODE,
          KnownField.DATE,
          KnownField.TITLE,
          KnownField.PLACE_EN,
          KnownField.PLACE_AR,
          KnownField.PLACE_REGION,
          KnownField.TYPE_OF_ACT,
          KnownField.METHOD,
          KnownField.VERIFICATION,
          KnownField.EVIDENCE_GRADE);

  private final JsonGenerator json;

  /** Begins the collection; {@link #close} ends it and closes the writer. */
  public GeoJsonExport(Writer out) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.writeStartObject();
    json.writeStringField("type", "FeatureCollection");
    json.writeArrayFieldStart("features");
  }

  /** Writes one record. */
  public void record(ExportedRecord exported) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", exported.state().record().toString());
    geometry(exported);
    json.writeObjectFieldStart("properties");
    for (KnownField field : PROPERTIES) {
      String text = exported.text(field).orElse(null);
      if (text != null) {
        json.writeStringField(field.path(), text);
      }
    }
    exported
        .state()
        .shown(Field.of(KnownField.PLACE_PRECISION))
        .filter(CborValue.Int.class::isInstance)
        .ifPresent(precision -> number(((CborValue.Int) precision).value()));
    json.writeStringField("state", exported.review());
    json.writeNumberField("conflicts", exported.conflicts());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void number(long precision) {
    try {
      json.writeNumberField(KnownField.PLACE_PRECISION.path(), precision);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void geometry(ExportedRecord exported) throws IOException {
    CborValue point = exported.state().shown(Field.of(KnownField.PLACE_POINT)).orElse(null);
    if (point instanceof CborArray pair
        && pair.items().size() == 2
        && pair.items().get(0) instanceof CborValue.Text latitude
        && pair.items().get(1) instanceof CborValue.Text longitude) {
      try {
        BigDecimal east = new BigDecimal(longitude.value());
        BigDecimal north = new BigDecimal(latitude.value());
        json.writeObjectFieldStart("geometry");
        json.writeStringField("type", "Point");
        json.writeArrayFieldStart("coordinates");
        json.writeNumber(east);
        json.writeNumber(north);
        json.writeEndArray();
        json.writeEndObject();
        return;
      } catch (NumberFormatException e) {
        // Somebody's text that is no number: shown in the record, drawn nowhere.
      }
    }
    json.writeNullField("geometry");
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.close();
  }
}
