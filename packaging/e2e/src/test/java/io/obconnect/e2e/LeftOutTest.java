package io.obconnect.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftOutTest {
  private final LeftOut leftOut = new LeftOut(new Screen());

  private Optional<Long> wrong(String contender) throws Exception {
    return leftOut.unlessFailed(
        contender,
        contender,
        () -> {
          throw new WrongResultException("a row is missing");
        });
  }

  @Test
  void contenderOfOthersThatFailsHasNoResultAndANote() throws Exception {
    assertEquals(Optional.empty(), wrong("debezium"));
    assertEquals(List.of("debezium is left out: a row is missing"), leftOut.notes());
  }

  @Test
  void ownContenderMustNotFail() {
    assertThrows(WrongResultException.class, () -> wrong("ours-end-to-end"));
    assertEquals(List.of(), leftOut.notes());
  }

  @Test
  void resultIsPassedOn() throws Exception {
    assertEquals(Optional.of(3L), leftOut.unlessFailed("debezium", "debezium", () -> 3L));
  }
}
