package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.deserialization.EventDataDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads which table a PARTIAL_UPDATE_ROWS event is about; the binlog client knows none. */
final class PartialUpdateDeserializer implements EventDataDeserializer<PartialUpdateData> {
  private static final int TABLE_NUMBER_BYTES = 6;

  @Override
  public PartialUpdateData deserialize(ByteArrayInputStream in) throws IOException {
    return new PartialUpdateData(in.readLong(TABLE_NUMBER_BYTES));
  }
}
