package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AnswerCutTest {
  private static final Object FIRST = new Object();
  private static final Object SECOND = new Object();

  @Test
  void bytesAreCountedOverAllConnections() {
    AnswerCut cut = AnswerCut.after(10);
    assertEquals(6, cut.allowed(FIRST, 6));
    assertEquals(4, cut.allowed(SECOND, 4));
    assertEquals(0, cut.allowed(FIRST, 1));
  }

  @Test
  void cutFallsInsideOfAnAnswer() {
    assertEquals(10, AnswerCut.after(10).allowed(FIRST, 11));
  }

  @Test
  void onlyTheConnectionThatAskedIsCut() {
    AnswerCut cut = AnswerCut.to("COMMIT");
    cut.request(FIRST, "COMMIT");
    assertEquals(5, cut.allowed(SECOND, 5));
    assertEquals(0, cut.allowed(FIRST, 5));
  }

  @Test
  void textInTwoPacketsIsFoundInEachConnectionAlone() {
    AnswerCut cut = AnswerCut.to("COMMIT");
    cut.request(FIRST, "INSERT; COM");
    cut.request(SECOND, "MIT");
    assertEquals(5, cut.allowed(SECOND, 5));
    assertEquals(5, cut.allowed(FIRST, 5));
    cut.request(FIRST, "M");
    cut.request(FIRST, "IT");
    assertEquals(0, cut.allowed(FIRST, 5));
  }
}
