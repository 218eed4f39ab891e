package io.obconnect.sink;

import static io.obconnect.sink.Changes.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile.Engine;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class RowEncoderTest {
  private static final DestinationColumn ID = column("Id", "bigint");

  private static String tuple(RowEncoder encoder, Struct row) {
    return LiteralsTest.sql(sql -> encoder.appendTuple(sql, row));
  }

  @Test
  void unknownColumnIsNamed() {
    DataException refusal =
        assertThrows(DataException.class, () -> RowEncoder.ofRow(Changes.plan(ID), Changes.ROW));
    assertTrue(refusal.getMessage().contains("`v`"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("`shop`.`orders`"), refusal.getMessage());
  }

  @Test
  void generatedColumnIsLeftToTheEngine() {
    DestinationColumn generated = new DestinationColumn("v", "int", false, true, "", Engine.MYSQL);
    RowEncoder encoder = RowEncoder.ofRow(Changes.plan(ID, generated), Changes.ROW);
    assertEquals("`Id`", encoder.columnList());
    assertEquals("(1)", tuple(encoder, Changes.row(1, 5)));
  }

  @Test
  void columnsAreFoundInAnyCaseAndSpelledAsInTheDestination() {
    TablePlan plan = Changes.plan(ID, column("V", "int"));
    RowEncoder encoder = RowEncoder.ofRow(plan, Changes.ROW);
    assertEquals("`Id`, `V`", encoder.columnList());
    assertEquals("`V`=VALUES(`V`)", encoder.updateList(plan));
    assertTrue(RowEncoder.coversKey(plan, Changes.KEY));
    assertEquals("(7)", tuple(RowEncoder.ofKey(plan, Changes.KEY), Changes.key(7)));
  }

  /** KAFKA-8713. */
  @Test
  void nullStaysNullWhereTheSchemaHasADefault() {
    Schema schema =
        SchemaBuilder.struct()
            .field("id", SchemaBuilder.int64().defaultValue(9L).build())
            .field("v", SchemaBuilder.int32().optional().defaultValue(42).build())
            .build();
    RowEncoder encoder = RowEncoder.ofRow(Changes.plan(ID, column("v", "int")), schema);
    assertEquals("(1,NULL)", tuple(encoder, new Struct(schema).put("id", 1L).put("v", null)));
  }

  @Test
  void keyIsWrittenInTheOrderOfThePrimaryKey() {
    TablePlan plan =
        new TablePlan(
            Changes.TABLE,
            TablePlan.byFoldedName(List.of(ID, column("v", "int"))),
            List.of("v", "id"),
            List.of(),
            false);
    assertEquals("(5,1)", tuple(RowEncoder.ofKey(plan, Changes.ROW), Changes.row(1, 5)));
    assertFalse(RowEncoder.coversKey(plan, Changes.KEY));
    DataException refusal =
        assertThrows(DataException.class, () -> RowEncoder.ofKey(plan, Changes.KEY));
    assertTrue(refusal.getMessage().contains("`v`"), refusal.getMessage());
  }

  /** A poison value is this record's fault, not the lane's, and no message quotes it. */
  @Test
  void malformedValueIsADataErrorThatDoesNotQuoteIt() {
    Schema schema =
        SchemaBuilder.struct()
            .field("v", SchemaBuilder.string().name("io.debezium.time.ZonedTimestamp").build())
            .build();
    RowEncoder encoder = RowEncoder.ofRow(Changes.plan(ID, column("v", "timestamp")), schema);
    DataException refusal =
        assertThrows(
            DataException.class, () -> tuple(encoder, new Struct(schema).put("v", "secret-value")));
    assertFalse(refusal.getMessage().contains("secret-value"), refusal.getMessage());
    assertNull(refusal.getCause(), "the cause quotes the value");
    assertTrue(refusal.getMessage().contains("`v`"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("ZonedTimestamp"), refusal.getMessage());
  }
}
