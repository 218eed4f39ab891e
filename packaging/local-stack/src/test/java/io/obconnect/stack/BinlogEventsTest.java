package io.obconnect.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.FormatDescriptionEventData;
import com.github.shyiko.mysql.binlog.event.GtidEventData;
import com.github.shyiko.mysql.binlog.event.PreviousGtidSetEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer.CompatibilityMode;
import com.github.shyiko.mysql.binlog.event.deserialization.json.JsonBinary;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is written is read by the client that reads MySQL's own logs. */
class BinlogEventsTest {
  private static final UUID SOURCE = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");
  private static final long SECONDS = 1_742_974_578L;

  private final EventDeserializer reader = new EventDeserializer();

  BinlogEventsTest() throws IOException {
    // It tells that there are checksums.
    read(BinlogEvents.formatDescription(SECONDS));
    reader.setCompatibilityMode(CompatibilityMode.DATE_AND_TIME_AS_LONG_MICRO);
  }

  private Event read(BinlogEvent event) throws IOException {
    return reader.nextEvent(new ByteArrayInputStream(event.at(4).bytes(true)));
  }

  private static BinlogColumn column(String type) {
    return column(type, 0);
  }

  private static BinlogColumn column(String type, int octets) {
    return BinlogColumn.of(
        new BinlogColumn.Definition(
            "c", type.replaceFirst("\\(.*", ""), type, true, false, octets));
  }

  private Serializable roundTrip(BinlogColumn column, String captured) throws IOException {
    BinlogTable table = new BinlogTable(7, "db", "t", List.of(column));
    RowChange change = RowChange.of(table, null, hex(captured));
    read(BinlogEvents.tableMap(SECONDS, table));
    WriteRowsEventData rows =
        read(BinlogEvents.rows(SECONDS, BinlogEvent.WRITE_ROWS, table, List.of(change.images())))
            .getData();
    return rows.getRows().get(0)[0];
  }

  private static String hex(String text) {
    return text == null
        ? RowChange.NULL
        : HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void numbersKeepEveryBit() throws IOException {
    assertEquals(-128, roundTrip(column("tinyint"), "-128"));
    assertEquals(-1, roundTrip(column("tinyint"), "255"));
    assertEquals(-8_388_608, roundTrip(column("mediumint"), "-8388608"));
    assertEquals(-1L, roundTrip(column("bigint"), "18446744073709551615"));
    assertEquals(2155, roundTrip(column("year"), "2155"));
    BinlogColumn decimal = column("decimal(65,30)");
    for (String number :
        List.of(
            "99999999999999999999999999999999999.999999999999999999999999999999",
            "-0.000000000000000000000000000001",
            "0",
            "-12345.5")) {
      BigDecimal read = (BigDecimal) roundTrip(decimal, number);
      assertEquals(0, new BigDecimal(number).compareTo(read), number);
    }
    assertEquals(
        0, new BigDecimal("-7").compareTo((BigDecimal) roundTrip(column("decimal(3,0)"), "-7")));
    // The eight bytes of 0.1, as a POINT has them.
    assertEquals(0.1, roundTrip(column("double"), "9A9999999999B93F"));
    assertEquals(0.1f, roundTrip(column("float"), "9A9999999999B93F"));
  }

  @Test
  void timesKeepSignAndFraction() throws IOException {
    assertEquals(3_020_399_900_000L, roundTrip(column("time(1)"), "838:59:59.9"));
    assertEquals(
        1_709_210_096_123_456L, roundTrip(column("datetime(6)"), "2024-02-29 12:34:56.123456"));
    assertEquals(
        1_709_210_096_120_000L, roundTrip(column("datetime(3)"), "2024-02-29 12:34:56.120"));
    assertEquals(1_709_210_096_000_000L, roundTrip(column("timestamp"), "1709210096"));
    assertEquals(1_709_210_096_500_000L, roundTrip(column("timestamp(1)"), "1709210096.5"));
    assertEquals(1_709_164_800_000_000L, roundTrip(column("date"), "2024-02-29"));
    assertNull(roundTrip(column("date"), null));
  }

  /** The client's own reader of times knows none below zero. */
  @Test
  void negativeTimesAreBelowTheMiddle() {
    assertEquals("7fffff", written(column("time"), "-00:00:01"));
    assertEquals("7fffffa6", written(column("time(2)"), "-00:00:00.90"));
    assertEquals("7e1fffffffff", written(column("time(6)"), "-30:00:00.000001"));
  }

  private static String written(BinlogColumn column, String captured) {
    ByteWriter out = new ByteWriter();
    column.write(captured.getBytes(StandardCharsets.UTF_8), out);
    return HexFormat.of().formatHex(out.toBytes());
  }

  @Test
  void textsAndBytesKeepEveryByte() throws IOException {
    String text = "汉字 'x'\\\0";
    assertEquals(text, roundTrip(column("varchar", 1200), text));
    assertEquals(text, roundTrip(column("varchar", 80), text));
    assertEquals(text, roundTrip(column("char", 80), text));
    assertEquals(text, roundTrip(column("char", 1020), text));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (String type : List.of("tinytext", "text", "mediumblob", "longtext", "geometry")) {
      assertArrayEquals(bytes, (byte[]) roundTrip(column(type), text), type);
    }
    assertEquals(2, roundTrip(column("enum('a','it''s')"), "2"));
    assertEquals(5L, roundTrip(column("set('a','b','c')"), "5"));
  }

  @Test
  void documentsKeepTheirValues() throws IOException {
    for (String document :
        List.of(
            "{}",
            "[]",
            "null",
            "\"text with \\\"quotes\\\" and 汉字\"",
            "[1,-1,9223372036854775807,18446744073709551615,1.25,true,false,null]",
            "{\"a\":[{\"b\":{}}],\"bb\":\"\",\"aaa\":1}")) {
      byte[] binary = (byte[]) roundTrip(column("json"), document);
      assertEquals(document, JsonBinary.parseAsString(binary));
    }
  }

  @Test
  void transactionHasItsGtidAndTheTimeOfItsCommit() throws IOException {
    GtidEventData gtid =
        read(BinlogEvents.gtid(SOURCE, 5, SECONDS * 1_000_000_000 + 123_456_789)).getData();
    assertEquals(SOURCE + ":5", gtid.getMySqlGtid().toString());
    assertEquals(SECONDS, gtid.getLastCommitted());
    assertEquals(123_456, gtid.getSequenceNumber());

    QueryEventData begin = read(BinlogEvents.query(SECONDS, "db", "BEGIN")).getData();
    assertEquals("BEGIN", begin.getSql());
    assertEquals("db", begin.getDatabase());
  }

  @Test
  void fileDescribesItself() throws IOException {
    FormatDescriptionEventData format = read(BinlogEvents.formatDescription(SECONDS)).getData();
    assertEquals("5.7.38", format.getServerVersion());
    assertEquals(ChecksumType.CRC32, format.getChecksumType());
    PreviousGtidSetEventData before =
        read(BinlogEvents.previousGtids(SECONDS, SOURCE, 9)).getData();
    assertEquals(SOURCE + ":1-9", before.getGtidSet());
    RotateEventData rotation =
        read(BinlogEvents.rotate(SECONDS, 0, "mysql-bin.000002", 4)).getData();
    assertEquals("mysql-bin.000002", rotation.getBinlogFilename());
  }

  @Test
  void positionsAreThoseOfTheFile() throws IOException {
    BinlogEvent event = BinlogEvents.xid(SECONDS, 1).at(120);
    EventHeaderV4 header =
        reader.nextEvent(new ByteArrayInputStream(event.bytes(true))).getHeader();
    assertEquals(120, event.start());
    assertEquals(event.end(), header.getNextPosition());
    assertEquals(120, header.getPosition());
  }

  @Test
  void minimalImageHasTheKeyAndWhatHasChanged() throws IOException {
    BinlogColumn key =
        BinlogColumn.of(new BinlogColumn.Definition("id", "int", "int", false, true, 0));
    BinlogTable table = new BinlogTable(7, "db", "t", List.of(key, column("int"), column("int")));
    RowChange change =
        RowChange.of(
                table,
                hex("1") + "," + hex("2") + "," + hex("3"),
                hex("1") + "," + hex("2") + "," + hex("4"))
            .minimal();
    TableMapEventData map = read(BinlogEvents.tableMap(SECONDS, table)).getData();
    assertEquals("t", map.getTable());
    assertNull(map.getEventMetadata());
    UpdateRowsEventData rows =
        read(BinlogEvents.rows(SECONDS, BinlogEvent.UPDATE_ROWS, table, List.of(change.images())))
            .getData();
    assertArrayEquals(new Serializable[] {1, null, null}, rows.getRows().get(0).getKey());
    assertArrayEquals(new Serializable[] {null, null, 4}, rows.getRows().get(0).getValue());
    assertEquals(3, rows.getIncludedColumns().cardinality());
  }
}
