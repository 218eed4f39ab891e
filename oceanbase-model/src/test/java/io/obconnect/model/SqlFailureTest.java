package io.obconnect.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.SqlFailure.Kind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureTest {

  private static Kind kind(int code, String state) {
    return SqlFailure.of(new SQLException("Duplicate entry 'secret-value'", state, code)).kind();
  }

  /** Lock conflicts, leader switches, time-outs: the transaction runs again. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        1205, 6003, 6006, 1213, 4101, 6002, 6224, 6223, 6211, 6213, 6214, 6234, 6278, 6005, 4012,
        6210, 6212, 6230, 4121, 4122, 4023, 4038, 6231, 6235, 5065, 5066, 5627, 1317
      })
  void transientCodesAreRetried(int code) {
    assertEquals(Kind.TRANSIENT, kind(code, "HY000"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4013, 4030})
  void serversShortOfMemoryAreGivenMoreTime(int code) {
    assertEquals(Kind.OVERLOADED, kind(code, "HY000"));
  }

  @ParameterizedTest
  @CsvSource({"8001,HY000", "8999,HY000", "0,08S01", "-1,08000", "0,", "1290,HY000"})
  void lostConnectionsAreOpenedAnew(int code, String state) {
    assertEquals(Kind.CONNECTION, kind(code, state));
  }

  @ParameterizedTest
  @CsvSource({"9999,40001", "9999,25000"})
  void statesOfRolledBackTransactionsAreRetried(int code, String state) {
    assertEquals(Kind.TRANSIENT, kind(code, state));
  }

  @Test
  void unknownResultIsToldApart() {
    assertEquals(Kind.RESULT_UNKNOWN, kind(6225, "25000"));
    assertTrue(Kind.RESULT_UNKNOWN.retriable());
  }

  @ParameterizedTest
  @CsvSource({
    "1062,23000",
    "1048,23000",
    "1406,22001",
    "1264,22003",
    "4119,HY000",
    "9999,22999",
    "9999,23000"
  })
  void rowsAreToBlame(int code, String state) {
    assertEquals(Kind.DATA, kind(code, state));
    assertFalse(Kind.DATA.retriable());
  }

  @ParameterizedTest
  @CsvSource({"1146,42S02", "1054,42S22", "1064,42000", "1142,42000", "5019,42S02", "9999,HY000"})
  void definitionsAreToBlame(int code, String state) {
    assertEquals(Kind.DEFINITION, kind(code, state));
    assertFalse(Kind.DEFINITION.retriable());
  }

  @ParameterizedTest
  @CsvSource({"1045,28000", "1044,42000", "9999,28000"})
  void refusedLoginIsNotTriedAgain(int code, String state) {
    assertEquals(Kind.ACCESS_DENIED, kind(code, state));
    assertFalse(Kind.ACCESS_DENIED.retriable());
  }

  @Test
  void descriptionHoldsCodeAndMeaningButNeverTheMessage() {
    String description =
        SqlFailure.of(new SQLException("Duplicate entry 'secret-value'", "23000", 1062))
            .description();
    assertEquals("error 1062 (SQL state 23000): a duplicate value of a unique key", description);
    assertEquals(
        "error 7", SqlFailure.of(new SQLException("secret-value", (String) null, 7)).description());
  }
}
