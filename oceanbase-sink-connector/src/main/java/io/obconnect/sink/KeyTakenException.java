package io.obconnect.sink;

import io.obconnect.model.TableId;
import java.io.Serial;
import org.apache.kafka.connect.errors.DataException;

/** A new row of a merged table has the key, or a unique value, of another row. */
final class KeyTakenException extends DataException {
  @Serial private static final long serialVersionUID = 1;

  KeyTakenException(TableId table) {
    super(
        "a new row has the key of a row that table "
            + table.quoted()
            + " has already. If another source table's row has it, the tables cannot be merged as"
            + " they are; if the tables are being copied once more, empty it first, or set "
            + SelectionOptions.NAMES_MAP_MERGE
            + "="
            + OptionValues.of(MergePolicy.LAST_WINS));
  }
}
