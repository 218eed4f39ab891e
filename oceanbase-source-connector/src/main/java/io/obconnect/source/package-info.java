/**
 * Kafka Connect sources: changes of MySQL and OceanBase, captured by Debezium's binlog connector
 * family and made proof against what that loses.
 */
package io.obconnect.source;
