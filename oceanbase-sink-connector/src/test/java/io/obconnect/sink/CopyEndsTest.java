package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.TableId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyEndsTest {
  private static final TableId T = new TableId("shop", "t");
  private static final TableId OTHER = new TableId("shop", "other");
  private static final long QUIET = CopyEnds.QUIET.toNanos();

  private final CopyEnds ends = new CopyEnds();

  private boolean isOver(TableId table, String snapshot, long nanos) {
    return ends.isOverWith(table, Map.of("snapshot", snapshot), nanos);
  }

  @Test
  void lastRowOfACopyEndsIt() {
    assertFalse(isOver(T, "first", 0));
    assertFalse(isOver(T, "true", 0));
    assertTrue(isOver(T, "last_in_data_collection", 0));
    assertFalse(isOver(OTHER, "first_in_data_collection", 0));
    assertTrue(isOver(OTHER, "last", 0));
  }

  @Test
  void changeThatStreamsEndsItOnce() {
    assertTrue(isOver(T, "false", 0));
    assertFalse(isOver(T, "false", 0));
    assertTrue(ends.isOverWith(OTHER, null, 0), "who says nothing copies nothing");
  }

  @Test
  void rowsThatAreCopiedAgainWhileOthersStreamSayNothing() {
    assertFalse(isOver(T, "incremental", 0));
    assertTrue(isOver(T, "false", 0));
  }

  @Test
  void copyThatBeginsAnewEndsAnew() {
    assertTrue(isOver(T, "last_in_data_collection", 0));
    assertFalse(isOver(T, "true", 0));
    assertTrue(isOver(T, "last_in_data_collection", 0));
  }

  @Test
  void whatMayNotHaveBeenHeardIsSaidAgain() {
    assertTrue(isOver(T, "false", 0));
    ends.forget();
    assertTrue(isOver(T, "false", 0));
  }

  @Test
  void emptyTablesAreOverWhenTheSourceIsAndNothingIsCopiedAnyMore() {
    assertTrue(isOver(T, "last_in_data_collection", 5));
    assertFalse(ends.isRestOver(QUIET + 5), "other tables may still be read");
    isOver(T, "false", 6);
    assertFalse(ends.isRestOver(QUIET + 4), "rows of the copy come");
    assertTrue(ends.isRestOver(QUIET + 5));
    assertFalse(ends.isRestOver(QUIET + 6), "once");
  }
}
