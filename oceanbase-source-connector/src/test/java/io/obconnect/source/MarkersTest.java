package io.obconnect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.obconnect.model.Marker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class MarkersTest {
  private static final Map<String, String> SOURCE = Map.of("server", "shop");
  private static final ReadPosition READ =
      new ReadPosition(SOURCE, "binlog.000002", 157, "uuid:7", 1_000);

  private final Map<Map<String, String>, Map<String, Object>> stored = new HashMap<>();
  private final Markers markers = new Markers(stored::get);

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
        new Marker("uuid:7", 1_000),
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
}
