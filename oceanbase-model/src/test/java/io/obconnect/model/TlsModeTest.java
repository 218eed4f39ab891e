package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsModeTest {

  @ParameterizedTest
  @EnumSource
  void spellingIsReadBack(TlsMode mode) {
    assertEquals(mode, TlsMode.parse(mode.optionValue()));
  }

  @Test
  void spellingsGrowInTrust() {
    assertEquals(
        List.of("disabled", "required", "verify-ca", "verify-identity"), TlsMode.optionValues());
  }

  @Test
  void otherTextsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TlsMode.parse("on"));
  }
}
