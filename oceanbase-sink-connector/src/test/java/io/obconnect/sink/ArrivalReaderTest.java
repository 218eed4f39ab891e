package io.obconnect.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.sink.Arrival.End;
import io.obconnect.sink.Arrival.Member;
import io.obconnect.sink.Arrival.Single;
import io.obconnect.sink.SourceChange.NoChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

/** Transaction metadata as Debezium writes them, with and without schemas. */
class ArrivalReaderTest {
  private static final Map<String, Object> SOURCE =
      Map.of("db", "shop", "table", "orders", "file", "log.1", "pos", 7, "server_id", 1);

  private final ArrivalReader reader =
      new ArrivalReader(
          Changes.reader(RecordFormat.DEBEZIUM), table -> table.equals(Changes.TABLE));

  private Arrival read(Object value) {
    return reader.read(Changes.position(3), Changes.record(null, value, 3));
  }

  private static Map<String, Object> envelope(String table) {
    return Map.of(
        "op", "c",
        "after", Map.of("id", 1, "v", 2),
        "source", Map.of("db", "shop", "table", table, "file", "log.1", "pos", 7, "server_id", 1),
        "transaction", Map.of("id", "uuid:9", "total_order", 4, "data_collection_order", 2));
  }

  @Test
  void rowOfATransaction() {
    Member member = assertInstanceOf(Member.class, read(envelope("orders")));
    assertEquals("uuid:9", member.transaction());
    assertEquals(4, member.order());
    assertEquals(LogPosition.of(SOURCE), member.at());
    assertTrue(member.collection().include("shop.orders"));
  }

  /** PostgreSQL's connector names a change and the end of its transaction differently. */
  @Test
  void changeWithoutPlaceInABinaryLogIsRefused() {
    Map<String, Object> envelope = new HashMap<>(envelope("orders"));
    envelope.put("source", Map.of("db", "shop", "table", "orders", "lsn", 7));
    assertThrows(ConnectException.class, () -> read(envelope));
  }

  /** Nobody waits for it. */
  @Test
  void rowOfATableThatIsNotChosenBelongsToNoTransaction() {
    Single single = assertInstanceOf(Single.class, read(envelope("other")));
    assertEquals(Optional.of(new NoChange()), single.change());
  }

  @Test
  void rowWithoutMetadataBelongsToNoTransaction() {
    Struct envelope = Changes.envelope("r", null, Changes.row(1, 2));
    assertTrue(assertInstanceOf(Single.class, read(envelope)).isOrdinary());
  }

  @Test
  void recordThatCannotBeReadStopsWhatFollows() {
    assertEquals(Optional.empty(), assertInstanceOf(Single.class, read("text")).change());
  }

  @Test
  void endWithSchema() {
    Schema count =
        SchemaBuilder.struct()
            .field("data_collection", Schema.STRING_SCHEMA)
            .field("event_count", Schema.INT64_SCHEMA)
            .build();
    Schema schema =
        SchemaBuilder.struct()
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
            .field("data_collections", SchemaBuilder.array(count).optional().build())
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();
    Struct end = new Struct(schema).put("id", "uuid:9").put("ts_ms", 5L);
    end.put("status", "END").put("event_count", 3L);
    end.put(
        "data_collections",
        List.of(new Struct(count).put("data_collection", "shop.orders").put("event_count", 3L)));
    End read = assertInstanceOf(End.class, read(end));
    assertEquals("uuid:9", read.id());
    assertEquals(5, read.endedMs());
    assertEquals(Map.of("shop.orders", 3L), read.counts());

    Struct begin = new Struct(schema).put("status", "BEGIN").put("id", "uuid:9").put("ts_ms", 4L);
    assertEquals(Optional.of(new NoChange()), assertInstanceOf(Single.class, read(begin)).change());
  }
}
