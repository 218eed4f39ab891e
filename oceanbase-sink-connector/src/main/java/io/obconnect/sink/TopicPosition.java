package io.obconnect.sink;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where a record stood in Kafka before any transformation renamed its topic. */
record TopicPosition(TopicPartition partition, long offset) {

  static TopicPosition of(SinkRecord record) {
    return new TopicPosition(
        new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
        record.originalKafkaOffset());
  }

  @Override
  public String toString() {
    return "topic "
        + partition.topic()
        + ", partition "
        + partition.partition()
        + ", offset "
        + offset;
  }
}
