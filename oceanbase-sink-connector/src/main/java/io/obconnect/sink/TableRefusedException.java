package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.io.Serial;
import org.apache.kafka.connect.errors.ConnectException;

/** A table is not as its plan says, or may not be written to; its rows are not to blame. */
final class TableRefusedException extends ConnectException {
  @Serial private static final long serialVersionUID = 1;

  private final transient PartitionProgress progress;
  private final transient TableId table;

  TableRefusedException(PartitionProgress progress, TableId table, String message) {
    super(message);
    this.progress = progress;
    this.table = table;
  }

  /** Of the partition whose change could not be written. */
  PartitionProgress progress() {
    return progress;
  }

  /** The source's table. */
  TableId table() {
    return table;
  }
}
