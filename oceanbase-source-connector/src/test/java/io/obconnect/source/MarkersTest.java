package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.obconnect.model.Marker;
import io.obconnect.model.TableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class MarkersTest {
  private static final Map<String, String> SOURCE = Map.of("server", "shop");
  private static final ReadPosition READ =
      new ReadPosition(SOURCE, "binlog.000002", 157, "uuid:7", 1_000);

  private final Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
  private final Map<String, Integer> topics = new HashMap<>();
  private boolean away;
  private long nowNanos;
  private final Markers markers =
      new Markers(stored::get, Optional.of(this::partitions), () -> nowNanos);

  private OptionalInt partitions(String topic) {
    if (away) {
      throw new TimeoutException("away");
    }
    return topics.containsKey(topic) ? OptionalInt.of(topics.get(topic)) : OptionalInt.empty();
  }

  private static SourceRecord row(long offset) {
    return new SourceRecord(SOURCE, Map.of("pos", offset), "shop.shop.t", null, "row");
  }

  private static PositionRecord place() {
    return new PositionRecord(READ, Map.of("shop.shop.t", 2, "shop", 1));
  }

  private static String placeOf(SourceRecord record) {
    return record.topic() + "-" + record.kafkaPartition() + "@" + record.sourceOffset().get("pos");
  }

  @Test
  void everyPartitionGetsAMarkerWithTheOffsetOfTheRecordBefore() {
    List<SourceRecord> records = markers.in(List.of(row(1), row(2), place(), row(3)));
    assertEquals(
        List.of(
            "shop.shop.t-null@1",
            "shop.shop.t-null@2",
            "shop-0@2",
            "shop.shop.t-0@2",
            "shop.shop.t-1@2",
            "shop.shop.t-null@3"),
        records.stream().map(MarkersTest::placeOf).toList());
  }

  @Test
  void markerHasNothingButItsHeader() {
    SourceRecord marker = markers.in(List.of(row(1), place())).get(1);
    assertNull(marker.key());
    assertNull(marker.value());
    assertEquals(SOURCE, marker.sourcePartition());
    assertEquals(
        Marker.ofTime("uuid:7", 1_000),
        Marker.parse((String) marker.headers().lastWithName(Marker.HEADER).value()));
  }

  @Test
  void markerBeforeTheFirstRecordGoesOnWhereTheTaskBegan() {
    stored.put(SOURCE, Map.of("pos", 9L));
    assertEquals("shop-0@9", placeOf(markers.in(List.of(place())).get(0)));
  }

  @Test
  void withoutAnOffsetThereIsNoMarker() {
    assertEquals(List.of(), markers.in(List.of(place())));
  }

  private static SourceRecord truncation(long offset) {
    Schema source =
        SchemaBuilder.struct()
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("server_id", Schema.INT64_SCHEMA)
            .field("gtid", Schema.OPTIONAL_STRING_SCHEMA)
            .field("file", Schema.STRING_SCHEMA)
            .field("pos", Schema.INT64_SCHEMA)
            .build();
    Schema envelope =
        SchemaBuilder.struct().field("source", source).field("op", Schema.STRING_SCHEMA).build();
    Struct place =
        new Struct(source)
            .put("ts_ms", 8L)
            .put("db", "shop")
            .put("table", "t")
            .put("server_id", 9L)
            .put("gtid", "uuid:7")
            .put("file", "binlog.000002")
            .put("pos", 157L);
    return new SourceRecord(
        SOURCE,
        Map.of("pos", offset),
        "shop.shop.t",
        envelope,
        new Struct(envelope).put("source", place).put("op", "t"));
  }

  @Test
  void truncationIsAnnouncedInAllPartitionsBeforeIt() {
    topics.put("shop.shop.t", 2);
    List<SourceRecord> records = markers.in(List.of(row(1), truncation(2), row(3)));
    assertEquals(
        List.of(
            "shop.shop.t-null@1",
            "shop.shop.t-0@1",
            "shop.shop.t-1@1",
            "shop.shop.t-null@2",
            "shop.shop.t-null@3"),
        records.stream().map(MarkersTest::placeOf).toList());
    Marker.Barrier barrier =
        new Marker.Barrier(new TableId("shop", "t"), 2, 9, "binlog.000002", 157);
    assertEquals(
        new Marker("uuid:7", 8, Optional.of(barrier)),
        Marker.parse((String) records.get(1).headers().lastWithName(Marker.HEADER).value()));
  }

  @Test
  void truncationInOnePartitionIsInOrderAnyway() {
    topics.put("shop.shop.t", 1);
    assertEquals(1, markers.in(List.of(truncation(2))).size());
  }

  @Test
  void truncationWaitsForTheTopicThatTheRowsBeforeItCreate() {
    assertEquals(1, markers.in(List.of(row(1), truncation(2), row(3))).size());
    assertTrue(markers.isWaiting());
    topics.put("shop.shop.t", 2);
    assertEquals(4, markers.in(List.of()).size());
    assertFalse(markers.isWaiting());
  }

  @Test
  void truncationOfATableWithoutRowsWaitsForNothing() {
    assertEquals(2, markers.in(List.of(truncation(2), row(3))).size());
  }

  @Test
  void truncationWaitsForKafkaForSomeTime() {
    away = true;
    assertEquals(1, markers.in(List.of(row(1), truncation(2))).size());
    nowNanos += Duration.ofSeconds(100).toNanos();
    assertEquals(0, markers.in(List.of()).size());
    nowNanos += Duration.ofSeconds(100).toNanos();
    assertThrows(ConnectException.class, () -> markers.in(List.of()));
  }
}
