package io.obconnect.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCanonicalizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "{\"b\":1,\"a\":[2]} ; {\"a\": [2], \"b\": 1}",
        "1.50 ; 1.5",
        "100.0 ; 1e2",
        "[0.0000001] ; [1e-7]",
        "\"\\u4e2d\" ; \"\u4e2d\""
      })
  void twoTextsOfOneValueAreEqual(String left, String right) throws Exception {
    assertEquals(exact(left), exact(right));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "[1,[2]] ; [[1],2]",
        "\"1\" ; 1",
        "null ; \"null\"",
        "[12] ; [1,2]",
        "{} ; []",
        "1.9670239686965942 ; 1.9670239686965945",
        "{\"a\":1} ; {\"A\":1}"
      })
  void differentValuesStayDifferent(String left, String right) throws Exception {
    assertNotEquals(exact(left), exact(right));
  }

  @Test
  void onlyFractionsAreMasked() throws Exception {
    assertEquals("[1,#,\"1.5\",]", masked("[1, 1.5, \"1.5\"]"));
  }

  @Test
  void trailingTextIsRefused() {
    assertThrows(JsonProcessingException.class, () -> JsonCanonicalizer.parse("1 2"));
  }

  private static String exact(String json) throws JsonProcessingException {
    return JsonCanonicalizer.exact().canonicalText(JsonCanonicalizer.parse(json));
  }

  private static String masked(String json) throws JsonProcessingException {
    return JsonCanonicalizer.withoutFractions().canonicalText(JsonCanonicalizer.parse(json));
  }
}
