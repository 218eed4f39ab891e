package io.obconnect.source;

import com.github.luben.zstd.Zstd;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.TransactionPayloadEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.event.deserialization.TransactionPayloadEventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Reads compressed transactions ({@code binlog_transaction_compression}) as Debezium's
 * TransactionPayloadDeserializer (3.6.1) does, which offers no place to say how the events within
 * are read.
 */
final class PayloadDeserializer extends TransactionPayloadEventDataDeserializer {
  private final Supplier<EventDeserializer> events;

  /**
   * A deserializer.
   *
   * @param events makes a reader of the events within
   */
  PayloadDeserializer(Supplier<EventDeserializer> events) {
    this.events = Objects.requireNonNull(events, "events");
  }

  @Override
  public TransactionPayloadEventData deserialize(ByteArrayInputStream in) throws IOException {
    TransactionPayloadEventData transaction = new TransactionPayloadEventData();
    int field = in.readPackedInteger();
    while (field != OTW_PAYLOAD_HEADER_END_MARK) {
      int length = in.readPackedInteger();
      switch (field) {
        case OTW_PAYLOAD_SIZE_FIELD -> transaction.setPayloadSize(in.readPackedInteger());
        case OTW_PAYLOAD_COMPRESSION_TYPE_FIELD ->
            transaction.setCompressionType(in.readPackedInteger());
        case OTW_PAYLOAD_UNCOMPRESSED_SIZE_FIELD ->
            transaction.setUncompressedSize(in.readPackedInteger());
        default -> in.skip(length);
      }
      field = in.readPackedInteger();
    }
    transaction.setPayload(in.read(transaction.getPayloadSize()));
    transaction.setUncompressedEvents(new ArrayList<>(events(transaction)));
    return transaction;
  }

  private List<Event> events(TransactionPayloadEventData transaction) throws IOException {
    byte[] bytes =
        Zstd.decompress(
            transaction.getPayload(), Math.toIntExact(transaction.getUncompressedSize()));
    EventDeserializer reader = events.get();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    List<Event> found = new ArrayList<>();
    for (Event event = reader.nextEvent(in); event != null; event = reader.nextEvent(in)) {
      found.add(event);
    }
    return found;
  }
}
