package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.DestinationProfile.Engine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class UniqueValueReaderTest {
  private static final Schema ROW =
      SchemaBuilder.struct()
          .field("id", Schema.INT64_SCHEMA)
          .field("t", Schema.OPTIONAL_STRING_SCHEMA)
          .field("n", Schema.OPTIONAL_INT32_SCHEMA)
          .field("b", Schema.OPTIONAL_BYTES_SCHEMA)
          .build();

  private static UniqueKey key(String name, UniqueKey.Part... parts) {
    return new UniqueKey(name, List.of(parts));
  }

  private static UniqueKey.Part part(String column) {
    return new UniqueKey.Part(column, 0);
  }

  private static TablePlan plan(UniqueKey... keys) {
    DestinationColumn text =
        new DestinationColumn("t", "varchar", false, false, "utf8mb4_general_ci", Engine.MYSQL);
    return new TablePlan(
        Changes.TABLE,
        TablePlan.byFoldedName(
            List.of(
                Changes.column("id", "bigint"),
                text,
                Changes.column("n", "int"),
                Changes.column("b", "varbinary"))),
        List.of("id"),
        List.of(keys),
        false);
  }

  private static Struct row(String t, Integer n) {
    return new Struct(ROW).put("id", 1L).put("t", t).put("n", n);
  }

  private static List<Long> hashes(TablePlan plan, Struct row) {
    List<Long> hashes = new ArrayList<>();
    new UniqueValueReader(plan, ROW).addHashes(hashes, row);
    return hashes;
  }

  @Test
  void textsThatTheCollationMayCallEqualShareAHash() {
    TablePlan plan = plan(key("u", part("t")));
    assertEquals(hashes(plan, row("Straße ", 1)), hashes(plan, row("strase", 2)));
    assertNotEquals(hashes(plan, row("a", 1)), hashes(plan, row("b", 1)));
  }

  @Test
  void nullCollidesWithNothing() {
    TablePlan plan = plan(key("u", part("t"), part("n")));
    assertEquals(List.of(), hashes(plan, row(null, 1)));
    assertEquals(List.of(), hashes(plan, row("a", null)));
    assertEquals(1, hashes(plan, row("a", 1)).size());
  }

  @Test
  void boundsOfColumnsAndKeysCount() {
    TablePlan both = plan(key("u", part("t"), part("n")));
    assertNotEquals(hashes(both, row("a1", 1)), hashes(both, row("a", 11)));
    assertNotEquals(
        hashes(plan(key("u", part("n"))), row("a", 1)),
        hashes(plan(key("w", part("n"))), row("a", 1)));
    assertEquals(2, hashes(plan(key("u", part("n")), key("w", part("n"))), row("a", 1)).size());
  }

  @Test
  void onlyThePrefixOfAnIndexedTextCounts() {
    TablePlan plan = plan(key("u", new UniqueKey.Part("t", 2)));
    assertEquals(hashes(plan, row("😀bc", 1)), hashes(plan, row("😀bd", 1)));
    assertNotEquals(hashes(plan, row("😀bc", 1)), hashes(plan, row("😀xc", 1)));
  }

  @Test
  void bytesCountByTheirContent() {
    TablePlan plan = plan(key("u", part("b")));
    byte[] bytes = {1, 2, 3};
    assertEquals(
        hashes(plan, row("a", 1).put("b", bytes)),
        hashes(plan, row("z", 2).put("b", ByteBuffer.wrap(bytes.clone()))));
    TablePlan prefix = plan(key("u", new UniqueKey.Part("b", 1)));
    assertEquals(
        hashes(prefix, row("a", 1).put("b", bytes)),
        hashes(prefix, row("a", 1).put("b", new byte[] {1, 9})));
  }

  @Test
  void rowWithoutAColumnOfAKeyIsIncomplete() {
    Schema narrow = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    assertFalse(new UniqueValueReader(plan(key("u", part("t"))), narrow).isComplete());
    assertTrue(new UniqueValueReader(plan(key("u", part("t"))), ROW).isComplete());
  }
}
