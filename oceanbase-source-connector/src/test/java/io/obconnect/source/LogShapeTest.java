package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.io.Serializable;
import org.junit.jupiter.api.Test;

class LogShapeTest {
  private static final Table KNOWN =
      Table.editor()
          .tableId(new TableId("db", null, "t"))
          .addColumn(column("id", "BIGINT UNSIGNED", false))
          .addColumn(column("kind", "ENUM", true))
          .addColumn(column("text", "VARCHAR", false))
          .addColumn(column("at", "DATETIME", false))
          .create();

  private static Column column(String name, String type, boolean optional) {
    return Column.editor().name(name).type(type).optional(optional).create();
  }

  private static TableMapEventData logged(int[] types, int... metadata) {
    byte[] codes = new byte[types.length];
    for (int i = 0; i < types.length; i++) {
      codes[i] = (byte) types[i];
    }
    TableMapEventData map = new TableMapEventData();
    map.setColumnTypes(codes);
    map.setColumnMetadata(metadata);
    return map;
  }

  @Test
  void sameShapeFits() {
    int[] types = {8, 254, 15, 18};
    assertNull(LogShape.mismatch(logged(types, 0, 0xf701, 80, 0), KNOWN));
  }

  @Test
  void otherNumberOfColumnsDoesNotFit() {
    String mismatch = LogShape.mismatch(logged(new int[] {8, 254, 15}, 0, 0xf701, 80), KNOWN);
    assertTrue(mismatch.contains("3 columns, and 4 are known"), mismatch);
  }

  @Test
  void otherTypeDoesNotFit() {
    String mismatch =
        LogShape.mismatch(logged(new int[] {3, 254, 15, 18}, 0, 0xf701, 80, 0), KNOWN);
    assertTrue(mismatch.contains("column id"), mismatch);
    String set = LogShape.mismatch(logged(new int[] {8, 254, 15, 18}, 0, 0xf801, 80, 0), KNOWN);
    assertTrue(set.contains("column kind"), set);
  }

  @Test
  void nullWhereNoneCanBeIsAMissingValue() {
    assertEquals("text", LogShape.missingValue(new Serializable[] {1L, 1, null, 0L}, KNOWN));
    assertNull(LogShape.missingValue(new Serializable[] {1L, null, "", 0L}, KNOWN));
    // A zero date is read as NULL.
    assertNull(LogShape.missingValue(new Serializable[] {1L, null, "", null}, KNOWN));
  }
}
