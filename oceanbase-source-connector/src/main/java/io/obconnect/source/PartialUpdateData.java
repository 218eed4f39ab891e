package io.obconnect.source;

import com.github.shyiko.mysql.binlog.event.EventData;

/**
 * A PARTIAL_UPDATE_ROWS event, as far as it is read.
 *
 * @param tableNumber what the log calls the table
 */
record PartialUpdateData(long tableNumber) implements EventData {}
