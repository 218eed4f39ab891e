/**
 * Kafka Connect sink that applies change events to OceanBase or MySQL.
 *
 * <p>The way of a record: {@code ChangeReader} understands it, {@code TableCatalog} says whether
 * its table is ready, {@code PartitionGate} holds its partition back when it is not, {@code
 * ApplyLane} carries it to the database in windows, {@code WindowWriter} turns a window into one
 * transaction of multi-row statements.
 */
package io.obconnect.sink;
