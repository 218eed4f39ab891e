package io.obconnect.source;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.common.DebeziumHeaderProducer;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlDatabaseSchema;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.heartbeat.Heartbeat.ScheduledHeartbeat;
import io.debezium.pipeline.DataChangeEvent;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.signal.SignalProcessor;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.ChangeRecordEmitter;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.spi.SchemaChangeEventEmitter;
import io.debezium.relational.TableId;
import io.debezium.schema.DataCollectionFilters.DataCollectionFilter;
import io.debezium.spi.topic.TopicNamingStrategy;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Debezium's way from events to records, without those that a sink brought about. Their schema
 * changes are learnt all the same: rows of applications come behind them.
 */
final class CaptureDispatcher extends EventDispatcher<MySqlPartition, TableId> {
  private final MySqlDatabaseSchema schema;
  private final EchoFilter echoes;
  private final DataCollectionFilter<TableId> tables;

  CaptureDispatcher(
      MySqlConnectorConfig config,
      TopicNamingStrategy<TableId> topics,
      MySqlDatabaseSchema schema,
      ChangeEventQueue<DataChangeEvent> queue,
      ExactValues exact,
      EchoFilter echoes,
      EventMetadataProvider metadata,
      ScheduledHeartbeat heartbeat,
      SignalProcessor<MySqlPartition, ?> signals,
      DebeziumHeaderProducer headers) {
    super(
        config,
        topics,
        schema,
        queue,
        config.getTableFilters().dataCollectionFilter(),
        record -> new DataChangeEvent(exact.mark(record)),
        null,
        metadata,
        heartbeat,
        config.schemaNameAdjuster(),
        signals,
        headers);
    this.schema = schema;
    this.tables = config.getTableFilters().dataCollectionFilter();
    this.echoes = echoes;
  }

  @Override
  public boolean dispatchDataChangeEvent(
      MySqlPartition partition, TableId table, ChangeRecordEmitter<MySqlPartition> change)
      throws InterruptedException {
    if (!echoes.isEcho()) {
      return super.dispatchDataChangeEvent(partition, table, change);
    }
    dispatchFilteredEvent(partition, change.getOffset());
    return false;
  }

  @Override
  public void dispatchSchemaChangeEvent(
      MySqlPartition partition,
      OffsetContext offset,
      TableId table,
      SchemaChangeEventEmitter change)
      throws InterruptedException {
    if (GapOffset.isInGap(offset) && table != null && tables.isIncluded(table)) {
      throw new ConnectException(
          "the log has a change of the definition of table "
              + table
              + " behind "
              + PositionOptions.START
              + ", and what the definition was before it is not known; "
              + PositionOptions.LATER_START);
    }
    super.dispatchSchemaChangeEvent(
        partition,
        offset,
        table,
        echoes.isEcho()
            ? receiver -> change.emitSchemaChangeEvent(schema::applySchemaChange)
            : change);
  }
}
