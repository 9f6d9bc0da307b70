package dev.cairn.client.held;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.client.store.StoreException;
import dev.cairn.protocol.cbor.CborWriter;
import org.junit.jupiter.api.Test;

class PlaceFormTest {

  @Test
  void audience_ofNobody_isADamagedRow() {
    byte[] row = new CborWriter().array(0).toBytes();
    assertThatThrownBy(() -> StoredForm.read("audience", row, PlaceForm::readAudience))
        .isInstanceOf(StoreException.class);
  }
}
